"""Routes in the database."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ground_station.routes.tables import CatalogueStateRow, RouteRow


class RouteRepository:
    """What is asked of the routes of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def get(self, id: str) -> RouteRow | None:
        """The route with that id."""
        return self._session.get(RouteRow, (id, self._district_id))

    def page(self, after_id: str | None, limit: int) -> list[RouteRow]:
        """Routes by id, after `after_id`."""
        query = select(RouteRow).where(RouteRow.district_id == self._district_id).order_by(RouteRow.id).limit(limit)
        if after_id is not None:
            query = query.where(RouteRow.id > after_id)
        return list(self._session.scalars(query))

    def among(self, ids: Sequence[str]) -> list[RouteRow]:
        """The routes with these ids, as far as there are any."""
        return list(
            self._session.scalars(select(RouteRow).where(RouteRow.district_id == self._district_id, RouteRow.id.in_(ids)))
        )

    def ids_of(self, origin: str) -> set[str]:
        """The ids of all routes of an origin."""
        query = select(RouteRow.id).where(RouteRow.district_id == self._district_id, RouteRow.origin == origin)
        return set(self._session.scalars(query))

    def put(self, row: RouteRow) -> None:
        """Keeps a route, in place of one with the same id."""
        self._session.merge(row)

    def remove(self, ids: Sequence[str]) -> None:
        """Deletes routes."""
        self._session.execute(delete(RouteRow).where(RouteRow.district_id == self._district_id, RouteRow.id.in_(ids)))

    def state(self) -> CatalogueStateRow | None:
        """Which catalogue the routes are from."""
        return self._session.get(CatalogueStateRow, self._district_id)

    def put_state(self, row: CatalogueStateRow) -> None:
        """Keeps which catalogue the routes are from."""
        self._session.merge(row)

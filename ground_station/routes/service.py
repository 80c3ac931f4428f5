"""The district's routes: taken from the catalogue when it changes, and imported from other programs' files."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from ground_station.paging import Page, PageRequest
from ground_station.ports import Clock
from ground_station.routes.repository import RouteRepository
from ground_station.routes.tables import CatalogueStateRow, RouteRow
from missions.district import District
from missions.errors import Conflict, InvalidInput, NotFound
from missions.route import Route

logger = logging.getLogger(__name__)
CATALOGUE, IMPORT = "catalogue", "import"


class RouteService:
    """Routes of one district."""

    def __init__(self, district: District, clock: Clock) -> None:
        self._district = district
        self._clock = clock

    def load_catalogue(self, session: Session) -> bool:
        """Brings the routes to what the catalogue says, if it has changed; imported ones stay. Tells whether it had."""
        rows = RouteRepository(session, self._district.id)
        digest = sha256("\n".join(route.model_dump_json() for route in self._district.routes).encode()).hexdigest()
        state = rows.state()
        if state is not None and state.routes_sha256 == digest:
            return False
        now = self._clock()
        wanted = {route.id for route in self._district.routes}
        for id in sorted(wanted & rows.ids_of(IMPORT)):
            logger.warning("route %s was imported and is now in the catalogue: the catalogue's is taken", id)
        rows.remove(sorted(rows.ids_of(CATALOGUE) - wanted))
        for route in self._district.routes:
            rows.put(self._row(route, CATALOGUE, "system", now))
        rows.put_state(CatalogueStateRow(district_id=self._district.id, routes_sha256=digest, loaded_at=now))
        logger.info("took %d routes from the catalogue of %s", len(wanted), self._district.id)
        return True

    def page(self, session: Session, request: PageRequest) -> Page[Route]:
        """Routes by id."""
        found = RouteRepository(session, self._district.id).page(request.cursor, request.limit + 1)
        more = len(found) > request.limit
        items = [row.route for row in found[: request.limit]]
        return Page(items=items, next_cursor=items[-1].id if more else None)

    def get(self, session: Session, id: str) -> Route:
        """The route; raises NotFound."""
        row = RouteRepository(session, self._district.id).get(id)
        if row is None:
            raise NotFound(f"there is no route '{id}'")
        return row.route

    def district_with(self, session: Session, route_ids: Sequence[str]) -> District:
        """The district, with these of its routes (as far as there are any): what planning takes."""
        rows = RouteRepository(session, self._district.id).among(route_ids)
        return self._district.model_copy(update={"routes": tuple(row.route for row in rows)})

    def add_imported(self, session: Session, routes: Sequence[Route], by: str) -> list[Route]:
        """Keeps imported routes; raises Conflict where an id is taken and InvalidInput for an unknown category: all or none."""
        known = {category.key for category in self._district.categories}
        rows = RouteRepository(session, self._district.id)
        taken = sorted(row.id for row in rows.among([route.id for route in routes]))
        if taken:
            raise Conflict(f"there are routes already with the ids {', '.join(taken)}")
        twice = sorted(id for id, times in Counter(route.id for route in routes).items() if times > 1)
        if twice:
            raise InvalidInput("routes import", "id", f"given more than once: {', '.join(twice)}")
        for route in routes:
            if not route.categories:
                raise InvalidInput(f"route {route.id}", "categories", "the file names none: name at least one to import under")
            unknown = sorted(set(route.categories) - known)
            if unknown:
                raise InvalidInput(f"route {route.id}", "categories", f"unknown: {', '.join(unknown)}")
            rows.put(self._row(route, IMPORT, by, self._clock()))
        logger.info("%s imported %d routes", by, len(routes))
        return list(routes)

    def _row(self, route: Route, origin: str, by: str, at: datetime) -> RouteRow:
        return RouteRow(
            id=route.id,
            district_id=self._district.id,
            origin=origin,
            route=route,
            updated_at=at.astimezone(UTC),
            updated_by=by,
        )

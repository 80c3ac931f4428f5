"""The district's routes: taken from the catalogue when it changes, and imported from other programs' files."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256

import shapely
from sqlalchemy.orm import Session

from ground_station.database import hold_lock
from ground_station.paging import Page, PageRequest, id_of_cursor, make_id_cursor
from ground_station.ports import Clock
from ground_station.routes.repository import RouteRepository
from ground_station.routes.tables import CatalogueStateRow, RouteRow
from missions.district import District
from missions.errors import Conflict, InvalidInput, NotFound
from missions.geometry import GeoPoint, LocalFrame
from missions.route import Route, drawn_points

logger = logging.getLogger(__name__)
CATALOGUE, IMPORT = "catalogue", "import"

MAX_OUTSIDE_M = 5_000.0
"""An imported route may reach this far beyond the district: what crosses the border can be looked at, another town's not."""

FlightsOver = Callable[[Session, str], list[str]]
"""Route id -> the flights over it that are not over."""


class RouteService:
    """Routes of one district."""

    def __init__(self, district: District, clock: Clock, flights_over: FlightsOver) -> None:
        self._district = district
        self._clock = clock
        self._flights_over = flights_over

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
        found = RouteRepository(session, self._district.id).page(id_of_cursor(request.cursor), request.limit + 1)
        more = len(found) > request.limit
        items = [row.route for row in found[: request.limit]]
        return Page(items=items, next_cursor=make_id_cursor(items[-1].id) if more else None)

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

    def check_unchanged(self, session: Session, routes: Sequence[Route]) -> None:
        """Raises Conflict where a route is no longer what it was when a flight over it was planned; it stays so until the
        transaction ends.
        """
        hold_lock(session, f"routes {self._district.id}")
        kept = {row.id: row.route for row in RouteRepository(session, self._district.id).among([route.id for route in routes])}
        changed = sorted(route.id for route in routes if kept.get(route.id) != route)
        if changed:
            raise Conflict(f"changed or deleted while the flight was planned: {', '.join(changed)}; plan it again")

    def remove_imported(self, session: Session, id: str, by: str) -> None:
        """Deletes an imported route. Raises NotFound, and Conflict for a catalogue's and where a flight is still to fly it."""
        hold_lock(session, f"routes {self._district.id}")
        rows = RouteRepository(session, self._district.id)
        row = rows.get(id)
        if row is None:
            raise NotFound(f"there is no route '{id}'")
        if row.origin != IMPORT:
            raise Conflict(f"route '{id}' is the catalogue's: take it out there")
        flights = self._flights_over(session, id)
        if flights:
            raise Conflict(f"route '{id}' is part of flights that are not over: {', '.join(flights)}")
        rows.remove([id])
        logger.info("%s deleted the imported route %s", by, id)

    def add_imported(self, session: Session, routes: Sequence[Route], by: str) -> list[Route]:
        """Keeps imported routes, all or none. Raises Conflict where an id is taken, InvalidInput for an unknown category and
        for ground that is not this district's.
        """
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
            self._check_place(route)
            rows.put(self._row(route, IMPORT, by, self._clock()))
        logger.info("%s imported %d routes", by, len(routes))
        return list(routes)

    def _check_place(self, route: Route) -> None:
        places = shapely.points(self._frame.to_xy_many(drawn_points(route.geometry)))
        outside_m = float(shapely.distance(places, self._ground).max())
        if outside_m > MAX_OUTSIDE_M:
            cause = (
                f"reaches {outside_m / 1000:.0f} km beyond the district; at most {MAX_OUTSIDE_M / 1000:.0f} km are taken: "
                "is it another place's, or are longitude and latitude exchanged?"
            )
            raise InvalidInput(f"route {route.id}", "geometry", cause)

    @cached_property
    def _frame(self) -> LocalFrame:
        outline = self._district.outline
        lat_deg = sum(point.lat_deg for point in outline) / len(outline)
        return LocalFrame(GeoPoint(lat_deg=lat_deg, lon_deg=sum(point.lon_deg for point in outline) / len(outline)))

    @cached_property
    def _ground(self) -> shapely.Polygon:
        return shapely.Polygon(self._frame.to_xy_many(self._district.outline))

    def _row(self, route: Route, origin: str, by: str, at: datetime) -> RouteRow:
        return RouteRow(
            id=route.id,
            district_id=self._district.id,
            origin=origin,
            route=route,
            updated_at=at.astimezone(UTC),
            updated_by=by,
        )

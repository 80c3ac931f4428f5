"""Routes from the catalogue: taken at first start and on change; imported ones stay."""

import pytest

from ground_station.paging import PageRequest
from ground_station.routes.service import RouteService
from missions.errors import Conflict, InvalidInput


def ids(station) -> list[str]:
    with station.database.reading() as session:
        return [route.id for route in station.routes.page(session, PageRequest(limit=1000)).items]


def test_the_catalogue_is_taken_once(station, district) -> None:
    """All routes are there after the start, and a second start changes nothing."""
    assert ids(station) == sorted(route.id for route in district.routes)
    with station.database.transaction() as session:
        assert station.routes.load_catalogue(session) is False


def test_a_changed_catalogue_is_taken_and_imports_stay(station, district, clock) -> None:
    """A route is gone, one is changed, one was imported: the first vanishes, the second is new, the third stays."""
    gone, changed, *rest = district.routes
    imported = changed.model_copy(update={"id": "imported-1"})
    with station.database.transaction() as session:
        station.routes.add_imported(session, [imported], "li")
    lower = changed.model_copy(update={"height_m": changed.height_m - 10})
    after = RouteService(district.model_copy(update={"routes": (lower, *rest)}), clock, station.flights.open_over)
    with station.database.transaction() as session:
        assert after.load_catalogue(session) is True
        assert after.get(session, changed.id) == lower
        assert after.get(session, "imported-1") == imported
    assert gone.id not in ids(station)


def test_an_import_is_whole_or_nothing(station, district) -> None:
    """A taken id, an id twice, an unknown category, none at all: refused, and none of the routes is stored."""
    one = district.routes[0].model_copy(update={"id": "new-1"})
    before = ids(station)
    for second, refusal in (
        (district.routes[1], Conflict),
        (one, InvalidInput),
        (one.model_copy(update={"id": "new-2", "categories": ("astronomy",)}), InvalidInput),
        (one.model_copy(update={"id": "new-3", "categories": ()}), InvalidInput),
    ):
        with pytest.raises(refusal), station.database.transaction() as session:
            station.routes.add_imported(session, [one, second], "li")
        assert ids(station) == before

"""What must agree between the catalogue's files: names are unique, whatever is referred to exists, limits are kept."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from missions.catalog.contents import AIRCRAFT, AIRSPACE, CATEGORIES, DEPARTMENTS, DOCKS, Contents
from missions.catalog.entries import Entry
from missions.errors import CatalogError

N = TypeVar("N", bound=BaseModel)


def check_references(contents: Contents) -> Iterator[CatalogError]:
    """Every disagreement. References into a broken file are not judged."""
    yield from _check_names(contents)
    for needs, check in _CHECKS:
        if not needs & contents.broken:
            yield from check(contents)


def _check_names(contents: Contents) -> Iterator[CatalogError]:
    yield from _unique(contents.departments, "id", lambda e: [e.id])
    yield from _unique(contents.categories, "key", lambda e: [e.key])
    yield from _unique(contents.categories, "color", lambda e: [e.color])
    yield from _unique(contents.categories, "class", lambda e: [c.key for c in e.classes])
    yield from _unique(contents.sub_districts, "id", lambda e: [e.id])
    yield from _unique(contents.sub_districts, "code", lambda e: [e.code])
    yield from _unique(contents.keep_outs, "id", lambda e: [e.id])
    yield from _unique(contents.private_areas, "id", lambda e: [e.id])
    yield from _unique(contents.aircraft_types, "id", lambda e: [e.id])
    yield from _unique(contents.docks, "id", lambda e: [e.id])
    yield from _unique(contents.drones, "id", lambda e: [e.id])
    yield from _unique(contents.drones, "system_id", lambda e: [e.system_id])
    yield from _unique(contents.routes, "id", lambda e: [e.id])


def _unique(entries: Iterable[Entry[N]], what: str, names: Callable[[N], list[str] | list[int]]) -> Iterator[CatalogError]:
    seen: dict[str | int, Entry[N]] = {}
    for entry in entries:
        for name in names(entry.noun):
            if name in seen:
                yield entry.place.error(what, f"'{name}' is used already by {seen[name].place.where}; each must be its own")
            seen.setdefault(name, entry)


def _check_departments(contents: Contents) -> Iterator[CatalogError]:
    known = {e.noun.id for e in contents.departments}
    for entry in contents.categories:
        if entry.noun.department_id not in known:
            yield entry.place.error("department_id", _unknown("department", entry.noun.department_id, known))


def _check_drone_types(contents: Contents) -> Iterator[CatalogError]:
    known = {e.noun.id for e in contents.aircraft_types}
    for entry in contents.drones:
        if entry.noun.type_id not in known:
            yield entry.place.error("type_id", _unknown("aircraft type", entry.noun.type_id, known))


def _check_drone_docks(contents: Contents) -> Iterator[CatalogError]:
    room = {e.noun.id: e.noun.capacity for e in contents.docks}
    for entry in contents.drones:
        dock = entry.noun.dock_id
        if dock not in room:
            yield entry.place.error("dock_id", _unknown("dock", dock, set(room)))
            continue
        room[dock] -= 1
        if room[dock] < 0:
            yield entry.place.error("dock_id", f"dock '{dock}' is full; raise its capacity or choose another dock")


def _check_dock_types(contents: Contents) -> Iterator[CatalogError]:
    known = {e.noun.id for e in contents.aircraft_types}
    for entry in contents.docks:
        for type_id in entry.noun.type_ids:
            if type_id not in known:
                yield entry.place.error("type_ids", _unknown("aircraft type", type_id, known))
    docks = {e.noun.id: e.noun for e in contents.docks}
    for drone in contents.drones:
        dock = docks.get(drone.noun.dock_id)
        if dock is not None and not dock.takes(drone.noun.type_id):
            cause = f"dock '{dock.id}' does not hold '{drone.noun.type_id}', only {', '.join(dock.type_ids)}"
            yield drone.place.error("dock_id", cause)


def _check_route_categories(contents: Contents) -> Iterator[CatalogError]:
    known = {e.noun.key for e in contents.categories}
    for entry in contents.routes:
        named = entry.noun.categories
        if not named:
            yield entry.place.error("properties.categories", "serves no category; name at least one")
        for key in dict.fromkeys(named):
            if key not in known:
                yield entry.place.error("properties.categories", _unknown("category", key, known))
            if named.count(key) > 1:
                yield entry.place.error("properties.categories", f"'{key}' is named more than once")


def _check_route_heights(contents: Contents) -> Iterator[CatalogError]:
    if contents.permitted is None:
        return
    limit_m = contents.permitted.noun.max_height_m
    for entry in contents.routes:
        if entry.noun.height_m > limit_m:
            cause = f"{entry.noun.height_m:g} m is above the airspace's {limit_m:g} m"
            yield entry.place.error("properties.height_m", cause)


def _check_abilities(contents: Contents) -> Iterator[CatalogError]:
    types = [e.noun for e in contents.aircraft_types]
    fastest_mps = max(t.max_speed_mps for t in types)
    for entry in contents.routes:
        route = entry.noun
        if route.speed_mps > fastest_mps:
            cause = f"{route.speed_mps:g} m/s is more than any aircraft's {fastest_mps:g} m/s"
            yield entry.place.error("properties.speed_mps", cause)
        if "thermal" in route.camera.sensor and not any(t.thermal for t in types):
            yield entry.place.error("properties.camera.sensor", "no aircraft has a thermal camera; use 'rgb'")


def _unknown(what: str, name: str, known: set[str]) -> str:
    return f"there is no {what} '{name}'; known: {', '.join(sorted(known))}"


_CHECKS: tuple[tuple[set[str], Callable[[Contents], Iterator[CatalogError]]], ...] = (
    ({DEPARTMENTS}, _check_departments),
    ({AIRCRAFT}, _check_drone_types),
    ({DOCKS}, _check_drone_docks),
    ({AIRCRAFT, DOCKS}, _check_dock_types),
    ({CATEGORIES}, _check_route_categories),
    ({AIRSPACE}, _check_route_heights),
    ({AIRCRAFT}, _check_abilities),
)
"""Each check with the files it refers to."""

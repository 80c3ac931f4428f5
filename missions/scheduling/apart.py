"""What flying department by department would take: the looks that a schedule gives one department, planned for it alone."""

from collections.abc import Mapping, Sequence

from missions.aircraft import AircraftType
from missions.demand import route_id_of
from missions.district import District
from missions.noun import Noun
from missions.route import Route
from missions.schedule import Look, Pass, Schedule
from missions.scheduling.assembling import DayFacts
from missions.scheduling.conditions import DaySetting, grounded_drones
from missions.scheduling.day import DayWork
from missions.scheduling.due import flying_day
from missions.scheduling.fitting import finest_camera, fitted
from missions.scheduling.legwork import Legwork
from missions.scheduling.merging import with_looks


class ApartDepartment(Noun):
    """A department with the whole fleet to itself for the looks that the schedule gives it. `missed`: passes not flown then."""

    department_id: str
    flights: int
    minutes: float
    missed: int


class ApartDay(Noun):
    """All departments of a day, each by itself, one after the other."""

    departments: tuple[ApartDepartment, ...]


def departments_of(schedule: Schedule) -> list[str]:
    """Who is served on the day, in order of name."""
    return sorted({department for one in _flown(schedule) for department in one.departments})


def apart_work(schedule: Schedule, department_id: str, district: District, routes: Sequence[Route]) -> DayWork:
    """The day's work as if only that department's part of what the schedule flies were wanted: at the same freshness, with the
    same drones, under the same conditions. `routes` are those that the catalogue does not have.
    """
    conditions, flying = schedule.conditions, flying_day(district, schedule.day, schedule.daylight)
    setting = DaySetting.of(district, conditions, flying)
    closed = setting.district
    known = {route.id: route for route in (*closed.routes, *routes)}
    shared = (one for one in _flown(schedule) if department_id in one.departments and one.route_id in known)
    passes = [own for one in shared for own in _own(one, department_id, known, closed.aircraft_types)]
    legwork = Legwork(setting, passes, known, grounded_drones(closed, conditions))
    facts = DayFacts(schedule.district_id, schedule.day, schedule.seed, schedule.daylight, conditions)
    return DayWork(facts, legwork)


def as_flown_apart(department_id: str, schedule: Schedule) -> ApartDepartment:
    """The figures of a department's own schedule."""
    return ApartDepartment(
        department_id=department_id,
        flights=len(schedule.flights),
        minutes=round(schedule.flight_h * 60, 2),
        missed=len(schedule.unserved),
    )


def _own(one: Pass, department_id: str, known: Mapping[str, Route], types: Sequence[AircraftType]) -> list[Pass]:
    """What a department would fly for its part of a shared pass: over the route's ground, no lower than its own demands need,
    and for each demand that joined by geometry the route that was made for it. Passes that do not say what is asked stay whole.
    """
    looks = [look for look in one.looks if look.department_id == department_id]
    here = [look for look in looks if look.geometry is None]
    joined = [(look, known.get(route_id_of(look.demand_id))) for look in looks if look.geometry is not None]
    if not looks or any(route is None for _, route in joined):
        return [one]
    fit = fitted(known[one.route_id], here, finest_camera(types)) if here else None
    own = [_as(one, fit, here, one.id)] if isinstance(fit, Route) else []
    for look, route in joined:
        if route is not None:
            own.append(_as(one, route, [look.model_copy(update={"geometry": None})], f"{one.id}/{route.id}"))
    return own


def _as(one: Pass, route: Route, looks: Sequence[Look], id: str) -> Pass:
    flown = {"id": id, "route_id": route.id, "height_m": route.height_m, "speed_mps": route.speed_mps, "camera": route.camera}
    return with_looks(one.model_copy(update=flown), looks, one.windows)


def _flown(schedule: Schedule) -> list[Pass]:
    visited = {visit.pass_id for flight in schedule.flights for visit in flight.visits}
    return [one for one in schedule.passes if one.id in visited]

"""What the day's conditions change in the district: closed airspace, drones that do not fly, wind, the ground below."""

from dataclasses import dataclass

from missions.airspace import NoFlyZone
from missions.district import District
from missions.ground import Ground, on_ground
from missions.schedule import Closure, DayConditions, Span
from missions.scheduling.skies import closed_window
from missions.wind import STILL, Wind


@dataclass(frozen=True, slots=True)
class DaySetting:
    """A district as a day finds it: with what is closed as long as the day is flown, its docks at the altitudes of `ground`,
    which flights follow (None: flat). `closures` hold for a part of the time of `flying`.
    """

    district: District
    flying: Span
    wind: Wind = STILL
    closures: tuple[Closure, ...] = ()
    ground: Ground | None = None

    @classmethod
    def of(cls, district: District, conditions: DayConditions, flying: Span, ground: Ground | None = None) -> "DaySetting":
        """What the conditions of a day make of a district."""
        closed = on_ground(closed_district(district, conditions, flying), ground)
        return cls(closed, flying, conditions.wind, closed_for_hours(district, conditions, flying), ground)


def closed_district(district: District, conditions: DayConditions, flying: Span) -> District:
    """The district with what is closed as long as the day is flown: no-fly zones of that day."""
    closed = [one for one in conditions.closures if _is_closed_all_day(one, district, flying)]
    if not closed:
        return district
    airspace = district.airspace
    zones = (NoFlyZone(id=one.id, name=one.id, outline=one.outline) for one in closed)
    whole = airspace.model_copy(update={"no_fly_zones": (*airspace.no_fly_zones, *zones)})
    return district.model_copy(update={"airspace": whole})


def closed_for_hours(district: District, conditions: DayConditions, flying: Span) -> tuple[Closure, ...]:
    """What is closed for a part of the flying day."""
    return tuple(
        one
        for one in conditions.closures
        if not _is_closed_all_day(one, district, flying) and not _is_over(one, district, flying)
    )


def _is_closed_all_day(closure: Closure, district: District, flying: Span) -> bool:
    day_s = (flying.ends_at - flying.begins_at).total_seconds()
    closed = closed_window(closure, flying, district.operations.timing_error_s)
    return closed.earliest_s <= 0 and day_s <= closed.latest_s


def _is_over(closure: Closure, district: District, flying: Span) -> bool:
    """Whether it is over before the day is flown, or begins after it."""
    day_s = (flying.ends_at - flying.begins_at).total_seconds()
    closed = closed_window(closure, flying, district.operations.timing_error_s)
    return closed.latest_s <= 0 or day_s <= closed.earliest_s


def grounded_drones(district: District, conditions: DayConditions) -> frozenset[str]:
    """Drones that are not there, or whose type does not stand the day's wind."""
    too_windy = (one.id for one in district.drones if district.aircraft_type(one.type_id).max_wind_mps < conditions.wind_mps)
    return frozenset({*too_windy, *conditions.grounded_drones})

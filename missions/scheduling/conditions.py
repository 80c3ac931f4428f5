"""What the day's conditions change in the district: closed airspace, drones that do not fly."""

from missions.airspace import NoFlyZone
from missions.district import District
from missions.schedule import DayConditions


def closed_district(district: District, conditions: DayConditions) -> District:
    """The district with its closures. Airspace that is closed for a part of the day is planned round all day."""
    zones = [NoFlyZone(id=one.id, name=one.id, outline=one.outline) for one in conditions.closures]
    if not zones:
        return district
    airspace = district.airspace
    closed = airspace.model_copy(update={"no_fly_zones": (*airspace.no_fly_zones, *zones)})
    return district.model_copy(update={"airspace": closed})


def grounded_drones(district: District, conditions: DayConditions) -> frozenset[str]:
    """Drones that are not there, or whose type does not stand the day's wind."""
    too_windy = (one.id for one in district.drones if district.aircraft_type(one.type_id).max_wind_mps < conditions.wind_mps)
    return frozenset({*too_windy, *conditions.grounded_drones})

"""A demand in full: what was left out is as its category has it."""

from pydantic import ValidationError

from ground_station.demands.refusing import contradiction
from ground_station.demands.schemas import NewDemand
from missions.demand import Demand
from missions.district import District
from missions.noun import new_id
from missions.planning.footprint import ground_footprint
from missions.route import Route
from missions.scheduling.standing import HIGHEST_OBLIQUE_DEG


def complete(new: NewDemand, route: Route | None, department_id: str, district: District) -> Demand:
    """The demand of a department, over the route's ground where one is given. Raises NotFound, Refused where it contradicts
    itself.
    """
    category = district.category(new.category)
    use, camera = category.camera, district.aircraft_types[0].camera
    steepest_deg = use.pitch_deg if new.steepest_deg is None else new.steepest_deg
    defaults = {
        "id": f"{new.origin.replace('_', '-')}-{new_id()[:8]}",
        "max_sample_m": ground_footprint(camera, category.height_m, steepest_deg).sample_m,
        "steepest_deg": steepest_deg,
        "flattest_deg": max(steepest_deg, HIGHEST_OBLIQUE_DEG),
        "thermal": "thermal" in use.sensor,
        "priority": category.priority,
    }
    given = {key: value for key, value in dict(new).items() if value is not None}
    ground = {} if route is None else _ground(new, route, district)
    try:
        return Demand.model_validate({**defaults, **given, **ground, "department_id": department_id})
    except ValidationError as error:
        raise contradiction(error) from error


def _ground(new: NewDemand, route: Route, district: District) -> dict[str, object]:
    """The route is named with its ground where it is the catalogue's and serves the category: then they share a pass."""
    shares = any(one.id == route.id for one in district.routes) and new.category in route.categories
    return {"geometry": route.geometry, "route_id": route.id if shares else None}

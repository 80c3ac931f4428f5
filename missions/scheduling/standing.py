"""The standing demands: what the catalogue's routes promise to each category's department."""

from missions.demand import Demand, DemandOrigin
from missions.district import Category, District
from missions.planning.footprint import ground_footprint
from missions.route import Route

HIGHEST_OBLIQUE_DEG = -30.0
"""Standing demands take any view between straight down and this: their route's camera was chosen for them."""


def standing_demands(district: District) -> list[Demand]:
    """A demand for each category of each route that is flown regularly, as often as the route is; in the catalogue's order."""
    camera = district.aircraft_types[0].camera
    demands: list[Demand] = []
    for route in district.routes:
        if route.frequency.per == "on_call":
            continue
        for category in (district.category(key) for key in route.categories):
            coarsest_m = ground_footprint(camera, max(category.height_m, route.height_m), route.camera.pitch_deg).sample_m
            demands.append(_demand(route, category, coarsest_m))
    return demands


def _demand(route: Route, category: Category, coarsest_m: float) -> Demand:
    return Demand(
        id=f"{route.id}:{category.key}",
        department_id=category.department_id,
        category=category.key,
        geometry=route.geometry,
        frequency=route.frequency,
        origin=DemandOrigin.CATALOGUE,
        route_id=route.id,
        windows=category.windows,
        season=category.season,
        max_sample_m=coarsest_m,
        flattest_deg=max(HIGHEST_OBLIQUE_DEG, route.camera.pitch_deg),
        thermal="thermal" in category.camera.sensor and "thermal" in route.camera.sensor,
        priority=category.priority,
        valid_from=route.valid_from,
        valid_until=route.valid_until,
    )

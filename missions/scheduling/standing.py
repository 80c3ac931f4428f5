"""The standing demands: what the catalogue's routes promise to each category's department."""

from missions.demand import Demand, DemandOrigin
from missions.district import Category, District
from missions.route import Route
from missions.scheduling.fitting import coarsest_camera, shown_by

HIGHEST_OBLIQUE_DEG = -30.0
"""Standing demands take any view between straight down and this: their route's camera was chosen for them."""


def standing_demands(district: District) -> list[Demand]:
    """A demand for each category of each route that is flown regularly, as often as the route is; in the catalogue's order.

    As fine as the coarsest camera of the fleet shows it, so that every aircraft serves it.
    """
    camera = coarsest_camera(district.aircraft_types)
    demands: list[Demand] = []
    for route in district.routes:
        if route.frequency.per == "on_call":
            continue
        for category in (district.category(key) for key in route.categories):
            highest = route.model_copy(update={"height_m": max(category.height_m, route.height_m)})
            coarsest_m, _ = shown_by(highest, camera)
            demands.append(_demand(route, category, coarsest_m, shown_by(route, camera)[1]))
    return demands


def _demand(route: Route, category: Category, coarsest_m: float, pitch_deg: float) -> Demand:
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
        flattest_deg=max(HIGHEST_OBLIQUE_DEG, pitch_deg),
        thermal="thermal" in category.camera.sensor and "thermal" in route.camera.sensor,
        priority=category.priority,
        valid_from=route.valid_from,
        valid_until=route.valid_until,
    )

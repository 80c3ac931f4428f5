"""Districts of other sizes made from a given one, to see how planning grows: the same land, more or fewer of everything."""

from missions.aircraft import Drone
from missions.district import District, Dock
from missions.route import Route


def grown(district: District, routes: int) -> District:
    """The district with so many routes, and docks, drones and pilots in proportion: the first ones, or copies beside them."""
    share = routes / len(district.routes)
    docks = [_dock(district, number) for number in range(max(1, round(share * len(district.docks))))]
    drones = [_drone(district, number, docks) for number in range(max(1, round(share * len(district.drones))))]
    rules = district.operations
    crew = rules.model_copy(update={"remote_pilots": max(1, round(share * rules.remote_pilots))})
    more = tuple(_route(district, number) for number in range(routes))
    return district.model_copy(update={"routes": more, "docks": tuple(docks), "drones": tuple(drones), "operations": crew})


def _route(district: District, number: int) -> Route:
    times, index = divmod(number, len(district.routes))
    one = district.routes[index]
    return one.model_copy(update={"id": f"{one.id}-{times}"}) if times else one


def _dock(district: District, number: int) -> Dock:
    times, index = divmod(number, len(district.docks))
    one = district.docks[index]
    return one.model_copy(update={"id": f"{one.id}-{times}"[:32]}) if times else one


def _drone(district: District, number: int, docks: list[Dock]) -> Drone:
    times, index = divmod(number, len(district.drones))
    one = district.drones[index]
    home = docks[number % len(docks)].id
    return one.model_copy(update={"id": f"{one.id}-{times}" if times else one.id, "dock_id": home})

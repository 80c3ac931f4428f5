"""Districts of other sizes made from a given one, to see how planning grows: the same land, more or fewer of everything.

So the density grows with the size, and every battery reaches more: harder than more land of the same kind would be.
"""

from missions.aircraft import Drone
from missions.district import District, Dock
from missions.route import Route


def grown(district: District, routes: int) -> District:
    """The district with so many routes, and docks, drones and pilots in proportion: some of every stretch of the catalogue, so
    that the mix is the same, or copies beside them.
    """
    share = routes / len(district.routes)
    docks = [_dock(district, *one) for one in _numbers(max(1, round(share * len(district.docks))), len(district.docks))]
    fleet = _numbers(max(1, round(share * len(district.drones))), len(district.drones))
    drones = [_drone(district, *one, docks[number % len(docks)]) for number, one in enumerate(fleet)]
    rules = district.operations
    crew = rules.model_copy(update={"remote_pilots": max(1, round(share * rules.remote_pilots))})
    more = tuple(_route(district, *one) for one in _numbers(routes, len(district.routes)))
    return district.model_copy(update={"routes": more, "docks": tuple(docks), "drones": tuple(drones), "operations": crew})


def _numbers(count: int, of: int) -> list[tuple[int, int]]:
    """(copy, index) of `count` things out of `of`: all of them so often, then some evenly spread over them."""
    times, rest = divmod(count, of)
    return [(copy, index) for copy in range(times) for index in range(of)] + [
        (times, index * of // rest) for index in range(rest)
    ]


def _route(district: District, copy: int, index: int) -> Route:
    one = district.routes[index]
    return one.model_copy(update={"id": f"{one.id}-{copy}"}) if copy else one


def _dock(district: District, copy: int, index: int) -> Dock:
    one = district.docks[index]
    return one.model_copy(update={"id": f"{one.id}-{copy}"[:32]}) if copy else one


def _drone(district: District, copy: int, index: int, home: Dock) -> Drone:
    one = district.drones[index]
    return one.model_copy(update={"id": f"{one.id}-{copy}" if copy else one.id, "dock_id": home.id})

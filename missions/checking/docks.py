"""PLACE and DOCK: a drone takes off where it is, once at a time, and is home in the evening; no dock holds more drones than it
has room for, or of a type that it does not take.
"""

from collections import defaultdict
from collections.abc import Iterator

from missions.checking.day import CheckedFlight, Day
from missions.checking.violation import Rule, Violation, clock
from missions.district import Dock

Stay = tuple[float, float]
"""On the ground from when to when, in seconds since the day's midnight."""

ALWAYS = float("inf")


def check_places(day: Day) -> Iterator[Violation]:
    """Each drone begins at home, goes on from where it landed, when it has landed, and ends at home.

    Where a day was changed while it was flown, a drone may have to stay where it is.
    """
    for drone_id, flights in day.flights_by_drone().items():
        here = day.drones[drone_id].dock_id
        lands_s = -ALWAYS
        for one in flights:
            yield from _departure(one, here, day)
            if one.takes_off_s < lands_s:
                begun = f"flight '{one.id}' takes off at {clock(one.takes_off_s)}"
                text = f"{begun}, while drone '{drone_id}' is in the air until {clock(lands_s)}"
                yield Violation(rule=Rule.PLACE, subject=one.id, text=text, limit=lands_s, value=one.takes_off_s)
            here, lands_s = one.flight.to_dock_id, max(lands_s, one.lands_s)
        home = day.drones[drone_id].dock_id
        if here != home and day.schedule.conditions.since is None:
            text = f"drone '{drone_id}' ends the day in dock '{here}'; its home is dock '{home}'"
            yield Violation(rule=Rule.PLACE, subject=drone_id, text=text)


def check_docks(day: Day) -> Iterator[Violation]:
    """Each landing in a dock that takes such aircraft; each dock at its fullest. A drone that does not fly stands at home."""
    for one in day.flights:
        if one.to_dock is not None and one.drone is not None and not one.to_dock.takes(one.drone.type_id):
            taken = ", ".join(one.to_dock.type_ids)
            text = f"flight '{one.id}' lands a '{one.drone.type_id}' in dock '{one.to_dock.id}', which takes {taken}"
            yield Violation(rule=Rule.DOCK, subject=one.id, text=text)
    stays = _stays(day)
    for dock in day.docks.values():
        count, at_s = _fullest(stays[dock.id])
        if count > dock.capacity:
            yield _overfull(dock, count, at_s)


def _departure(one: CheckedFlight, here: str, day: Day) -> Iterator[Violation]:
    leaves = one.flight.from_dock_id
    if leaves != here and {leaves, here} <= day.docks.keys():
        text = f"flight '{one.id}' takes off from dock '{leaves}'; drone '{one.flight.drone_id}' is in dock '{here}'"
        yield Violation(rule=Rule.PLACE, subject=one.id, text=text)


def _stays(day: Day) -> dict[str, list[Stay]]:
    """Each dock's drones on the ground, by where they are, whatever dock they say they leave from. A guest's place is its own
    until it has landed elsewhere: a return on a failsafe leads back to it.
    """
    stays: dict[str, list[Stay]] = defaultdict(list)
    for drone_id, flights in day.flights_by_drone().items():
        home = day.drones[drone_id].dock_id
        here, since_s = home, -ALWAYS
        for one in flights:
            stays[here].append((since_s, one.takes_off_s if here == home else one.lands_s))
            here, since_s = one.flight.to_dock_id, one.lands_s
        stays[here].append((since_s, ALWAYS))
    return stays


def _fullest(stays: list[Stay]) -> tuple[int, float]:
    """How many are there at most, and when first. One that leaves as another comes is gone."""
    counts = [(sum(begin <= since_s < end for begin, end in stays), since_s) for since_s, until_s in stays if since_s < until_s]
    return max(counts, key=lambda counted: (counted[0], -counted[1]), default=(0, 0.0))


def _overfull(dock: Dock, count: int, at_s: float) -> Violation:
    when = "as the day begins" if at_s == -ALWAYS else f"at {clock(at_s)}"
    text = f"dock '{dock.id}' holds {count} drones {when}; it has room for {dock.capacity}"
    return Violation(rule=Rule.DOCK, subject=dock.id, text=text, limit=dock.capacity, value=count)

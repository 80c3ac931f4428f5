"""Which of a subtitle's two numbers is the latitude: models differ, and some write them the wrong way round.

What tells, strongest first: a number beyond 90 is no latitude; a place given nearby; the letters or labels; the notation of
the model. What nothing tells is not guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edge_agent.material.position_tags import geo_point
from edge_agent.material.srt import Pair, SrtEntry
from missions.geometry import GeoPoint

NEAR_M = 100_000.0
"""A place counts as nearby within this: the length of a district's province, not of its neighbour's."""


@dataclass(frozen=True, slots=True)
class Order:
    """Whether the first number is the latitude; `assumption` and `flag` for people."""

    latitude_first: bool
    assumption: str | None = None
    flag: str | None = None

    def point(self, pair: Pair | None) -> GeoPoint | None:
        """The place of a pair; None where it is none, off the earth or 0, 0."""
        if pair is None:
            return None
        return geo_point(*((pair.first, pair.second) if self.latitude_first else (pair.second, pair.first)))


USUAL = {
    "labelled": Order(True),
    "lettered": Order(True),
    "metres": Order(True, "GPS(x, y, 0.0M) is taken as latitude, longitude, as Matrice 300 writes it"),
    "satellites": Order(False, "GPS(x, y, n) is taken as longitude, latitude, as Mavic Pro, Mavic Mini and Phantom 4 write it"),
}
"""Order of the notations that are known."""


class Orders:
    """The order of each notation that a file's subtitles are written in: a file may mix several."""

    def __init__(self, entries: Sequence[SrtEntry], near: GeoPoint | None) -> None:
        pairs = [entry.position for entry in entries if entry.position is not None]
        kinds = sorted({pair.kind for pair in pairs})
        homes = [entry.home for entry in entries if entry.home is not None]
        found = {kind: _order([pair for pair in pairs if pair.kind == kind], homes, near) for kind in kinds}
        self._orders = {kind: order for kind, order in found.items() if isinstance(order, Order)}
        reasons = [order for order in found.values() if isinstance(order, str)]
        self.why_not = None if self._orders else next(iter(reasons), "its subtitles hold no position")
        self.assumptions = tuple(order.assumption for order in self._orders.values() if order.assumption)
        self.flags = (*(order.flag for order in self._orders.values() if order.flag), *(reasons if self._orders else ()))

    def point(self, pair: Pair | None) -> GeoPoint | None:
        """The place of a pair; None where it is none, off the earth, 0, 0, or its order cannot be told."""
        order = self._orders.get(pair.kind) if pair is not None else None
        return order.point(pair) if order is not None else None


def points_of(entries: Sequence[SrtEntry], orders: Orders) -> list[GeoPoint | None]:
    """Each entry's place; those whose two numbers have changed places against the ones before them are turned round."""
    points: list[GeoPoint | None] = []
    last: GeoPoint | None = None
    for entry in entries:
        point = orders.point(entry.position)
        if last is not None and entry.position is not None and _is_far(last, point):
            swapped = orders.point(replace(entry.position, first=entry.position.second, second=entry.position.first))
            point = point if swapped is None or _is_far(last, swapped) else swapped
        points.append(point)
        last = point or last
    return points


def _order(pairs: Sequence[Pair], homes: Sequence[Pair], near: GeoPoint | None) -> Order | str:
    """The order of pairs of one kind, or in words why it cannot be told."""
    usual = USUAL.get(pairs[0].kind)
    forced = _by_range([*pairs, *(homes if usual is None or not usual.latitude_first else ())])
    if isinstance(forced, str):
        return forced
    told = forced if forced is not None else _by_place(pairs, near)
    if isinstance(told, str):
        return told
    if told is None:
        return usual if usual is not None else _ambiguous(pairs)
    if usual is not None and usual.latitude_first != told:
        why = "a number beyond 90 is no latitude" if forced is not None else "only so do they lie near the place given"
        return Order(told, flag=f"latitude and longitude are swapped in the subtitles: {why}")
    return Order(told)


def _by_range(pairs: Sequence[Pair]) -> bool | str | None:
    """True: latitude first. A few odd entries do not count against the rest."""
    first = sum(abs(pair.first) > 90 for pair in pairs)
    second = sum(abs(pair.second) > 90 for pair in pairs)
    if min(first, second) > len(pairs) / 2:
        return "its subtitles hold no position: both numbers are beyond 90 degrees"
    if max(first, second) <= len(pairs) / 2:
        return None
    return second > first


def _by_place(pairs: Sequence[Pair], near: GeoPoint | None) -> bool | str | None:
    if near is None:
        return None
    middle = pairs[len(pairs) // 2]
    places = {first: Order(first).point(middle) for first in (True, False)}
    close = [first for first, place in places.items() if place is not None and place.distance_m(near) <= NEAR_M]
    if not close:
        return f"its positions lie more than {NEAR_M / 1000:.0f} km from the place given, in either order"
    return close[0] if len(close) == 1 else None


def _ambiguous(pairs: Sequence[Pair]) -> str:
    first, second = pairs[0].first, pairs[0].second
    return (
        f"nothing tells latitude from longitude: {first:g}, {second:g} may be {first:g} north, {second:g} east or "
        f"{second:g} north, {first:g} east; `--near LAT,LON` tells"
    )


def _is_far(last: GeoPoint, point: GeoPoint | None) -> bool:
    return point is None or last.distance_m(point) > NEAR_M / 2

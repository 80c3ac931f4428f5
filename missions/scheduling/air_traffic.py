"""How many trips are in the air when, and when there is room for one more."""

from bisect import bisect_left, insort
from heapq import heappop, heappush


class AirTraffic:
    """The trips of all vehicles, against the number that the crew may watch at once. Times are in seconds."""

    def __init__(self, crew: int) -> None:
        self._crew = crew
        self._trips: list[tuple[float, float, int]] = []
        self._longest_s = 0.0

    def add(self, start_s: float, lands_s: float, vehicle: int) -> None:
        """Count a trip."""
        insort(self._trips, (start_s, lands_s, vehicle))
        self._longest_s = max(self._longest_s, lands_s - start_s)

    def remove(self, start_s: float, lands_s: float, vehicle: int) -> None:
        """Forget a trip that was added."""
        del self._trips[bisect_left(self._trips, (start_s, lands_s, vehicle))]

    def full_until_s(self, start_s: float, lands_s: float, vehicle: int) -> float | None:
        """When to try again a trip that would be one too many; None if there is room for it.

        The vehicle's own trips do not count: it flies but one at a time. No start before the answer has room either, as
        every such trip would be in the air at the first moment that is full.
        """
        around = [trip for trip in self._around(start_s, lands_s) if trip[1] > start_s and trip[2] != vehicle]
        if len(around) < self._crew:
            return None
        flying: list[float] = []
        for begin_s, end_s in sorted((max(begin_s, start_s), end_s) for begin_s, end_s, _ in around):
            while flying and flying[0] <= begin_s:
                heappop(flying)
            heappush(flying, end_s)
            if len(flying) >= self._crew:
                return flying[0]
        return None

    def _around(self, start_s: float, lands_s: float) -> list[tuple[float, float, int]]:
        first = bisect_left(self._trips, (start_s - self._longest_s,))
        return self._trips[first : bisect_left(self._trips, (lands_s,))]

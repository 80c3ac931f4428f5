"""Room in the air, by hand and against counting."""

from hypothesis import given
from hypothesis import strategies as st

from missions.scheduling.air_traffic import AirTraffic


def test_full_until_the_first_lands() -> None:
    """Two may fly: from 50 to 60 s two do, so a third that would fly then has to wait for 60 s."""
    air = AirTraffic(crew=2)
    air.add(0.0, 60.0, 0)
    air.add(50.0, 90.0, 1)
    assert air.full_until_s(10.0, 40.0, 2) is None
    assert air.full_until_s(10.0, 55.0, 2) == 60.0
    assert air.full_until_s(60.0, 100.0, 2) is None


def test_own_trips_do_not_count() -> None:
    """A vehicle that is planned anew is not in its own way; one that was removed is in nobody's."""
    air = AirTraffic(crew=1)
    air.add(0.0, 60.0, 0)
    assert air.full_until_s(10.0, 40.0, 0) is None
    air.remove(0.0, 60.0, 0)
    assert air.full_until_s(10.0, 40.0, 1) is None


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=12),
    st.integers(1, 3),
    st.integers(0, 50),
    st.integers(1, 20),
)
def test_room_is_as_counted(trips: list[tuple[int, int]], crew: int, start: int, lasting: int) -> None:
    """There is room just if at no moment of the trip so many others fly; and no start before the answer has room."""
    air = AirTraffic(crew)
    for number, (begin, length) in enumerate(trips):
        air.add(begin, begin + length, number)

    def has_room(at: int) -> bool:
        moments = range(at, at + lasting)
        return all(sum(begin <= moment < begin + length for begin, length in trips) < crew for moment in moments)

    until = air.full_until_s(start, start + lasting, -1)
    assert (until is None) == has_room(start)
    if until is not None:
        assert until > start
        assert not any(has_room(at) for at in range(start, int(until)))

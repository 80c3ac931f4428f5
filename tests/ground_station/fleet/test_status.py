"""Sequence numbers: what is missing is noticed, what overtakes is not."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ground_station.config import FleetSettings
from ground_station.fleet.status import DroneStatus
from missions.contracts.messages import Born

START = datetime(2026, 1, 1, tzinfo=UTC)
BORN = Born.model_validate(
    {"session": "s", "software_version": "1", "model": {"name": "m", "version": "1", "weights_sha256": "a" * 64}, "classes": []}
)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_lost_message_is_a_gap_after_three_seconds() -> None:
    """1, 2, 4 at once: nothing yet; at 3 s with 5 it is one gap, counted once."""
    status = DroneStatus("zl-01", born=BORN)
    assert [status.count_sequence("s", number, at(0)) for number in (1, 2, 4)] == [False, False, False]
    assert status.count_sequence("s", 5, at(3)) is True
    assert status.count_sequence("s", 6, at(9)) is False
    assert status.sequence_gaps == 1


@given(st.permutations(range(2, 30)))
def test_messages_that_overtake_each_other_are_no_gap(order: list[int]) -> None:
    """Any order within the patience: no gap."""
    status = DroneStatus("zl-01", born=BORN)
    for number in (1, *order):
        assert not status.count_sequence("s", number, at(0))
    assert not status.count_sequence("s", 30, at(10))
    assert status.sequence_gaps == 0


def test_a_session_without_its_birth_asks_for_one() -> None:
    """A new session whose birth was missed: yes; whose birth is known: no; a message without numbers: no."""
    status = DroneStatus("zl-01", born=BORN)
    assert not status.count_sequence("s", 7, at(0))
    assert status.count_sequence("t", 3, at(0))
    assert not status.count_sequence(None, None, at(0))


def test_rebirths_are_asked_for_sparingly() -> None:
    """Once in ten seconds."""
    status = DroneStatus("zl-01")
    asked = [status.may_ask_rebirth(at(second), FleetSettings()) for second in (0, 1, 9, 10, 11)]
    assert asked == [True, False, False, True, False]

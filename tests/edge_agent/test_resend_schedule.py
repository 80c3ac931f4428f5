"""When messages are sent again."""

from datetime import UTC, datetime
from time import monotonic

from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.outbox import Waiting
from edge_agent.resend_schedule import ResendSchedule
from missions.contracts.topics import Channel

AT = datetime(2026, 5, 1, tzinfo=UTC)


def waiting(*ids: str) -> list[Waiting]:
    return [Waiting(id, Channel.FLIGHT, "flight.advanced", b"{}", AT) for id in ids]


def sent(schedule: ResendSchedule, ids: list[str], now_s: float, size: int = 50) -> list[str]:
    """What a link with a window of `size` sends now of an outbox that holds `ids`."""
    window = [id for id in ids if id not in schedule.passed_over][:size]
    return [message.id for message in schedule.due(waiting(*window), now_s)] + schedule.next_round(size, now_s)


def test_the_pauses_double_up_to_their_bound() -> None:
    """A message nobody acknowledges is due after 3, 6, 12 and 24 s more, and then every 30 s, for pauses from 3 to 30 s."""
    schedule = ResendSchedule(3.0, 30.0)
    assert [second for second in range(120) if sent(schedule, ["a"], float(second))] == [0, 3, 9, 21, 45, 75, 105]


def test_after_five_sendings_a_message_is_passed_over() -> None:
    """At 75 s, when "a" and "b" would be due for the sixth time, they make room in a window of two for "c" and "d"."""
    schedule = ResendSchedule(3.0, 30.0)
    ids = ["a", "b", "c", "d"]
    times = {id: [] for id in ids}
    for second in range(80):
        for id in sent(schedule, ids, float(second), size=2):
            times[id].append(second)
    assert times == {"a": [0, 3, 9, 21, 45, 75], "b": [0, 3, 9, 21, 45, 75], "c": [76, 79], "d": [76, 79]}


def test_what_is_passed_over_takes_turns() -> None:
    """Of four passed-over messages and a window of two, two are sent every 30 s: no more than the window."""
    schedule = ResendSchedule(3.0, 30.0)
    ids = ["a", "b", "c", "d"]
    for second in range(152):
        sent(schedule, ids, float(second), size=2)
    assert set(schedule.passed_over) == set(ids)
    rounds = {second: got for second in range(152, 260) if (got := sent(schedule, ids, float(second), size=2))}
    first, second = min(rounds), sorted(rounds)[1]
    assert second - first == 30
    assert sorted(rounds[first] + rounds[second]) == ids


def test_an_answer_shows_that_the_ground_is_there() -> None:
    """What waits for a long pause is due after the first pause again; the acknowledged message is due no more."""
    schedule = ResendSchedule(3.0, 30.0)
    start_s = monotonic()
    for second in (0.0, 3.0, 9.0, 21.0):
        assert sent(schedule, ["a", "b"], start_s + second) == ["a", "b"]
    schedule.acknowledged("a")
    assert sent(schedule, ["b"], start_s + 4.0) == ["b"]


def test_a_new_connection_begins_anew() -> None:
    """After `forget` everything is due, also what was passed over."""
    schedule = ResendSchedule(3.0, 30.0)
    for second in range(80):
        sent(schedule, ["a"], float(second))
    assert list(schedule.passed_over) == ["a"]
    schedule.forget()
    assert sent(schedule, ["a"], 80.0) == ["a"]
    assert list(schedule.passed_over) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), unique=True), st.floats(0, 100))
def test_new_messages_are_due_in_their_order(ids: list[str], now_s: float) -> None:
    """Messages never sent are due at once, in the order they were stored."""
    assert [m.id for m in ResendSchedule(3.0, 30.0).due(waiting(*ids), now_s)] == ids

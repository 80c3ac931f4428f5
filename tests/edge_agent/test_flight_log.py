from pathlib import Path

import pytest

from edge_agent.flight_log import FlightLog
from edge_agent.outbox import Outbox
from missions.flight import Flight, FlightEvent, FlightEventKind, GroundSeen

SEEN = GroundSeen(frames=50, frames_not_seen=2, seen_m2=8000.0, not_seen_m2=300.0)
WAY = (FlightEventKind.READIED, FlightEventKind.TOOK_OFF, FlightEventKind.LEG_COMPLETED)


def told(outbox: Outbox) -> list[GroundSeen | None]:
    return [FlightEvent.model_validate(message.data()).ground_seen for message in outbox.waiting(100)]


@pytest.mark.parametrize("end", [FlightEventKind.COMPLETED, FlightEventKind.ABORTED])
def test_the_landing_tells_what_was_seen(tmp_path: Path, flight: Flight, end: FlightEventKind) -> None:
    """However a flight lands, its last event carries what its frames showed; those on the way carry nothing."""
    outbox = Outbox(tmp_path)
    log = FlightLog(outbox, {flight.id: SEEN}.get)
    log.begin(flight)
    for kind in (*WAY, end):
        log.record(kind)
    assert told(outbox) == [None, None, None, SEEN]
    assert log.flight is not None
    assert log.flight.ground_seen == SEEN


def test_a_part_of_a_flight_is_not_told_as_the_whole(tmp_path: Path, flight: Flight) -> None:
    """A process that takes a flight up in the air has seen a part of it alone: what was seen is left unknown."""
    outbox = Outbox(tmp_path)
    log = FlightLog(outbox, {flight.id: SEEN}.get)
    log.begin(flight)
    for kind in WAY:
        log.record(kind)
    again = FlightLog(outbox, {flight.id: SEEN}.get)
    again.record(FlightEventKind.COMPLETED)
    assert told(outbox) == [None] * 4

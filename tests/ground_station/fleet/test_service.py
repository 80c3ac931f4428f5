"""The fleet through a restart, and what it asks of the drones."""

from datetime import UTC, datetime, timedelta

from ground_station.fleet.service import FleetService
from ground_station.fleet.tables import DroneStatusRow
from missions.contracts import messages
from missions.contracts.topics import Channel
from missions.geometry import GeoPoint
from missions.telemetry import Telemetry


def test_last_words_outlive_a_restart(say, station, clock, ears, district, settings) -> None:
    """Saved and restored: the same telemetry, heard at the same moment, and its age goes on counting."""
    telemetry = Telemetry(at=clock(), point=GeoPoint(lat_deg=31.78, lon_deg=119.9), battery_share=0.5)
    say(Channel.TELEMETRY, messages.REPORTED, telemetry, session="s", sequence=9)
    with station.database.transaction() as session:
        station.fleet.save(session)
    clock.forward(10)
    again = FleetService(district, settings.fleet, clock, ears, station.hub.publish)
    with station.database.reading() as session:
        again.restore(session)
    entry = again.entries({})[0]
    assert (entry.telemetry, entry.link) == (telemetry, "stale")


def test_older_telemetry_does_not_replace_newer(say, station, clock) -> None:
    """Telemetry that was overtaken on the way is not shown."""
    newer = Telemetry(at=clock(), battery_share=0.4)
    say(Channel.TELEMETRY, messages.REPORTED, newer)
    clock.forward(-1)
    say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock(), battery_share=0.9))
    assert station.fleet.entries({})[0].telemetry == newer


def test_a_gap_makes_the_ground_ask_for_a_rebirth(say, clock, ears) -> None:
    """Numbers 1 and 5, and three seconds later 6: one rebirth is asked of that drone."""
    for sequence, step_s in ((1, 0.0), (5, 3.0), (6, 0.1)):
        say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock()), session="s", sequence=sequence)
        clock.forward(step_s)
    assert [(drone_id, message.body.command) for drone_id, message in ears.commands][:1] == [("zl-01", "rebirth")]
    assert len(ears.commands) == 1


def test_telemetry_from_the_future_freezes_nothing(say, station, clock, ears, district, settings) -> None:
    """A clock five minutes ahead is borne with, a later time is refused and not shown; and what an earlier version stored of
    such a time is forgotten at a restart, so that true telemetry is shown again.
    """
    ahead = Telemetry(at=clock() + timedelta(minutes=5), battery_share=0.3)
    assert say(Channel.TELEMETRY, messages.REPORTED, ahead)
    assert not say(Channel.TELEMETRY, messages.REPORTED, Telemetry(at=clock() + timedelta(minutes=5, seconds=1)))
    assert station.fleet.entries({})[0].telemetry == ahead
    with station.database.transaction() as session:
        station.fleet.save(session)
        session.query(DroneStatusRow).one().telemetry = Telemetry(at=datetime(2099, 1, 1, tzinfo=UTC))
    again = FleetService(district, settings.fleet, clock, ears, station.hub.publish)
    with station.database.reading() as session:
        again.restore(session)
    assert again.entries({})[0].telemetry is None
    again.reported("zl-01", Telemetry(at=clock(), battery_share=0.2))
    assert again.entries({})[0].telemetry.battery_share == 0.2

"""WEATHER: no aircraft flies in more wind than it bears, and none that stays on the ground that day."""

from collections.abc import Iterator

from missions.checking.day import Day
from missions.checking.violation import Rule, Violation


def check_weather(day: Day) -> Iterator[Violation]:
    """Each flight against the day's wind, and against the drones that are not there; those that began before these hold
    stand.
    """
    conditions = day.schedule.conditions
    since_s = float("-inf") if conditions.since is None else day.seconds(conditions.since)
    for one in (flight for flight in day.flights if flight.takes_off_s >= since_s):
        who = f"flight '{one.id}' is by drone '{one.flight.drone_id}'"
        if one.flight.drone_id in conditions.grounded_drones:
            yield Violation(rule=Rule.WEATHER, subject=one.id, text=f"{who}, which stays on the ground that day")
        if one.aircraft and not conditions.wind_mps <= one.aircraft.max_wind_mps:
            bears_mps = one.aircraft.max_wind_mps
            text = f"{who}, which bears {bears_mps:g} m/s of wind; {conditions.wind_mps:g} m/s are expected"
            yield Violation(rule=Rule.WEATHER, subject=one.id, text=text, limit=bears_mps, value=conditions.wind_mps)

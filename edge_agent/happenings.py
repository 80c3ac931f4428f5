"""What has happened to a flight, judged from the autopilot's own words: pure, so that every case can be tried."""

from collections.abc import Collection
from dataclasses import dataclass

from edge_agent.aircraft import AircraftState
from missions.flight import AIRBORNE_STATES, Flight, FlightEventKind, FlightState

RETURN_MODES = frozenset({"RETURN", "LAND", "PRECISION_LAND"})
MISSION_MODES = frozenset({"MISSION", "TAKEOFF"})


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that fits the flight's present state."""

    kind: FlightEventKind
    reason: str = ""
    leg_index: int | None = None


def next_happening(flight: Flight, aircraft: AircraftState, completed: Collection[int]) -> Happening | None:
    """The next thing to record of `flight`; None when the record is up to date. `completed` are the legs flown by now."""
    if not aircraft.is_known:
        return None
    if flight.state is FlightState.READY:
        return Happening(FlightEventKind.TOOK_OFF) if aircraft.is_in_air else None
    if flight.state not in AIRBORNE_STATES:
        return None
    for leg in sorted(set(completed) - set(flight.legs_completed)):
        return Happening(FlightEventKind.LEG_COMPLETED, leg_index=leg)
    if aircraft.has_landed:
        return _landing(flight)
    return _mode_change(flight, aircraft)


def _landing(flight: Flight) -> Happening:
    """One that was to land in another dock and returned instead has not done so, even with every leg flown."""
    flown, legs, landing = len(flight.legs_completed), len(flight.plan.legs), flight.plan.landing
    is_astray = landing is not None and flight.state is FlightState.RETURNING
    if flown == legs and not is_astray:
        return Happening(FlightEventKind.COMPLETED)
    why = f" ({flight.reason})" if flight.reason else ""
    where = f", not in dock '{landing.dock_id}'" if landing is not None else ""
    return Happening(FlightEventKind.ABORTED, f"landed after {flown} of {legs} legs{where}{why}")


def _mode_change(flight: Flight, aircraft: AircraftState) -> Happening | None:
    mode = aircraft.mode
    if not aircraft.is_in_air or flight.state is FlightState.RETURNING:
        return None
    if mode in RETURN_MODES:
        is_done = len(flight.legs_completed) == len(flight.plan.legs)
        is_done = is_done and flight.plan.landing is None
        return Happening(FlightEventKind.RETURNING, "" if is_done else _why(aircraft))
    if flight.state is FlightState.HOLDING:
        return Happening(FlightEventKind.RESUMED) if mode in MISSION_MODES else None
    return None if mode in MISSION_MODES else Happening(FlightEventKind.HELD, f"mode {mode}")


def _why(aircraft: AircraftState) -> str:
    said = f": {aircraft.texts[-1]}" if aircraft.texts else ""
    return f"mode {aircraft.mode}{said}"

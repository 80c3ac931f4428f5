"""Flies one flight at a time: takes plans, carries out commands, and records what the autopilot says has happened."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from edge_agent.flight_log import FlightLog
from edge_agent.happenings import next_happening
from edge_agent.ports import Autopilot, AutopilotError, Observing
from edge_agent.progress import Progress
from missions.errors import Conflict, OneFlightError
from missions.flight import FINAL_STATES, Flight, FlightEventKind, FlightState
from missions.planning.mission_items import autopilot_parameters, fence_items, mission_items

logger = logging.getLogger(__name__)

OBSERVED = frozenset({FlightState.FLYING, FlightState.HOLDING})
POLL_S = 1.0

Obstacles = Callable[[Flight], Awaitable[list[str]]]
"""Lists what stands against taking a plan on board now."""


class FlightRefused(OneFlightError):
    """The plan cannot be flown; says why."""


class FlightControl:
    """Carries out commands, one after the other; `watch` runs beside them and records what happens in the air.

    `newest_ms` gives the autopilot's clock.
    """

    def __init__(
        self,
        autopilot: Autopilot,
        log: FlightLog,
        newest_ms: Callable[[], float | None],
        obstacles: Obstacles,
        take_off_within_s: float,
    ) -> None:
        self._autopilot = autopilot
        self._log = log
        self._newest_ms = newest_ms
        self._obstacles = obstacles
        self._take_off_within_s = take_off_within_s
        self._progress = Progress(log.active.plan) if log.active else None
        self._return_asked = False
        self._busy = asyncio.Lock()
        self._changed = asyncio.Event()

    @property
    def flight(self) -> Flight | None:
        """The flight that is not over."""
        return self._log.active

    @property
    def mission_items(self) -> int | None:
        """Items of the mission that is loaded."""
        return self._progress.items if self._progress and self._log.active else None

    def notice(self) -> None:
        """To be called, in the event loop, when the autopilot said something."""
        self._changed.set()

    def observing(self, time_boot_ms: float | None) -> Observing | None:
        """What a frame of that time is for; None unless a flight is on its way out or over its legs. From any thread."""
        flight, progress = self._log.active, self._progress
        if flight is None or progress is None or flight.state not in OBSERVED:
            return None
        return Observing(flight.id, flight.plan, progress.leg_at(time_boot_ms))

    async def load(self, flight: Flight) -> None:
        """Checks the plan and takes it on board: readied. Raises FlightRefused or Conflict with the reasons."""
        async with self._busy:
            active = self._log.active
            if active is not None and active.id == flight.id and active.state is FlightState.READY:
                return
            self._log.begin(flight)
            self._progress = Progress(flight.plan)
            reasons = await self._obstacles(flight) or await self._upload(flight)
            if reasons:
                self._log.record(FlightEventKind.REFUSED, "; ".join(reasons))
                raise FlightRefused("; ".join(reasons))
            self._log.record(FlightEventKind.READIED)

    async def start(self, flight_id: str) -> None:
        """Starts the mission and arms, and waits for the air. Raises Conflict or AutopilotError; the flight stays ready."""
        async with self._busy:
            self._expect(flight_id, FlightState.READY)
            await self._autopilot.start_mission()
            await self._autopilot.arm()
            if not await self._autopilot.wait_until(lambda state: state.is_in_air, self._take_off_within_s):
                await self._autopilot.disarm()
                raise AutopilotError(f"armed, but not in the air after {self._take_off_within_s:.0f} s: disarmed again")
            self.assess()

    async def hold(self, flight_id: str) -> None:
        """Stops where it is. Raises Conflict or AutopilotError."""
        async with self._busy:
            self._expect(flight_id, FlightState.FLYING)
            await self._autopilot.hold()
            self.assess()

    async def resume(self, flight_id: str) -> None:
        """Goes on with the mission. Raises Conflict or AutopilotError."""
        async with self._busy:
            self._expect(flight_id, FlightState.HOLDING)
            await self._autopilot.start_mission()
            self.assess()

    async def return_home(self, flight_id: str) -> None:
        """Flies home and lands; waits for no other command. Raises Conflict or AutopilotError."""
        self._expect(flight_id, FlightState.FLYING, FlightState.HOLDING, FlightState.RETURNING)
        self._return_asked = True
        try:
            await self._autopilot.return_home()
            self.assess()
        finally:
            self._return_asked = False
        await self._autopilot.stop_camera_trigger()

    async def cancel(self, flight_id: str) -> None:
        """Takes the plan off the aircraft before take-off. Raises Conflict or AutopilotError."""
        async with self._busy:
            self._expect(flight_id, FlightState.READY, FlightState.DISPATCHED)
            if self._autopilot.state.armed:
                raise Conflict(f"flight {flight_id}: the aircraft is armed; 'return' ends a flight that has begun")
            await self._autopilot.clear_mission()
            self._log.record(FlightEventKind.CANCELLED, "commanded")

    async def take_up(self) -> None:
        """After a restart: waits until the autopilot has spoken, then goes on with the flight that is on disk."""
        flight = self._log.active
        if flight is None:
            return
        logger.info("flight %s is %s on disk: taking it up", flight.id, flight.state)
        while not await self._autopilot.wait_until(lambda state: state.is_known, 30.0):
            logger.warning("flight %s: waiting for the autopilot", flight.id)
        lost = await self._lost(flight)
        if lost:
            self._log.record(FlightEventKind.REFUSED, lost)
        self.assess()

    async def watch(self) -> None:
        """Records what happens, for as long as it runs; what the disk refuses is tried again."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):  # wait_for of Python 3.11 can swallow a cancellation
                    await self._changed.wait()
            self._changed.clear()
            try:
                self.assess()
            except OneFlightError:
                logger.exception("flight: what happened could not be recorded; tried again")
                await asyncio.sleep(POLL_S)

    def assess(self) -> None:
        """Records everything that has happened by now."""
        aircraft = self._autopilot.state
        while (flight := self._log.active) is not None and self._progress is not None:
            newest_ms = self._newest_ms()
            if newest_ms is not None:
                self._progress.note(newest_ms, aircraft.mission_item)
            happening = next_happening(flight, aircraft, self._progress.completed(aircraft))
            if happening is None:
                return
            is_asked = self._return_asked and happening.kind is FlightEventKind.RETURNING
            self._log.record(happening.kind, "commanded" if is_asked else happening.reason, happening.leg_index)

    async def _upload(self, flight: Flight) -> list[str]:
        plan = flight.plan
        try:
            await self._autopilot.upload(fence_items(plan), autopilot_parameters(plan), mission_items(plan))
        except AutopilotError as error:
            return [str(error)]
        return []

    async def _lost(self, flight: Flight) -> str:
        """Why a flight that had not begun before the restart cannot begin now; empty where it can, or has begun.

        Reading the mission back also tells MAVSDK what is on board, so that its own progress is right again.
        """
        if flight.state is FlightState.DISPATCHED:
            return "the agent was restarted while it loaded the plan"
        try:
            on_board = await self._autopilot.mission_on_board()
        except AutopilotError as error:
            on_board = -1
            logger.warning("flight %s: the mission on board cannot be read: %s", flight.id, error)
        if self._progress is None or on_board == self._progress.items:
            return ""
        logger.warning("flight %s: %d items on board, %d in its plan", flight.id, on_board, self._progress.items)
        is_waiting = flight.state is FlightState.READY and not self._autopilot.state.armed
        return "after the agent's restart the plan was no longer on board" if is_waiting else ""

    def _expect(self, flight_id: str, *states: FlightState) -> None:
        """Raises Conflict unless the active flight is `flight_id`, in one of `states`."""
        flight = self._log.flight
        if flight is None or flight.id != flight_id:
            raise Conflict(f"flight {flight_id} is not the one on board ({flight.id if flight else 'there is none'})")
        if flight.state in FINAL_STATES or flight.state not in states:
            raise Conflict(f"flight {flight_id} is {flight.state}: possible only when {' or '.join(states)}")

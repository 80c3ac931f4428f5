"""One agent: its parts put together, run, and taken down."""

import asyncio
import contextlib
import importlib.metadata
import logging
import signal
import time
from datetime import UTC, datetime

from edge_agent.aircraft import AircraftState
from edge_agent.autopilot import MavsdkAutopilot
from edge_agent.camera import Camera
from edge_agent.commands import Commands
from edge_agent.config import AgentSettings
from edge_agent.detector import NetworkDetector
from edge_agent.evidence.masking import Finder, Masker
from edge_agent.evidence.people import finders_of
from edge_agent.evidence.proving import Origin, Prover
from edge_agent.flight_control import FlightControl
from edge_agent.flight_log import FlightLog
from edge_agent.link import Link
from edge_agent.outbox import Outbox
from edge_agent.pipeline import Pipeline, Stages, StageSettings
from edge_agent.placement.boresight import Boresight, read_boresight
from edge_agent.plan_check import reasons_against
from edge_agent.telemetry import MovementHistory
from edge_agent.track import Provenance
from missions.contracts.messages import Born, CommandMessage
from missions.errors import OneFlightError
from missions.evidence.key_folder import KeyFolder
from missions.finding import ModelRef
from missions.flight import Flight, GroundSeen
from missions.noun import new_id
from missions.telemetry import Telemetry
from models.errors import ModelError

logger = logging.getLogger(__name__)

STALE_AUTOPILOT_S = 5.0
FIRST_WORDS_WITHIN_S = 15.0
"""A plan may come while autopilot and agent are still finding each other: so long the first words are waited for."""

STALE_CAMERA_S = 5.0
NO_MODEL = ModelRef(name="none", version="none", weights_sha256="0" * 64)


class Agent:
    """Everything that one aircraft's companion computer runs."""

    def __init__(self, settings: AgentSettings) -> None:
        self._settings = settings
        self._boresight = _boresight_of(settings)
        self._session = new_id()
        self._version = importlib.metadata.version("oneflight")
        self._outbox = Outbox(settings.storage.directory)
        self._key = KeyFolder(settings.storage.directory / "keys").signing_key()
        self._history = MovementHistory()
        self._autopilot = MavsdkAutopilot(settings.autopilot, self._history)
        self._log = FlightLog(self._outbox, self._ground_seen)
        self._control = FlightControl(
            self._autopilot, self._log, self._history.newest_ms, self._obstacles, settings.autopilot.take_off_within_s
        )
        self._link = Link(settings.identity, settings.broker, self._session, self._outbox)
        self._commands = Commands(self._control, self._outbox, self._link.answer, self._rebirth)
        self._camera = Camera(settings.camera, self._autopilot.boot_ms_at)
        self._no_detector = ""
        self._finders: list[Finder] = []
        self._detector = self._load_detector()
        self._pipeline = self._new_pipeline()

    async def run(self) -> None:
        """Runs until SIGINT or SIGTERM; raises what ends it otherwise."""
        loop = asyncio.get_running_loop()
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
        self._close_old_tracks()
        self._camera.start()
        self._link.start(self)
        try:
            async with asyncio.TaskGroup() as group:
                running = [group.create_task(work) for work in (self._fly(), self._link.run(), self._report())]
                await stopping.wait()
                for task in running:
                    task.cancel()
        except* OneFlightError as errors:
            raise errors.exceptions[0] from None
        finally:
            self._close()

    def born(self) -> Born:
        """What the agent says of itself when it is there."""
        detector = self._detector
        return Born(
            session=self._session,
            software_version=self._version,
            model=detector.model if detector else NO_MODEL,
            classes=detector.classes if detector else (),
            flight_id=self._control.flight.id if self._control.flight else None,
            waiting=self._outbox.count_waiting(),
            public_key=self._key.public.text,
        )

    def command(self, command: CommandMessage) -> None:
        """A command came over the link."""
        self._commands.take(command)

    async def _fly(self) -> None:
        loop = asyncio.get_running_loop()

        def changed() -> None:
            loop.call_soon_threadsafe(self._control.notice)

        await self._autopilot.connect(changed)
        await self._control.take_up()
        if self._pipeline is not None:
            self._pipeline.start()
        await self._control.watch()

    async def _report(self) -> None:
        while True:
            try:
                self._link.telemetry(self._telemetry())
            except OneFlightError:
                logger.exception("telemetry is left out")
            await asyncio.sleep(self._settings.broker.telemetry_interval_s)

    def _telemetry(self) -> Telemetry:
        """The present state; what was last heard too long ago is left unknown."""
        state, flight = self._autopilot.state, self._control.flight
        common = Telemetry(
            at=datetime.now(UTC),
            flight_id=flight.id if flight else None,
            outbox_waiting=self._outbox.count_waiting(),
            troubles=tuple(self._troubles()),
        )
        if not self._hears_autopilot():
            return common
        return common.model_copy(
            update={
                "point": state.point,
                "height_m": state.height_m,
                "altitude_m": state.altitude_m,
                "heading_deg": state.heading_deg,
                "ground_speed_mps": state.ground_speed_mps,
                "battery_share": state.battery_share,
                "armed": state.armed,
                "mode": state.mode,
                "mission_item": state.mission_item,
                "mission_items": self._control.mission_items,
            }
        )

    def _troubles(self) -> list[str]:
        """What does not work at present, in words."""
        troubles = [] if self._hears_autopilot() else ["the autopilot is not heard"]
        if self._no_detector:
            troubles.append(self._no_detector)
        silent_s = self._camera.silent_for_s()
        if self._settings.camera.source is None:
            troubles.append("no camera is configured")
        elif silent_s is None or silent_s > STALE_CAMERA_S:
            troubles.append("the camera gives no frames")
        if self._pipeline is not None and self._pipeline.counts.failed:
            troubles.append(f"{self._pipeline.counts.failed} frames failed: {self._pipeline.last_failure}")
        refused = self._outbox.count_refused()
        return [*troubles, f"the ground refused {refused} messages"] if refused else troubles

    def _hears_autopilot(self) -> bool:
        heard_s = self._autopilot.state.heard_s
        return heard_s is not None and time.monotonic() - heard_s < STALE_AUTOPILOT_S

    async def _obstacles(self, flight: Flight) -> list[str]:
        """What stands against taking the plan on board now."""
        settings = self._settings
        await self._autopilot.wait_until(_is_complete, FIRST_WORDS_WITHIN_S)
        reasons = [] if self._hears_autopilot() else ["the autopilot is not heard"]
        reasons += reasons_against(flight.plan, settings.identity, self._autopilot.state, settings.autopilot)
        if settings.camera.source is not None and not reasons:
            reasons += self._vision_obstacles(flight, await self._sees(settings.camera.first_frame_within_s))
        return reasons

    def _vision_obstacles(self, flight: Flight, sees: bool) -> list[str]:
        reasons = [self._no_detector] if self._no_detector else []
        if self._detector is not None and not set(flight.plan.classes) & set(self._detector.classes):
            reasons.append(f"the model '{self._detector.model.name}' knows none of the plan's classes")
        if not sees:
            reasons.append(f"the camera {self._settings.camera.source} gives no frames")
        return reasons

    async def _sees(self, within_s: float) -> bool:
        end_s = time.monotonic() + within_s
        while (silent_s := self._camera.silent_for_s()) is None or silent_s > STALE_CAMERA_S:
            if time.monotonic() > end_s:
                return False
            await asyncio.sleep(0.1)
        return True

    def _rebirth(self) -> None:
        self._link.announce()
        self._link.send_everything_again()

    def _ground_seen(self, flight_id: str) -> GroundSeen | None:
        return self._pipeline.ground_seen(flight_id) if self._pipeline is not None else None

    def _load_detector(self) -> NetworkDetector | None:
        if self._settings.camera.source is None:
            return None
        try:
            detector = NetworkDetector.load(self._settings.model)
            self._finders = finders_of(self._settings.model, detector.auxiliary, self._settings.privacy)
        except ModelError as error:
            self._no_detector = f"no detection model: {error}"
            logger.error("%s; plans are refused until there is one", self._no_detector)
            return None
        return detector

    def _new_pipeline(self) -> Pipeline | None:
        if self._detector is None:
            return None
        provenance = Provenance(self._detector.model, self._version, self._detector.review_below)
        origin = Origin(self._settings.identity.drone_id, provenance.model, provenance.software_version)
        prover = Prover(origin, self._key, Masker(self._finders))
        stages = Stages(self._camera, self._history, self._detector, self._outbox, self._control, provenance, prover)
        settings = self._settings
        return Pipeline(stages, StageSettings(settings.model, settings.tracking, settings.accuracy, self._boresight))

    def _close_old_tracks(self) -> None:
        """Objects that an earlier session was following when it ended become findings."""
        flight = self._log.flight
        if self._pipeline is None or flight is None:
            return
        try:
            findings = self._pipeline.close_tracks_of_earlier_session(flight.plan.classes)
        except OneFlightError:
            logger.exception("the tracks of an earlier session stay on disk")
        else:
            logger.info("findings from tracks of an earlier session: %d", findings)

    def _close(self) -> None:
        if self._pipeline is not None:
            self._pipeline.stop()
        self._camera.stop()
        self._link.stop()
        self._autopilot.close()
        with contextlib.suppress(OneFlightError):
            self._outbox.close()


def _is_complete(state: AircraftState) -> bool:
    """Whether all that a plan is checked against has been heard."""
    return state.is_known and state.battery_share is not None


def _boresight_of(settings: AgentSettings) -> Boresight | None:
    """The camera's, where there is one; raises InvalidInput where it cannot be read or is of another aircraft."""
    if settings.camera.boresight is None:
        return None
    boresight = read_boresight(settings.camera.boresight, settings.identity.drone_id)
    logger.info("camera: %s (%s)", boresight.in_words(), settings.camera.boresight)
    return boresight

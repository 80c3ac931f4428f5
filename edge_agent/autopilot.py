"""The autopilot through MAVSDK 4.1: messages in, commands out. Each aircraft has its own port and its own MAVSDK.

State comes from the messages themselves (`mavlink_direct`), never from MAVSDK's getters, which give defaults until the
first heartbeat. A mode is believed when the heartbeat shows it, never because a command was accepted. `arm_force` is never
called: in 4.1.0 it disarms.
"""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

from mavsdk import ComponentType, Configuration, ConnectionResult, Mavsdk, System
from mavsdk.exceptions import MavsdkError
from mavsdk.logging import LogLevel, log_subscribe
from mavsdk.plugins.action import Action
from mavsdk.plugins.mavlink_direct import MavlinkDirect, MavlinkMessage
from mavsdk.plugins.mission_raw import MissionItem as RawItem
from mavsdk.plugins.mission_raw import MissionRaw
from mavsdk.plugins.param import Param

from edge_agent.aircraft import AUTOPILOT_COMPONENT, LISTENED, MOVEMENT, AircraftState, read_message
from edge_agent.config import Autopilot as AutopilotSettings
from edge_agent.ports import AutopilotError
from edge_agent.telemetry import MovementHistory
from missions.planning.mission_items import Command, MissionItem, Parameter

logger = logging.getLogger(__name__)

CALL_TIMEOUT_S = 20.0
MODE_TIMEOUT_S = 4.0
MODE_ATTEMPTS = 3
ARM_DISARM = 400
"""MAV_CMD_COMPONENT_ARM_DISARM."""

ACCEPTED = 0
"""MAV_RESULT_ACCEPTED."""

T = TypeVar("T")

_LEVELS = {LogLevel.DEBUG: logging.DEBUG, LogLevel.INFO: logging.DEBUG, LogLevel.WARN: logging.WARNING}


class MavsdkAutopilot:
    """One aircraft's autopilot."""

    def __init__(self, settings: AutopilotSettings, history: MovementHistory) -> None:
        self._settings = settings
        self._history = history
        self._executor = ThreadPoolExecutor(settings.threads, thread_name_prefix="autopilot")
        self._lock = threading.Lock()
        self._state = AircraftState()
        self._changed: Callable[[], None] = lambda: None
        self._clock: tuple[float, float] | None = None
        self._system: System | None = None
        log_subscribe(_log)
        configuration = Configuration.create_with_component_type(ComponentType.COMPANION_COMPUTER)
        configuration.system_id = settings.system_id
        self._mavsdk = Mavsdk(configuration)

    @property
    def state(self) -> AircraftState:
        """What the autopilot last said."""
        with self._lock:
            return self._state

    def boot_ms_at(self, monotonic_s: float) -> float | None:
        """The autopilot's clock at a time of `time.monotonic()`, from the newest position; None before the first."""
        clock = self._clock
        return None if clock is None else clock[1] + (monotonic_s - clock[0]) * 1000.0

    async def connect(self, changed: Callable[[], None]) -> None:
        """Waits for the autopilot for as long as it takes; from then on `changed` is called, from a thread of MAVSDK's,
        after every message but those of movement. Raises AutopilotError where the URL cannot be opened.
        """
        self._changed = changed
        result = await self._call(self._mavsdk.add_any_connection, self._settings.url, timeout_s=None)
        if result != ConnectionResult.SUCCESS:
            raise AutopilotError(f"autopilot.url: {self._settings.url}: {result.name}")
        while self._system is None:
            self._system = await self._find()
        self._direct, self._action = MavlinkDirect(self._system), Action(self._system)
        self._mission, self._param = MissionRaw(self._system), Param(self._system)
        for name in LISTENED:
            self._direct.subscribe_message(name, self._receive)
        logger.info("autopilot: system %d on %s", self._settings.system_id, self._settings.url)

    async def _find(self) -> System | None:
        systems = await self._call(self._mavsdk.get_systems, timeout_s=None)
        for system in systems:
            if system.has_autopilot() and system.get_system_id() == self._settings.system_id:
                return system
        await asyncio.sleep(0.2)
        return None

    def close(self) -> None:
        """Ends MAVSDK and its threads."""
        self._mavsdk.destroy()
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def upload(
        self, fence: Sequence[MissionItem], parameters: Sequence[Parameter], mission: Sequence[MissionItem]
    ) -> None:
        """Fence, parameters and, last, the mission; then the pause PX4 needs to check them. Raises AutopilotError."""
        await self._call(self._mission.upload_geofence, [_raw(item) for item in fence])
        for parameter in parameters:
            if isinstance(parameter.value, int):
                await self._call(self._param.set_param_int, parameter.name, parameter.value)
            else:
                await self._call(self._param.set_param_float, parameter.name, float(parameter.value))
        await self._call(self._mission.upload_mission, [_raw(item) for item in mission])
        with self._lock:
            self._state = replace(self._state, mission_item=None, item_reached=None, mission_complete=False)
        await asyncio.sleep(self._settings.settle_s)

    async def mission_on_board(self) -> int:
        """How many items the mission on board has; raises AutopilotError."""
        return len(await self._call(self._mission.download_mission))

    async def clear_mission(self) -> None:
        """Takes the mission off the aircraft; raises AutopilotError."""
        await self._call(self._mission.clear_mission)

    async def start_mission(self) -> None:
        """Into mission mode, confirmed; raises AutopilotError with what the autopilot said."""
        await self._into_mode("MISSION", lambda: self._call(self._mission.start_mission))

    async def arm(self) -> None:
        """Arms in the mode it is in (MAVSDK's own `arm` would leave mission mode first); raises AutopilotError."""
        await self._command(ARM_DISARM, 1.0)
        if not await self.wait_until(lambda state: bool(state.armed), MODE_TIMEOUT_S):
            raise AutopilotError(self._with_texts("the autopilot accepted arming but is not armed"))

    async def disarm(self) -> None:
        """Disarms on the ground; raises AutopilotError."""
        await self._call(self._action.disarm)

    async def hold(self) -> None:
        """Stops where it is, confirmed; raises AutopilotError."""
        await self._into_mode("HOLD", lambda: self._call(self._action.hold))

    async def return_home(self) -> None:
        """Flies home and lands, confirmed; raises AutopilotError."""
        await self._into_mode("RETURN", lambda: self._call(self._action.return_to_launch))

    async def stop_camera_trigger(self) -> None:
        """Stops triggering by distance, which the autopilot else goes on with on its way home; a refusal is logged only."""
        try:
            await self._command(Command.TRIGGER_DISTANCE, 0.0)
        except AutopilotError as error:
            logger.warning("the camera's trigger could not be stopped: %s", error)

    async def wait_until(self, holds: Callable[[AircraftState], bool], timeout_s: float) -> bool:
        """Whether the state came to fulfil `holds` in time."""
        end_s = time.monotonic() + timeout_s
        while not holds(self.state):
            if time.monotonic() >= end_s:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _command(self, number: int, param1: float) -> None:
        """A COMMAND_LONG, acknowledged with success; raises AutopilotError with the autopilot's answer."""
        system_id = self._settings.system_id
        fields: dict[str, float] = {"target_system": system_id, "target_component": AUTOPILOT_COMPONENT, "confirmation": 0}
        fields.update({f"param{place}": 0.0 for place in range(2, 8)}, command=number, param1=param1)
        message = MavlinkMessage(message_name="COMMAND_LONG", target_system_id=system_id, fields_json=json.dumps(fields))
        answer = await self._call(self._direct.send_command, message)
        result = json.loads(answer.fields_json).get("result")
        if result != ACCEPTED:
            raise AutopilotError(self._with_texts(f"the autopilot answers command {number} with result {result}"))

    async def _into_mode(self, mode: str, command: Callable[[], Awaitable[object]]) -> None:
        failure = ""
        for _ in range(MODE_ATTEMPTS):
            try:
                await command()
            except AutopilotError as error:
                failure = str(error)
            if await self.wait_until(lambda state: state.mode == mode, MODE_TIMEOUT_S if not failure else 1.0):
                return
        raise AutopilotError(self._with_texts(failure or f"the autopilot does not go into mode {mode}"))

    def _with_texts(self, what: str) -> str:
        """`what`, with the autopilot's last words."""
        state = self.state
        said = f"; it says: {' / '.join(state.texts[-3:])}" if state.texts else ""
        return f"{what} (mode {state.mode}, armed {state.armed}{said})"

    async def _call(self, function: Callable[..., T], *arguments: Any, timeout_s: float | None = CALL_TIMEOUT_S) -> T:
        """A blocking call of MAVSDK in a thread of our own; a call that hangs keeps its thread, and only that."""
        call = asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)
        try:
            async with asyncio.timeout(timeout_s):
                return await call
        except TimeoutError as error:
            raise AutopilotError(f"autopilot: {function.__name__} had no answer for {timeout_s} s") from error
        except MavsdkError as error:
            raise AutopilotError(f"autopilot: {function.__name__}: {str(error).split(';')[0]}") from error

    def _receive(self, message: MavlinkMessage, _: object) -> None:
        """In a thread of MAVSDK's."""
        if message.system_id != self._settings.system_id:
            return
        if message.component_id != AUTOPILOT_COMPONENT and message.message_name != "GIMBAL_DEVICE_ATTITUDE_STATUS":
            return
        now_s = time.monotonic()
        try:
            fields = json.loads(message.fields_json)
            with self._lock:
                self._state = read_message(self._state, self._history, message.message_name, fields, now_s)
        except (KeyError, TypeError, ValueError) as error:
            logger.warning("autopilot: %s cannot be read (%s): %.200s", message.message_name, error, message.fields_json)
            return
        if message.message_name == "GLOBAL_POSITION_INT":
            self._clock = (now_s, float(fields["time_boot_ms"]))
        if message.message_name not in MOVEMENT:
            self._changed()


def _raw(item: MissionItem) -> RawItem:
    return RawItem(
        seq=item.seq,
        frame=item.frame,
        command=int(item.command),
        current=item.current,
        autocontinue=item.autocontinue,
        param1=item.p1,
        param2=item.p2,
        param3=item.p3,
        param4=item.p4,
        x=item.x,
        y=item.y,
        z=item.z,
        mission_type=int(item.mission_type),
    )


def _log(level: LogLevel, message: str, file: str | None, line: int) -> bool:
    logger.log(_LEVELS.get(level, logging.ERROR), "mavsdk: %s", message)
    return True

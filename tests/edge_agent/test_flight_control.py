import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from edge_agent.aircraft import IN_AIR, ON_GROUND, AircraftState
from edge_agent.flight_control import FlightControl, FlightRefused
from edge_agent.flight_log import FlightLog
from edge_agent.outbox import Outbox
from edge_agent.ports import AutopilotError
from missions.errors import Conflict
from missions.flight import Flight, FlightEvent
from missions.planning.mission_items import MissionItem, Parameter, mission_items


class FakeAutopilot:
    """Obeys at once, unless told to refuse; remembers what it was asked in which order."""

    def __init__(self, home: object) -> None:
        self.state = AircraftState(
            armed=False,
            mode="HOLD",
            landed_state=ON_GROUND,
            point=home,  # type: ignore[arg-type]
            battery_share=1.0,
        )
        self.asked: list[str] = []
        self.on_board = 0
        self.refuses: set[str] = set()

    def now(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if what in self.refuses:
            raise AutopilotError(f"{what} denied")

    async def upload(
        self, fence: Sequence[MissionItem], parameters: Sequence[Parameter], mission: Sequence[MissionItem]
    ) -> None:
        self._ask("upload")
        self.on_board = len(mission)

    async def mission_on_board(self) -> int:
        return self.on_board

    async def clear_mission(self) -> None:
        self._ask("clear")

    async def start_mission(self) -> None:
        self._ask("start_mission")
        self.now(mode="MISSION")

    async def arm(self) -> None:
        self._ask("arm")
        self.now(armed=True)
        if "take_off" not in self.refuses:
            self.now(landed_state=IN_AIR)

    async def disarm(self) -> None:
        self._ask("disarm")
        self.now(armed=False)

    async def hold(self) -> None:
        self._ask("hold")
        self.now(mode="HOLD")

    async def return_home(self) -> None:
        self._ask("return")
        self.now(mode="RETURN")

    async def stop_camera_trigger(self) -> None:
        self._ask("stop_trigger")

    async def wait_until(self, holds: Callable[[AircraftState], bool], timeout_s: float) -> bool:
        return holds(self.state)


class Stage:
    """A flight control on a disk, with a fake autopilot; `again` is the same after a restart of the process."""

    def __init__(self, folder: Path, autopilot: FakeAutopilot) -> None:
        self.autopilot = autopilot
        self.outbox = Outbox(folder)
        self.obstacles: list[str] = []
        self.folder = folder
        self.control = FlightControl(autopilot, FlightLog(self.outbox), lambda: 1000.0, self.find_obstacles, 1.0)

    async def find_obstacles(self, flight: Flight) -> list[str]:
        return self.obstacles

    def again(self) -> "Stage":
        self.outbox.close()
        return Stage(self.folder, self.autopilot)

    def events(self) -> list[str]:
        """What the outbox tells the ground, with the numbers checked."""
        events = [FlightEvent.model_validate(m.data()) for m in self.outbox.waiting(100)]
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        return [event.kind.value for event in events]


@pytest.fixture
def stage(tmp_path: Path, flight: Flight) -> Stage:
    return Stage(tmp_path, FakeAutopilot(flight.plan.home))


async def fly(stage: Stage, flight: Flight) -> None:
    await stage.control.load(flight)
    await stage.control.start(flight.id)


async def test_a_flight_from_plan_to_landing(stage: Stage, flight: Flight) -> None:
    """Loaded, started, both legs, the return and the landing: each is an event, in order, and the flight is over."""
    await fly(stage, flight)
    for item in range(len(mission_items(flight.plan))):
        stage.autopilot.now(mission_item=item)
        stage.control.assess()
    stage.autopilot.now(mode="RETURN")
    stage.control.assess()
    stage.autopilot.now(armed=False, landed_state=ON_GROUND)
    stage.control.assess()
    assert stage.events() == ["readied", "took_off", "leg_completed", "leg_completed", "returning", "completed"]
    assert stage.control.flight is None
    assert stage.autopilot.asked == ["upload", "start_mission", "arm"]


async def test_a_plan_with_something_against_it_is_not_uploaded(stage: Stage, flight: Flight) -> None:
    """Obstacles refuse the flight with every reason, before anything reaches the autopilot."""
    stage.obstacles = ["too far", "too little charge"]
    with pytest.raises(FlightRefused, match="too far; too little charge"):
        await stage.control.load(flight)
    assert stage.events() == ["refused"]
    assert stage.autopilot.asked == []


async def test_an_upload_the_autopilot_refuses_refuses_the_flight(stage: Stage, flight: Flight) -> None:
    """What the autopilot says stands in the refusal."""
    stage.autopilot.refuses = {"upload"}
    with pytest.raises(FlightRefused, match="upload denied"):
        await stage.control.load(flight)
    assert stage.events() == ["refused"]


@pytest.mark.parametrize("refused", ["start_mission", "arm", "take_off"])
async def test_a_start_that_fails_leaves_the_flight_ready(stage: Stage, flight: Flight, refused: str) -> None:
    """Refused mission mode, refused arming or no lift-off: the flight stays ready, and can be started again."""
    await stage.control.load(flight)
    stage.autopilot.refuses = {refused}
    with pytest.raises(AutopilotError):
        await stage.control.start(flight.id)
    assert stage.events() == ["readied"]
    assert stage.autopilot.state.armed is False
    stage.autopilot.refuses = set()
    await stage.control.start(flight.id)
    assert stage.events() == ["readied", "took_off"]


async def test_hold_resume_return(stage: Stage, flight: Flight) -> None:
    """Each command is one event; the return stops the camera's trigger and keeps its reason to the landing."""
    await fly(stage, flight)
    await stage.control.hold(flight.id)
    await stage.control.resume(flight.id)
    await stage.control.return_home(flight.id)
    stage.autopilot.now(armed=False, landed_state=ON_GROUND)
    stage.control.assess()
    assert stage.events()[2:] == ["held", "resumed", "returning", "aborted"]
    assert stage.autopilot.asked[-1] == "stop_trigger"
    event = FlightEvent.model_validate(stage.outbox.waiting(100)[-1].data())
    assert event.reason == "landed after 0 of 2 legs (commanded)"


async def test_commands_out_of_order_are_refused(stage: Stage, flight: Flight) -> None:
    """What does not fit the flight's state is a Conflict and reaches no autopilot."""
    with pytest.raises(Conflict, match="there is none"):
        await stage.control.start(flight.id)
    await fly(stage, flight)
    asked = list(stage.autopilot.asked)
    for command in (stage.control.resume, stage.control.cancel, stage.control.start):
        with pytest.raises(Conflict, match="is flying"):
            await command(flight.id)
    with pytest.raises(Conflict, match="cancel it or let it end"):
        await stage.control.load(flight.model_copy(update={"id": "f2"}))
    with pytest.raises(Conflict, match="not the one on board"):
        await stage.control.hold("f2")
    assert stage.autopilot.asked == asked


async def test_a_cancelled_flight_is_off_the_aircraft(stage: Stage, flight: Flight) -> None:
    """Cancel clears the mission and makes room for the next flight."""
    await stage.control.load(flight)
    await stage.control.cancel(flight.id)
    await stage.control.load(flight.model_copy(update={"id": "f2"}))
    kinds = [FlightEvent.model_validate(m.data()).kind.value for m in stage.outbox.waiting(100)]
    assert kinds == ["readied", "cancelled", "readied"]


async def test_loading_twice_is_loading_once(stage: Stage, flight: Flight) -> None:
    """The same flight, sent again under another command, is accepted without a second upload."""
    await stage.control.load(flight)
    await stage.control.load(flight)
    assert stage.autopilot.asked == ["upload"]
    assert stage.events() == ["readied"]


async def test_a_restart_in_flight_takes_the_flight_up_again(stage: Stage, flight: Flight) -> None:
    """The agent is killed over the first leg and started again in the air: no second take-off, nothing uploaded, and the
    flight goes on to its end with the numbers going on too.
    """
    await fly(stage, flight)
    again = stage.again()
    await again.control.take_up()
    assert again.control.flight is not None
    assert again.events() == ["readied", "took_off"]
    again.autopilot.now(mission_item=len(mission_items(flight.plan)) - 1, mode="RETURN")
    again.control.assess()
    again.autopilot.now(armed=False, landed_state=ON_GROUND)
    again.control.assess()
    assert again.events()[2:] == ["leg_completed", "leg_completed", "returning", "completed"]
    assert stage.autopilot.asked == ["upload", "start_mission", "arm"]


async def test_a_landing_while_the_agent_was_down_is_told(stage: Stage, flight: Flight) -> None:
    """Started again after the aircraft has landed, the agent says how far the flight got."""
    await fly(stage, flight)
    stage.autopilot.now(armed=False, landed_state=ON_GROUND, mode="HOLD")
    again = stage.again()
    await again.control.take_up()
    assert again.events()[2:] == ["aborted"]
    assert again.control.flight is None


async def test_a_restart_before_take_off(stage: Stage, flight: Flight) -> None:
    """A ready flight stays ready if its mission is still on board, and is refused if it is not."""
    await stage.control.load(flight)
    again = stage.again()
    await again.control.take_up()
    assert again.events() == ["readied"]
    again.autopilot.on_board = 0
    third = again.again()
    await third.control.take_up()
    assert third.events() == ["readied", "refused"]


async def test_frames_are_observed_over_the_legs_only(stage: Stage, flight: Flight) -> None:
    """Nothing is observed before take-off, on the return or after landing."""
    await stage.control.load(flight)
    assert stage.control.observing(None) is None
    await stage.control.start(flight.id)
    observing = stage.control.observing(None)
    assert observing is not None
    assert observing.flight_id == flight.id
    await stage.control.return_home(flight.id)
    assert stage.control.observing(None) is None


async def test_watching_needs_no_prompting(stage: Stage, flight: Flight) -> None:
    """What the autopilot says is recorded by the watch as soon as it is noticed."""
    await fly(stage, flight)
    watch = asyncio.create_task(stage.control.watch())
    await asyncio.sleep(0)
    stage.autopilot.now(mode="RETURN")
    stage.control.notice()
    async with asyncio.timeout(5):
        while "returning" not in stage.events():
            await asyncio.sleep(0.01)
    watch.cancel()

"""The aircraft without its wires: autopilot and airframe, stepped in time. Nothing here knows of sockets or messages."""

from collections import deque
from dataclasses import dataclass, replace
from random import Random

from simulator.aircraft.action import GIMBAL, SPEED, TRIGGER, Action
from simulator.aircraft.battery import Battery
from simulator.aircraft.estimate import Estimate, Estimator
from simulator.aircraft.failsafe import Condition, Failsafe
from simulator.aircraft.geofence import Geofence
from simulator.aircraft.gimbal import Gimbal
from simulator.aircraft.guidance import Target, demand
from simulator.aircraft.landing import LandDetector
from simulator.aircraft.mission_check import MissionCheck
from simulator.aircraft.mission_item import Cmd, Kind
from simulator.aircraft.mission_run import MissionRun
from simulator.aircraft.mission_store import Store
from simulator.aircraft.modes import Checks, Denied, Event, Happening, Mode, State, advance
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.physics import Agility, Body, Demand, fly, rest
from simulator.aircraft.return_home import Return
from simulator.aircraft.settings import Settings
from simulator.aircraft.site import Site
from simulator.aircraft.task import Hold, Land, Own, Takeoff, Task, climb_rate_mps
from simulator.aircraft.trigger import Shot, Trigger
from simulator.aircraft.vector import Vector
from simulator.aircraft.wind import Air

FAILSAFE_EVERY_S = 0.2
CRITICAL, INFO = 2, 6
"""MAV_SEVERITY."""

RALLY_FRAMES = (0, 3)
"""MAV_FRAME_GLOBAL and MAV_FRAME_GLOBAL_RELATIVE_ALT."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the pilot (STATUSTEXT)."""

    severity: int
    text: str


class Autopilot:
    """Steps the aircraft; commands go in through its methods, notices and pictures come out of its queues."""

    def __init__(self, settings: Settings) -> None:
        random = Random(settings.seed)
        self.settings = settings
        self.time_s = 0.0
        self.parameters = Parameters(settings.autopilot_parameters())
        self.site = Site(settings.home, settings.home_altitude_m)
        self.body = Body(heading_deg=settings.heading_deg % 360.0)
        self.air = Air(settings.wind, random)
        self.agility = Agility(airspeed_mps=settings.of.max_speed_mps)
        self.estimator = Estimator(random)
        self.estimate: Estimate = self.estimator.step(self.body, 0.0)
        self.battery = Battery(settings.of, settings.battery_share)
        self.store = Store()
        self.fence = Geofence((), self.site.frame)
        self.mission = MissionRun(self.parameters, self.site, self)
        self.check = MissionCheck(self.parameters, self.site)
        self.gimbal, self.trigger = Gimbal(), Trigger()
        self.failsafe, self.landing = Failsafe(self.parameters), LandDetector(self.parameters)
        self.state = State()
        self.notices: deque[Notice] = deque()
        self.shots: deque[Shot] = deque()
        self.heard_ground_at_s: float | None = None
        self._task: Task = Hold(self.parameters)
        self._seen_changes = dict.fromkeys(Kind, 0)
        self._changed_at_s = 0.0
        self._armed_at_s = 0.0
        self._next_failsafe_s = 0.0

    @property
    def own(self) -> Own:
        """What the autopilot believes of itself now."""
        e = self.estimate
        return Own(e.position, e.velocity, e.heading_deg, self.state.landed, self.time_s)

    @property
    def is_landing(self) -> bool:
        """Whether it is coming down to land, in whatever mode."""
        return self.state.armed and not self.state.landed and self._task.is_landing

    @property
    def is_taking_off(self) -> bool:
        """Whether it is climbing away from the ground, by mode or at a mission's start."""
        climbing = self._task is self.mission and self.mission.is_climbing_first
        return not self.state.landed and (climbing or self.state.mode is Mode.TAKEOFF)

    @property
    def is_ground_lost(self) -> bool:
        """Whether no ground station has been heard for COM_DL_LOSS_T."""
        heard = self.heard_ground_at_s
        return heard is None or self.time_s - heard > self.parameters["COM_DL_LOSS_T"]

    def checks(self) -> Checks:
        """The preflight checks as of now."""
        arming = "No connection to the ground control station" if self._waits_for_ground() else ""
        if self.battery.share <= max(self.parameters["COM_ARM_BAT_MIN"], self.parameters["BAT_CRIT_THR"]):
            arming = "Low battery"
        return Checks(mission=self.check.problem(self.store, self._unchanged_s()), arming=arming)

    def request(self, event: Event) -> Denied | None:
        """Asks for a mode, arming or disarming; None where it is done, else why not."""
        after = advance(self.state, event, self.checks())
        if isinstance(after, Denied):
            self.tell(
                CRITICAL, after.reason if isinstance(event, Mode) else f"{event.name.capitalize()} denied: {after.reason}"
            )
            return after
        self._enter(after, again=isinstance(event, Mode))
        return None

    def take_off(self, height_m: float | None = None) -> Denied | None:
        """Take-off mode: to `height_m` over home, or MIS_TAKEOFF_ALT over where it is. It is flown once armed."""
        default = self.estimate.position.up + self.parameters["MIS_TAKEOFF_ALT"]
        denied = self.request(Mode.TAKEOFF)
        if denied is None and self.state.landed:
            self._task = Takeoff(self.parameters, default if height_m is None else self.site.home.up + height_m)
        return denied

    def reposition(self, place: Vector | None, heading_deg: float | None = None) -> Denied | None:
        """Hold mode, at a place (None: where it comes to a stop)."""
        if place is not None and not self.fence.allows(place):
            self.tell(CRITICAL, "Reposition is outside geofence")
            return Denied("outside the geofence")
        denied = self.request(Mode.HOLD)
        if denied is None:
            self._task = Hold(self.parameters, place, heading_deg)
        return denied

    def act(self, action: Action) -> bool:
        """Carries out a mission item or command that does not fly anywhere itself."""
        if action.command == SPEED:
            self.mission.cruise_mps = action.params[1] if action.params[1] > 0 else None
        elif action.command in GIMBAL:
            self.gimbal.order(action)
        elif action.command in TRIGGER | {int(Cmd.DO_SET_CAM_TRIGG_INTERVAL)}:
            self.trigger.order(action)
        elif action.command == Cmd.RETURN_TO_LAUNCH:
            return self.request(Mode.RTL) is None
        else:
            return False
        return True

    def tell(self, severity: int, text: str) -> None:
        """Queues a line for the pilot."""
        self.notices.append(Notice(severity, text))

    def step(self, dt_s: float) -> None:
        """Everything moves on by `dt_s` seconds."""
        self.time_s += dt_s
        self._take_changes()
        self.estimate = self.estimator.step(self.body, dt_s)
        self._watch()
        self._move(dt_s)
        self._settle()
        air_velocity = self.body.velocity.minus(self.air.mean)
        self.battery.drain(self.state.armed, not self.body.on_ground, air_velocity, dt_s)
        if self.state.armed and (shot := self.trigger.step(self.estimate.position, self.time_s)):
            self.shots.append(shot)

    def _waits_for_ground(self) -> bool:
        return self.parameters["NAV_DLL_ACT"] > 0 and self.is_ground_lost

    def _unchanged_s(self) -> float:
        """Seconds since the lists were last changed; 0 where that has not even been seen."""
        seen = all(self.store.changes(kind) == count for kind, count in self._seen_changes.items())
        return self.time_s - self._changed_at_s if seen else 0.0

    def _take_changes(self) -> None:
        """Newly uploaded lists take effect."""
        if self.store.changes(Kind.FENCE) != self._seen_changes[Kind.FENCE]:
            self.fence = Geofence(self.store[Kind.FENCE], self.site.frame)
        if self.store.changes(Kind.MISSION) != self._seen_changes[Kind.MISSION]:
            self.mission.load(self.store[Kind.MISSION])
            if self.state.mode is Mode.MISSION and self.state.armed:
                self.mission.activate(self.own)
        changes = {kind: self.store.changes(kind) for kind in Kind}
        if changes != self._seen_changes:
            self._seen_changes, self._changed_at_s = changes, self.time_s

    def _watch(self) -> None:
        """The failsafes, in flight; five times a second."""
        if self.time_s < self._next_failsafe_s or not self.state.armed:
            return
        self._next_failsafe_s = self.time_s + FAILSAFE_EVERY_S
        if self.state.landed:
            return
        for reaction in self.failsafe.check(self._condition(), self.state.mode):
            self.tell(CRITICAL, reaction.text)
            if reaction.mode is not None:
                self.request(reaction.mode)

    def _condition(self) -> Condition:
        breach = self.fence.breach(self.estimate.position, self.site.home, self.parameters)
        return Condition(self.battery.warning(self.parameters), breach, self.is_ground_lost)

    def _move(self, dt_s: float) -> None:
        gust = self.air.step(dt_s)
        spun_up = self.state.armed and self.time_s - self._armed_at_s >= self.parameters["COM_SPOOLUP_TIME"]
        target = self._task.target(self.own) if spun_up else None
        if self.body.on_ground:
            if target is None or target.position.up < self.estimate.position.up + 0.3:
                return
            self.body.on_ground = False
            self._happen(Happening.LIFTED_OFF)
        fly(self.body, self._demand(target), (self.air.mean, gust), self.agility, dt_s)

    def _demand(self, target: Target | None) -> Demand:
        """Towards the target, climbing slowly near the ground; without motors it falls."""
        if target is None or not self.state.armed:
            return Demand(Vector(up=-5.0))
        wanted = demand(target, self.estimate.position, self.agility)
        fastest_up = climb_rate_mps(self.estimate.position.up - self.site.home.up, self.parameters)
        return Demand(wanted.velocity.level(min(wanted.velocity.up, fastest_up)), wanted.heading_deg)

    def _settle(self) -> None:
        """Touching down, disarming after it, and the end of a take-off."""
        if self.landing.has_landed(self.body.on_ground, self.state.landed, self.time_s):
            rest(self.body)
            self._happen(Happening.TOUCHED_DOWN)
            self.tell(INFO, "Landing detected")
        if self.state.armed and self.landing.may_disarm(self.state.landed, self._armed_at_s, self.time_s):
            self.request(Happening.DISARM)
        if isinstance(self._task, Takeoff) and self._task.is_done(self.own):
            self._happen(Happening.TAKEN_OFF)

    def _happen(self, event: Happening) -> None:
        after = advance(self.state, event, Checks())
        if not isinstance(after, Denied):
            self._enter(after, again=False)

    def _enter(self, after: State, again: bool) -> None:
        """Makes `after` the state, with what goes along: home at arming, a task for a new mode, the end of the old one."""
        before, self.state = self.state, after
        if after.armed and not before.armed:
            self._armed_at_s = self.time_s
            self.site.home = self.estimate.position
            self.landing.arm()
            self.failsafe.arm(self._condition())
            self.tell(INFO, "Armed by external command")
        if before.armed and not after.armed:
            self.mission.disarmed_since = True
            self.tell(INFO, "Disarmed by landing" if before.landed else "Disarmed in the air")
            if self.mission.finished and after.mode is Mode.MISSION:
                after = self.state = replace(after, mode=Mode.HOLD, mode_after_disarming=Mode.HOLD)
        was_flying_mission = before.armed and before.mode is Mode.MISSION
        is_flying_mission = after.armed and after.mode is Mode.MISSION
        if was_flying_mission and not is_flying_mission:
            self.mission.deactivate()
            self.trigger.stop()
        if after.mode is not before.mode or (is_flying_mission and not was_flying_mission) or self._is_new_hold(again):
            self._task = self._task_for(before)

    def _rally_places(self) -> list[Vector]:
        """Only those in a frame that PX4's return understands: it takes the _INT frames at upload, and leaves them out here."""
        usable = [item for item in self.store[Kind.RALLY] if item.frame in RALLY_FRAMES]
        if len(usable) < len(self.store[Kind.RALLY]):
            self.tell(CRITICAL, "RTL: unsupported MAV_FRAME")
        return [self.site.place_of(item).level(self.site.home.up) for item in usable]

    def _is_new_hold(self, again: bool) -> bool:
        return again and self.state.mode is Mode.HOLD and not isinstance(self._task, Hold)

    def _task_for(self, before: State) -> Task:
        mode = self.state.mode
        if mode is Mode.MISSION and self.state.armed:
            self.mission.activate(self.own)
            return self.mission
        if mode is Mode.RTL:
            return Return(self.parameters, self.site.home, self._rally_places())
        if mode is Mode.LAND:
            return Land(self.parameters)
        if mode is Mode.TAKEOFF:
            return Takeoff(self.parameters, self.estimate.position.up + self.parameters["MIS_TAKEOFF_ALT"])
        if before.mode is Mode.TAKEOFF and isinstance(self._task, Takeoff):
            return Hold(self.parameters, self.estimate.position.level(self._task.height_m))
        return Hold(self.parameters)

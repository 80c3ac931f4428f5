"""The aircraft on its wires: autopilot, links, and who answers what on each."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.aircraft import telemetry
from simulator.aircraft.autopilot import Autopilot
from simulator.aircraft.commands import Commander, read_command
from simulator.aircraft.dialect import AUTOPILOT, Message, mavlink
from simulator.aircraft.link import Link, LinkName, Ports
from simulator.aircraft.mission_transfer import Transfer
from simulator.aircraft.modes import Mode
from simulator.aircraft.parameter_service import ParameterService
from simulator.aircraft.settings import Settings
from simulator.aircraft.streams import API, GROUND, PAYLOAD, Streams

logger = logging.getLogger(__name__)

REACHED_REPEATS = 3
"""MISSION_ITEM_REACHED of the last item is sent this often, once a second, in case it is lost."""

_STREAMS = {LinkName.API: API, LinkName.PAYLOAD: PAYLOAD, LinkName.GROUND: GROUND}


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything that answers on one link."""

    link: Link
    streams: Streams
    transfer: Transfer
    parameters: ParameterService
    commander: Commander


class Vehicle:
    """Step it, and it flies, listens and tells."""

    def __init__(self, settings: Settings, ports: Mapping[LinkName, Ports]) -> None:
        self.settings = settings
        self.autopilot = Autopilot(settings)
        self._desks = {name: self._open(name, where) for name, where in ports.items()}
        self._seen_state = self.autopilot.state
        self._seen_reached = 0
        self._seen_current = -1
        self._reached_again_at_s = 0.0
        self._reached_repeats = 0

    @property
    def links(self) -> list[Link]:
        """Its links."""
        return [desk.link for desk in self._desks.values()]

    def close(self) -> None:
        """Frees the ports."""
        for link in self.links:
            link.close()

    def listen(self) -> None:
        """Takes and answers everything that has arrived."""
        for name, desk in self._desks.items():
            for message in desk.link.read():
                self._receive(message, name)

    def step(self, dt_s: float) -> None:
        """The aircraft moves on, and tells what is due."""
        self.autopilot.step(dt_s)
        self._tell_news()
        for desk in self._desks.values():
            desk.transfer.tick(self._wall_s)
            desk.parameters.tick()
            for message_id in desk.streams.due(self.autopilot.time_s):
                desk.link.send(telemetry.MAKERS[message_id](self.autopilot))

    @property
    def _wall_s(self) -> float:
        """Wall-clock seconds since the start, as far as the speed factor is kept: clients' time-outs are of this sort."""
        return self.autopilot.time_s / self.settings.speed_factor

    def _open(self, name: LinkName, ports: Ports) -> _Desk:
        link = Link(name, ports, self.settings.system_id)
        streams = Streams(_STREAMS[name], heartbeat_s=self.settings.speed_factor)
        a, system_id = self.autopilot, self.settings.system_id
        transfer = Transfer(system_id, a.store, link.send)
        parameters = ParameterService(system_id, a.parameters, link.send, lambda text: a.tell(3, text))
        return _Desk(link, streams, transfer, parameters, Commander(a, streams, link.send))

    def _receive(self, message: Message, name: LinkName) -> None:
        self._forward(message, name)
        desk = self._desks[name]
        kind = message.get_type()
        if kind == "HEARTBEAT" and message.type == mavlink.MAV_TYPE_GCS:
            self.autopilot.heard_ground_at_s = self.autopilot.time_s
        elif kind in ("COMMAND_LONG", "COMMAND_INT"):
            self._command(message, desk)
        elif kind == "GIMBAL_DEVICE_ATTITUDE_STATUS":
            self.autopilot.gimbal.heard(self._wall_s)
        elif kind == "MISSION_SET_CURRENT":
            self._set_current(message)
        elif kind == "SET_MODE":
            self._set_mode(message)
        elif not desk.transfer.receive(message, self._wall_s):
            desk.parameters.receive(message)

    def _command(self, message: Message, desk: _Desk) -> None:
        if message.target_system not in (0, self.settings.system_id) or message.target_component not in (0, AUTOPILOT):
            return
        command = read_command(message)
        result = desk.commander.carry_out(command)
        asker = (message.get_srcSystem(), message.get_srcComponent())
        logger.info("command %d of %d/%d: result %d", command.number, *asker, result)
        desk.link.send(mavlink.MAVLink_command_ack_message(command.number, result, 0, 0, *asker))

    def _set_current(self, message: Message) -> None:
        if message.target_system == self.settings.system_id and self.autopilot.mission.jump_to(message.seq):
            self._broadcast(telemetry.mission_current(self.autopilot))

    def _set_mode(self, message: Message) -> None:
        if message.target_system == self.settings.system_id:
            mode = next((m for m in Mode if m.custom_mode == message.custom_mode), None)
            if mode is not None:
                self.autopilot.request(mode)

    def _forward(self, message: Message, came_by: LinkName) -> None:
        """Passes on what is not, or not only, for the autopilot, to the other links (as PX4's `mavlink start -f`)."""
        target_system = getattr(message, "target_system", 0)
        target_component = getattr(message, "target_component", 0)
        if target_system == self.settings.system_id and target_component == AUTOPILOT:
            return
        data = bytes(message.get_msgbuf())
        for name, desk in self._desks.items():
            if name is not came_by:
                desk.link.forward(data)

    def _broadcast(self, message: Message) -> None:
        for desk in self._desks.values():
            desk.link.send(message)

    def _tell_news(self) -> None:
        """Notices, pictures, and the mission's progress as it happens."""
        a = self.autopilot
        while a.notices:
            notice = a.notices.popleft()
            logger.info("%s", notice.text)
            self._broadcast(mavlink.MAVLink_statustext_message(notice.severity, notice.text.encode()[:50]))
        while a.shots:
            shot = a.shots.popleft()
            self._broadcast(telemetry.camera_trigger(a, shot.number))
            self._broadcast(telemetry.camera_image_captured(a, shot.number))
        if a.state != self._seen_state:
            self._seen_state = a.state
            self._broadcast(telemetry.heartbeat(a))
            self._broadcast(telemetry.extended_sys_state(a))
        if a.mission.current != self._seen_current:
            self._seen_current = a.mission.current
            self._broadcast(telemetry.mission_current(a))
        self._tell_reached()
        if a.gimbal.is_commanded and a.gimbal.is_silent(self._wall_s):
            self._report_gimbal()

    def _tell_reached(self) -> None:
        reached = self.autopilot.mission.reached
        for seq in reached[self._seen_reached :]:
            self._broadcast(mavlink.MAVLink_mission_item_reached_message(seq))
            self._reached_repeats, self._reached_again_at_s = REACHED_REPEATS, self.autopilot.time_s + 1.0
        self._seen_reached = len(reached)
        if reached and self._reached_repeats and self.autopilot.time_s >= self._reached_again_at_s:
            self._broadcast(mavlink.MAVLink_mission_item_reached_message(reached[-1]))
            self._reached_repeats, self._reached_again_at_s = self._reached_repeats - 1, self.autopilot.time_s + 1.0

    def _report_gimbal(self) -> None:
        """Five times a second, where no gimbal of its own tells its attitude."""
        a = self.autopilot
        if round(a.time_s * 100) % 20 == 0:
            self._broadcast(telemetry.gimbal_device_attitude_status(a))

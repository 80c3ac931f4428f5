"""The aircraft over real UDP sockets, with MAVSDK as its client."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from mavsdk import ComponentType
from mavsdk.asyncio import Configuration, Mavsdk
from mavsdk.asyncio.plugins.action import ActionAsync
from mavsdk.asyncio.plugins.mission_raw import MissionRawAsync
from mavsdk.asyncio.plugins.param import ParamAsync
from mavsdk.asyncio.plugins.telemetry import TelemetryAsync
from mavsdk.plugins.action import ActionError
from mavsdk.plugins.mission_raw import MissionItem, MissionRawError
from mavsdk.plugins.telemetry import FlightMode

from missions.geometry import GeoPoint
from simulator.aircraft.clock import run
from simulator.aircraft.dialect import mavlink
from simulator.aircraft.link import LinkName, Ports
from simulator.aircraft.settings import Settings
from simulator.aircraft.vehicle import Vehicle

SPEED_FACTOR = 20.0


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def flying(items):
    """An aircraft that runs in a thread of its own, and the port of its API client."""
    api, payload = free_port(), free_port()
    ports = {LinkName.API: Ports(0, api), LinkName.PAYLOAD: Ports(0, payload), LinkName.GROUND: Ports(0, free_port())}
    vehicle = Vehicle(Settings(items.home, home_altitude_m=5.0, speed_factor=SPEED_FACTOR), ports)
    ended = threading.Event()
    thread = threading.Thread(target=run, args=(vehicle, ended.is_set))
    thread.start()
    yield vehicle, api, payload
    ended.set()
    thread.join(5)
    vehicle.close()


@pytest.fixture
def px4_port(items):
    """The API port of a real PX4, started by our own command where ONEFLIGHT_PX4 names one."""
    where = os.environ.get("ONEFLIGHT_PX4")
    if not where:
        pytest.skip("ONEFLIGHT_PX4 names no PX4 SITL to fly with")
    home = f"{items.home.lat_deg},{items.home.lon_deg},5"
    command = [sys.executable, "-m", "oneflight", "simulate", "px4", "--px4", where, "--home", home]
    process = subprocess.Popen(
        [*command, "--instance", "10", "--speed-factor", "4"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert any("Ready for takeoff!" in line for line in process.stdout)
    reader = threading.Thread(target=process.stdout.read)
    reader.start()
    yield 14549
    process.terminate()
    assert process.wait(20) == 0
    reader.join()
    process.stdout.close()


@pytest.fixture(params=["built-in", "px4"])
def api_port(request):
    """Both aircraft, for what must be the same on both."""
    return request.getfixturevalue("flying")[1] if request.param == "built-in" else request.getfixturevalue("px4_port")


class Client:
    """MAVSDK's plug-ins for one system."""

    def __init__(self, system):
        self.telemetry, self.action = TelemetryAsync(system), ActionAsync(system)
        self.mission, self.param = MissionRawAsync(system), ParamAsync(system)

    async def until_mode(self, mode, limit_s=120):
        async with asyncio.timeout(limit_s):
            async for now in self.telemetry.subscribe_flight_mode():
                if now is mode:
                    return

    async def until_armed(self, armed, limit_s=120):
        async with asyncio.timeout(limit_s):
            async for now in self.telemetry.subscribe_armed():
                if now is armed:
                    return

    async def until_item(self, current, limit_s=120):
        async with asyncio.timeout(limit_s):
            async for progress in self.mission.subscribe_mission_progress():
                if progress.current >= current:
                    return

    async def fly_mission(self):
        """Arms first (MAVSDK holds before arming), then asks for the mission until it is available."""
        await self.action.arm()
        async with asyncio.timeout(20):
            while await self.telemetry.flight_mode() is not FlightMode.MISSION:
                try:
                    await self.mission.start_mission()
                except MissionRawError:
                    await asyncio.sleep(0)


async def until_healthy(client):
    async with asyncio.timeout(60):
        async for healthy in client.telemetry.subscribe_health_all_ok():
            if healthy:
                return


@asynccontextmanager
async def client_on(port):
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(32))
    mavsdk = Mavsdk(Configuration.create_with_component_type(ComponentType.GROUND_STATION))
    await mavsdk.add_any_connection(f"udpin://127.0.0.1:{port}")
    system = await mavsdk.first_autopilot(15.0)
    assert system is not None
    yield Client(system)
    mavsdk.destroy()


def raw(items, kind=0):
    """Our items as MAVSDK's; the first one is the current one, which MAVSDK insists on."""
    return [MissionItem(i.seq, i.frame, i.command, int(i.seq == 0), 1, *i.params, i.x, i.y, i.z_m, kind) for i in items]


async def test_a_flight_from_upload_to_landing(api_port, items):
    """Upload, download, arm, start, progress, hold, resume and return by the mission's own end, seen by MAVSDK."""
    async with client_on(api_port) as client:
        await until_healthy(client)
        assert await client.mission.upload_geofence(raw(items.fence(700.0), 1)) is not None
        await client.mission.upload_mission(raw(items.survey()))
        downloaded = await client.mission.download_mission()
        assert [item.command for item in downloaded] == [item.command for item in items.survey()]
        await client.fly_mission()
        await client.until_item(5)
        await client.mission.pause_mission()
        await client.until_mode(FlightMode.HOLD)
        await client.mission.start_mission()
        await client.until_mode(FlightMode.MISSION)
        await client.until_mode(FlightMode.RETURN_TO_LAUNCH)
        await client.until_armed(False)
        assert await client.mission.is_mission_finished()
        position = await client.telemetry.position()
        assert abs(position.relative_altitude_m) < 2.0


async def test_a_mission_may_end_with_a_landing_elsewhere(api_port, items):
    """The last item is a landing 200 m from home: the aircraft comes down there in mission mode, disarms, and stays there."""
    there = items.home.moved(60, 200)
    mission = [*items.survey()[:6], items.do(6, 206, 0), items.place(7, 60, 200, 60), items.place(8, 60, 200, 0, 21)]
    async with client_on(api_port) as client:
        await until_healthy(client)
        await client.mission.upload_mission(raw(mission))
        await client.fly_mission()
        await client.until_item(8)
        assert await client.telemetry.flight_mode() is FlightMode.MISSION
        await client.until_armed(False)
        assert await client.mission.is_mission_finished()
        position = await client.telemetry.position()
        assert GeoPoint(lat_deg=position.latitude_deg, lon_deg=position.longitude_deg).distance_m(there) < 3
        assert abs(position.relative_altitude_m) < 2.0


async def test_take_off_go_somewhere_return_and_land(flying, items):
    """The commands of MAVSDK's action plug-in; disarming in the air is refused."""
    _, port, _ = flying
    there = items.home.moved(0, 40)
    async with client_on(port) as client:
        await client.action.set_takeoff_altitude(15.0)
        await client.action.arm()
        await client.action.takeoff()
        await client.until_mode(FlightMode.HOLD)
        height = (await client.telemetry.position()).absolute_altitude_m
        await client.action.goto_location(there.lat_deg, there.lon_deg, height, float("nan"))
        with pytest.raises(ActionError):
            await client.action.disarm()
        await client.action.return_to_launch()
        await client.until_mode(FlightMode.RETURN_TO_LAUNCH)
        await client.action.land()
        await client.until_mode(FlightMode.LAND)
        await client.until_armed(False)


async def test_what_is_not_supported_is_refused_and_the_old_mission_stays(flying, items):
    """An unknown command ends the upload with UNSUPPORTED; the mission that was there is still there."""
    _, port, _ = flying
    async with client_on(port) as client:
        await client.mission.upload_mission(raw(items.survey()))
        bad = raw(items.survey())
        bad[4].command = 31000
        with pytest.raises(MissionRawError, match="UNSUPPORTED"):
            await client.mission.upload_mission(bad)
        assert len(await client.mission.download_mission()) == len(items.survey())


async def test_parameters_are_read_and_set(flying):
    """Whole and real numbers, through MAVSDK's encoding."""
    _, port, _ = flying
    async with client_on(port) as client:
        await client.param.set_param_int("GF_ACTION", 3)
        await client.param.set_param_float("RTL_RETURN_ALT", 47.5)
        assert await client.param.get_param_int("GF_ACTION") == 3
        assert await client.param.get_param_float("RTL_RETURN_ALT") == 47.5


def test_noise_and_random_messages_do_not_stop_it(flying):
    """Junk bytes and well-formed nonsense to every link: it is counted, and the aircraft goes on sending heartbeats."""
    vehicle, _, payload = flying
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.0.0.1", payload))
        client.settimeout(10)
        packer = mavlink.MAVLink(None, srcSystem=9, srcComponent=9)
        nan, inf = float("nan"), float("inf")
        link = next(link for link in vehicle.links if link.name is LinkName.PAYLOAD)
        for number in (0, 16, 20, 22, 176, 178, 192, 205, 206, 214, 300, 400, 511, 512, 1000, 2000, 2001):
            for value in (nan, inf, -inf, 1e30, -1.0):
                message = mavlink.MAVLink_command_long_message(1, 1, number, 0, *([value] * 7))
                client.sendto(message.pack(packer), ("127.0.0.1", link.local_port))
        client.sendto(b"\xfd" * 300, ("127.0.0.1", link.local_port))
        parser = mavlink.MAVLink(None)
        parser.robust_parsing = True
        seen, acks = set(), 0
        while acks < 85 or "HEARTBEAT" not in seen or not link.malformed:
            for message in parser.parse_buffer(client.recv(65536)) or []:
                seen.add(message.get_type())
                acks += message.get_type() == "COMMAND_ACK"
    assert link.malformed >= 1


def test_the_payload_link_has_the_truth_and_passes_the_gimbal_on(flying):
    """A gimbal on the payload link gets its order and the true pose; its attitude reaches the API client."""
    vehicle, port, payload = flying
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gimbal, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        gimbal.bind(("127.0.0.1", payload))
        client.bind(("127.0.0.1", port))
        for one in (gimbal, client):
            one.settimeout(10)
        link = next(link for link in vehicle.links if link.name is LinkName.PAYLOAD)
        wait_for(gimbal, "HIL_STATE_QUATERNION", "GIMBAL_DEVICE_SET_ATTITUDE")
        packer = mavlink.MAVLink(None, srcSystem=1, srcComponent=154)
        status = mavlink.MAVLink_gimbal_device_attitude_status_message(0, 0, 5, 12, [1.0, 0.0, 0.0, 0.0], 0.0, 0.0, 0.0, 0)
        gimbal.sendto(status.pack(packer), ("127.0.0.1", link.local_port))
        passed_on = wait_for(client, "GIMBAL_DEVICE_ATTITUDE_STATUS")["GIMBAL_DEVICE_ATTITUDE_STATUS"]
        assert passed_on.get_srcComponent() == 154
        assert "HIL_STATE_QUATERNION" not in wait_for(client, "HEARTBEAT", "GLOBAL_POSITION_INT")


def wait_for(sock, *types):
    """Reads until one of each type has come; the latest of each type seen."""
    parser = mavlink.MAVLink(None)
    parser.robust_parsing = True
    seen = {}
    while not set(types) <= set(seen):
        seen |= {message.get_type(): message for message in parser.parse_buffer(sock.recv(65536)) or []}
    return seen

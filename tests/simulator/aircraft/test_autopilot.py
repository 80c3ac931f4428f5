"""The aircraft without sockets: whole flights in autopilot time."""

from dataclasses import replace
from math import hypot, inf, isfinite, nan

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from simulator.aircraft.dialect import mavlink
from simulator.aircraft.mission_item import Cmd, Kind, refusal
from simulator.aircraft.modes import Denied, Happening, Mode
from simulator.aircraft.wind import Wind


def test_a_survey_is_flown_from_take_off_to_landing(pilot, items):
    """Every item is reached once and in order, the aircraft ends disarmed at home."""
    pilot.upload(items.survey())
    pilot.start()
    pilot.until(lambda: not pilot.a.state.armed)
    assert pilot.a.mission.reached == list(range(9))
    assert hypot(pilot.a.body.position.east, pilot.a.body.position.north) < 2.5
    assert pilot.a.body.on_ground
    assert pilot.a.state.mode is Mode.HOLD


def test_waypoints_are_reached_within_their_acceptance_radius(pilot, items):
    """When an item counts as reached, the estimate is within its 3 m, and within 0.8 m of its height."""
    pilot.upload(items.survey())
    pilot.start()
    for seq in (4, 5, 6):
        pilot.until(lambda seq=seq: seq in pilot.a.mission.reached)
        away = pilot.a.site.place_of(items.survey()[seq]).minus(pilot.a.own.position)
        # One step of 0.05 s at up to 8 m/s may follow between the decision and this look.
        assert away.horizontal <= 3.0 + 8 * 0.05 + 0.1
        assert abs(away.up) <= 0.8 + 0.3


def test_the_camera_takes_a_picture_every_twenty_metres(pilot, items):
    """The legs measure 200, 200 and hypot(173.2 - 100, 100) = 124 m, so 26 pictures and the first one; corners cost a few."""
    pilot.upload(items.survey())
    pilot.start()
    pilot.until(lambda: not pilot.a.state.armed)
    path_m = 200 + 200 + hypot(100 * 3**0.5 - 100, 100)
    assert len(pilot.a.shots) == pytest.approx(path_m / 20 + 1, abs=3)
    assert [shot.number for shot in pilot.a.shots] == list(range(len(pilot.a.shots)))


def test_the_camera_is_off_after_a_return_in_the_middle(pilot, items):
    """Leaving the mission stops the trigger: no picture is taken on the way home."""
    pilot.upload(items.survey())
    pilot.start()
    pilot.until(lambda: 4 in pilot.a.mission.reached)
    assert pilot.a.request(Mode.RTL) is None
    taken = len(pilot.a.shots)
    pilot.until(lambda: not pilot.a.state.armed)
    assert len(pilot.a.shots) == taken


def test_a_paused_survey_goes_on_one_place_earlier_and_takes_pictures_again(pilot, items):
    """As PX4: paused on the leg to item 6 with the camera on, it resumes at item 4, and triggers from its passing on."""
    pilot.upload(items.survey())
    pilot.start()
    pilot.until(lambda: 5 in pilot.a.mission.reached)
    pilot.wait(3)
    assert pilot.a.request(Mode.HOLD) is None
    pilot.wait(10)
    assert pilot.a.body.velocity.horizontal < 0.5
    held = len(pilot.a.shots)
    assert pilot.a.request(Mode.MISSION) is None
    assert pilot.a.mission.current == 4
    pilot.until(lambda: pilot.a.mission.current == 5)
    assert len(pilot.a.shots) == held + 1  # the order given again fires at once
    pilot.until(lambda: pilot.a.mission.current == 6)
    assert len(pilot.a.shots) > held + 5


def test_the_return_climbs_to_its_height_first(pilot):
    """RTL_RETURN_ALT of 45 m from 20 m: it is over 44 m before it comes nearer than it was."""
    pilot.a.parameters.set("RTL_RETURN_ALT", 45.0)
    pilot.climb(20)
    pilot.a.reposition(pilot.a.site.place(*_degrees(pilot, 0, 150), 20.0))
    pilot.until(lambda: pilot.a.body.position.north > 148)
    pilot.wait(5)
    pilot.a.request(Mode.RTL)
    pilot.until(lambda: pilot.a.body.position.north < 140)
    assert pilot.a.own.position.up > 44.0
    pilot.until(lambda: not pilot.a.state.armed)
    assert pilot.a.body.position.horizontal < 2.5


def test_a_breach_of_the_fence_brings_it_home(pilot, items):
    """GF_ACTION 3: sent over the fence's edge by wind and hand, it returns by itself."""
    pilot.a.parameters.set("GF_ACTION", 3)
    pilot.climb(30)
    pilot.a.reposition(pilot.a.site.place(*_degrees(pilot, 90, 200), 30.0))
    pilot.upload(items.fence(100.0), Kind.FENCE)
    pilot.until(lambda: pilot.a.state.mode is Mode.RTL, 60)
    assert pilot.a.body.position.east == pytest.approx(100 / 2**0.5, abs=15) or pilot.a.body.position.east < 86
    pilot.until(lambda: not pilot.a.state.armed)
    assert pilot.a.body.position.horizontal < 2.5


def test_low_battery_returns_and_emergency_lands(make_pilot, settings):
    """COM_LOW_BAT_ACT 3: at the critical threshold it returns, at the emergency one it lands where it is."""
    pilot = make_pilot(replace(settings, battery_share=0.11))
    pilot.climb(20)
    pilot.until(lambda: pilot.a.state.mode is Mode.RTL)
    assert 0.06 < pilot.a.battery.share <= 0.07
    pilot.a.battery.share = 0.04
    pilot.wait(1)
    assert pilot.a.state.mode in (Mode.LAND, Mode.RTL)
    pilot.until(lambda: not pilot.a.state.armed)


def test_a_lost_ground_station_brings_it_home_only_if_asked_to(make_pilot, settings):
    """NAV_DLL_ACT 2: ten seconds after the last heartbeat it returns; with 0 it flies on."""
    for action, expected in ((2, Mode.RTL), (0, Mode.HOLD)):
        pilot = make_pilot(replace(settings, parameters={"NAV_DLL_ACT": action}))
        pilot.a.heard_ground_at_s = 0.0
        assert pilot.a.take_off(20) is None
        assert pilot.a.request(Happening.ARM) is None
        while pilot.a.time_s < 40:
            pilot.a.heard_ground_at_s = min(pilot.a.time_s, 25.0)
            pilot.wait(0.05)
        assert pilot.a.state.mode is expected


def test_arming_waits_for_a_ground_station_where_one_is_required(make_pilot, settings):
    """NAV_DLL_ACT above 0 and no heartbeat of a ground station: arming is denied, with the reason."""
    pilot = make_pilot(replace(settings, parameters={"NAV_DLL_ACT": 2}))
    denied = pilot.a.request(Happening.ARM)
    assert isinstance(denied, Denied)
    assert "ground control station" in denied.reason


def test_wind_moves_a_hovering_aircraft_little_and_tilts_it(make_pilot, settings):
    """In 8 m/s it stays within 2 m of its place and leans into the wind by atan(0.2 * 8 / g), about 9 degrees."""
    pilot = make_pilot(replace(settings, wind=Wind(8.0, 0.0)))
    pilot.climb(30)
    place = pilot.a.body.position
    farthest = 0.0
    for _ in range(60 * 20):
        pilot.a.step(0.05)
        farthest = max(farthest, pilot.a.body.position.minus(place).horizontal)
    assert farthest < 2.0
    assert pilot.a.body.pitch_deg == pytest.approx(-9.3, abs=4)


def test_hovering_drains_the_battery_as_its_power_says(pilot):
    """At 230 W a battery of 150 Wh loses 230/150/60 = 2.6 % a minute."""
    pilot.climb(20)
    before = pilot.a.battery.share
    pilot.wait(60)
    assert before - pilot.a.battery.share == pytest.approx(230 / 150 / 60, rel=0.03)


def test_a_mission_is_not_available_right_after_an_upload(pilot, items):
    """Armed and asked for the mission within the check's time: denied; afterwards it is flown."""
    pilot.a.store.put(Kind.MISSION, items.survey())
    assert pilot.a.request(Happening.ARM) is None
    assert isinstance(pilot.a.request(Mode.MISSION), Denied)
    assert pilot.a.state.mode is Mode.HOLD
    pilot.wait(4)
    assert pilot.a.request(Mode.MISSION) is None


def test_a_mission_outside_the_fence_is_not_available(pilot, items):
    """The waypoint that lies outside is named."""
    pilot.upload(items.fence(150.0), Kind.FENCE)
    pilot.upload(items.survey())
    assert "waypoint 4" in pilot.a.checks().mission


def test_it_disarms_by_itself_if_it_does_not_take_off(pilot):
    """COM_DISARM_PRFLT: ten seconds after arming."""
    assert pilot.a.request(Happening.ARM) is None
    pilot.wait(9.5)
    assert pilot.a.state.armed
    pilot.wait(1)
    assert not pilot.a.state.armed


def test_the_same_seed_flies_the_same_flight(make_pilot, settings, items):
    """Two aircraft with one seed are at the same place to the last digit after a minute; another seed is elsewhere."""

    def fly(seed):
        pilot = make_pilot(replace(settings, seed=seed, wind=Wind(5, 90)))
        pilot.upload(items.survey())
        pilot.start()
        pilot.wait(60)
        return pilot.a.body.position

    assert fly(3) == fly(3)
    assert fly(3) != fly(4)


def test_a_mission_that_only_jumps_does_not_hang(pilot, items):
    """A DO_JUMP to itself, a million times, costs one step no more than its share."""
    pilot.upload([items.place(0, 0, 0, 20, Cmd.TAKEOFF), items.do(1, Cmd.DO_JUMP, 1, 1e6)])
    pilot.start()
    pilot.wait(40)
    assert pilot.a.state.mode is Mode.MISSION


NUMBERS = st.one_of(st.sampled_from([nan, inf, -inf, 0.0, -1.0, 1.0, 1e30]), st.floats(-1000, 1000))


@given(st.sampled_from(sorted(Cmd)), st.sampled_from([0, 2, 3, 5, 6]), st.tuples(*[NUMBERS] * 5), st.sampled_from(Kind))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_item_that_is_taken_loses_the_aircraft(make_pilot, settings, items, command, frame, numbers, kind):
    """Whatever an item's numbers are: if it is not refused, the aircraft flies on, at a place that is a number."""
    odd = replace(items.place(1, 0, 50, 30, command), frame=frame, params=numbers[:4], z_m=numbers[4])
    if refusal(odd, kind) != mavlink.MAV_MISSION_ACCEPTED:
        return
    pilot = make_pilot(settings)
    pilot.a.store.put(kind, [odd])
    if kind is Kind.MISSION:
        pilot.a.store.put(kind, [items.place(0, 0, 0, 10, Cmd.TAKEOFF), odd, items.do(2, Cmd.RETURN_TO_LAUNCH)])
    pilot.wait(4)
    pilot.a.request(Happening.ARM)
    pilot.a.request(Mode.MISSION)
    pilot.wait(30)
    assert all(isfinite(axis) for axis in (*pilot.a.body.position, pilot.a.body.heading_deg))


def _degrees(pilot, bearing_deg, distance_m):
    point = pilot.a.settings.home.moved(bearing_deg, distance_m)
    return point.lat_deg, point.lon_deg

"""Starting a real PX4: what it is told, and what is said where it fails. A stand-in script plays the binary."""

import threading

import pytest

from missions.errors import InvalidInput
from missions.geometry import GeoPoint
from simulator.aircraft.settings import Settings
from simulator.px4 import Px4, Run, command_line, environment, find_px4, plain, shell_lines

SETTINGS = Settings(GeoPoint(lat_deg=31.78, lon_deg=119.9), 5.0, instance=2, speed_factor=4.0)


@pytest.fixture
def build(tmp_path):
    """A folder that looks like a PX4 build, with a script in place of the binary."""
    (tmp_path / "etc/init.d-posix").mkdir(parents=True)
    (tmp_path / "etc/init.d-posix/rcS").touch()
    (tmp_path / "bin").mkdir()
    binary = tmp_path / "bin/px4"
    binary.write_text("#!/bin/sh\necho starting\necho 'INFO  [commander] Ready for takeoff!'\ncat\n")
    binary.chmod(0o755)
    return tmp_path


def test_the_environment_tells_model_place_speed_and_parameters():
    """As interfaces.md has it."""
    told = environment(SETTINGS)
    assert told["PX4_SIM_MODEL"] == "sihsim_quadx"
    assert told["PX4_SIM_SPEED_FACTOR"] == "4"
    assert told["PX4_HOME_LAT"] == "31.78000000"
    assert told["PX4_PARAM_SDLOG_BACKEND"] == "0"
    assert float(told["PX4_PARAM_MPC_XY_CRUISE"]) == SETTINGS.of.cruise_mps


def test_a_build_is_found_by_folder_and_by_binary(build, tmp_path):
    """Either names the same, and is started in a folder of its own."""
    px4 = find_px4(str(build))
    assert px4 == find_px4(str(build / "bin/px4"))
    assert command_line(px4, SETTINGS, tmp_path)[:5] == [str(build / "bin/px4"), "-i", "2", "-w", str(tmp_path)]


def test_the_container_shares_the_network_and_gets_the_same_words(tmp_path):
    """The same environment, as -e options."""
    line = command_line(Px4(None, None), SETTINGS, tmp_path)
    assert line[:2] == ["docker", "run"]
    assert "host" in line
    assert {f"{name}={value}" for name, value in environment(SETTINGS).items()} <= set(line)


def test_what_is_no_px4_is_refused_by_name(tmp_path):
    """An empty folder; a file that cannot be executed; a binary without its etc."""
    (tmp_path / "px4").touch()
    for where in (tmp_path / "nothing", tmp_path / "px4"):
        with pytest.raises(InvalidInput, match="--px4"):
            find_px4(str(where))
    (tmp_path / "px4").chmod(0o755)
    with pytest.raises(InvalidInput, match="rcS"):
        find_px4(str(tmp_path / "px4"))


def test_it_is_ready_when_it_says_so_takes_typed_lines_and_ends(build, tmp_path):
    """The stand-in echoes what is typed; after the end there is an exit code."""
    run = Run(command_line(find_px4(str(build)), SETTINGS, tmp_path), environment(SETTINGS), tmp_path)
    assert run.ready.wait(10)
    run.type(shell_lines(2)[0])
    waited = threading.Event()
    while "mavlink stop -u 14282" not in run.last_lines:
        assert not waited.wait(0.02)
    run.end()
    assert run.exit_code is not None


def test_colours_and_echo_are_left_out():
    """PX4's shell repeats each typed letter with escape sequences; only its answers are shown."""
    assert plain(b"\x1b[32mINFO\x1b[0m  [x] y\n") == "INFO  [x] y"
    assert plain(b"pxh> \x1b[2K\rpxh> m\x1b[2K\rpxh> mavlink\n") == "mavlink"

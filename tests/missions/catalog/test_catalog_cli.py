"""`oneflight catalog` and `oneflight routes`, as real processes through the front door."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def oneflight(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the front door."""
    command = [sys.executable, str(ROOT / "oneflight.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60, check=False)


def test_check_prints_the_counts_as_json():
    """The agreed keys, and exit code 0."""
    done = oneflight("catalog", "check", "--json")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert list(counts) == ["departments", "categories", "classes", "routes", "docks", "drones", "sub_districts"]
    assert counts["routes"] == 375


def test_check_prints_all_errors_and_fails(spoilt):
    """Exit code 1, every error on its line, and how many there are."""
    spoilt.replace("departments.toml", 'id = "police"', 'id = "Police!"')
    spoilt.replace("docks.toml", "capacity = 2", "capacity = 0")
    done = oneflight("catalog", "check", str(spoilt.directory))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 3
    assert "2 error(s) in 2 file(s)" in done.stderr


def test_check_gives_errors_as_json(spoilt):
    """Errors for programs: file, where, cause."""
    (spoilt.directory / "docks.toml").unlink()
    done = oneflight("catalog", "check", str(spoilt.directory), "--json")
    assert done.returncode == 1
    (error,) = json.loads(done.stdout)["errors"]
    assert error["file"] == "docks.toml"
    assert error["cause"].startswith("the file is missing")


def test_routes_list_filters_by_category():
    """Only routes that serve the category are listed."""
    done = oneflight("routes", "list", "--category", "public_gathering", "--json")
    listed = json.loads(done.stdout)
    assert listed
    assert all("public_gathering" in route["categories"] for route in listed)


def test_routes_list_refuses_an_unknown_category():
    """One line, no traceback, exit code 2."""
    done = oneflight("routes", "list", "--category", "ufo")
    assert (done.returncode, done.stderr) == (2, "oneflight: there is no category 'ufo'\n")


def test_front_door_names_an_unknown_command():
    """Exit code 2 and the list of commands."""
    done = oneflight("fly-me-to-the-moon")
    assert done.returncode == 2
    assert done.stderr.startswith("oneflight: there is no command 'fly-me-to-the-moon'\n")
    assert "catalog" in done.stderr

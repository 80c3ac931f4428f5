"""The world as a file."""

import json
from pathlib import Path

import pytest

from missions.errors import InvalidInput
from missions.geometry import GeoPoint
from simulator.world.matter import Matter, World, load_world, save_world

MATTER = Matter(id="m1", class_key="crane", position=GeoPoint(lat_deg=31.7, lon_deg=119.9), heading_deg=3, size_m=30, seed=7)
WORLD = World(seed=1, district_id="here", origin=GeoPoint(lat_deg=31.7, lon_deg=119.9), matters=(MATTER,))


def test_a_world_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    """Saving and loading lose nothing."""
    save_world(WORLD, tmp_path / "world.json")
    assert load_world(tmp_path / "world.json") == WORLD


@pytest.mark.parametrize(
    ("key", "value", "where", "cause"),
    [
        ("class_key", "unicorn", "matters.0", "nobody can paint a 'unicorn'"),
        ("size_m", -1, "matters.0.size_m", "greater than"),
        ("hight", 3, "matters.0.hight", "not permitted"),
    ],
)
def test_a_fault_is_named_with_file_and_key(tmp_path: Path, key: str, value: object, where: str, cause: str) -> None:
    """What, where and why are in the error."""
    raw = json.loads(WORLD.model_dump_json())
    raw["matters"][0][key] = value
    path = tmp_path / "world.json"
    path.write_text(json.dumps(raw))
    with pytest.raises(InvalidInput) as caught:
        load_world(path)
    assert caught.value.source == str(path)
    assert caught.value.where == where
    assert cause in caught.value.cause


def test_two_matters_of_one_id_are_refused() -> None:
    """Ids tell matters apart in the truth."""
    with pytest.raises(ValueError, match="two matters have the id 'm1'"):
        World(seed=1, district_id="here", origin=WORLD.origin, matters=(MATTER, MATTER))


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]"])
def test_a_file_that_is_no_world_is_refused(tmp_path: Path, content: bytes) -> None:
    """Broken JSON, broken text and another shape all name the file."""
    path = tmp_path / "world.json"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"world\.json"):
        load_world(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(InvalidInput, match=r"nothing\.json"):
        load_world(tmp_path / "nothing.json")


def test_bystanders_are_no_matters() -> None:
    """Clutter, people and vehicles stand among the bystanders, and only they do; in the truth they have no part."""
    shed = MATTER.model_copy(update={"id": "b1", "class_key": "plain_shed", "size_m": 14})
    world = World(seed=1, district_id="here", origin=WORLD.origin, matters=(MATTER,), bystanders=(shed,))
    assert [one.id for one in world.matters] == ["m1"]
    for wrong in ({"matters": (shed,)}, {"bystanders": (MATTER,)}):
        with pytest.raises(ValueError, match="matters are of the detector's classes and bystanders of none"):
            World.model_validate({"seed": 1, "district_id": "here", "origin": WORLD.origin, **wrong})

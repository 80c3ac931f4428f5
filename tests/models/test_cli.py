"""`oneflight model ...`."""

import json
from pathlib import Path

import cv2
import numpy as np
from typer.testing import CliRunner

from models.card import CARD_FILE, read_card, write_card
from models.cli import app
from tests.models.conftest import CLASSES

RUNNER = CliRunner()


def test_check_proves_a_model_against_the_catalogue(tiny: Path) -> None:
    """Unknown classes end with exit code 1 and their names; mapped to the catalogue's keys they pass."""
    refused = RUNNER.invoke(app, ["check", str(tiny), "--json"])
    assert refused.exit_code == 1
    assert "red_thing" in json.loads(refused.stdout)["error"]
    mapping = dict(zip(CLASSES, ("crane", "dead_trees", "moored_boat"), strict=True))
    write_card(read_card(tiny).model_copy(update={"class_map": mapping}), tiny)
    taken = RUNNER.invoke(app, ["check", str(tiny), "--json"])
    assert json.loads(taken.stdout) == {"ok": True, "name": "tiny", "version": "1", "classes": 3}


def test_a_data_set_is_checked_with_an_exit_code(tmp_path: Path) -> None:
    """Classes the catalogue knows pass with 0; a class it does not know ends with 1, and stands in the JSON report."""
    (tmp_path / "images").mkdir()
    cv2.imwrite(str(tmp_path / "images/a.png"), np.zeros((32, 32, 3), np.uint8))
    for names, code in (("crane", 0), ("crane, dragon", 1)):
        (tmp_path / "data.yaml").write_text(f"path: .\ntrain: images\nval: images\nnames: [{names}]\n")
        done = RUNNER.invoke(app, ["check-data", str(tmp_path), "--report", str(tmp_path / "report.json")])
        assert done.exit_code == code
    assert json.loads((tmp_path / "report.json").read_text())["troubles"][0]["detail"] == "dragon"
    spared = RUNNER.invoke(app, ["check-data", str(tmp_path), "--auxiliary", "dragon"])
    assert spared.exit_code == 0


def test_card_is_shown_to_people(tiny: Path) -> None:
    """The limits, every class and the weights' hash stand in what is printed."""
    shown = RUNNER.invoke(app, ["card", str(tiny)]).stdout
    card = read_card(tiny)
    assert all(text in shown for text in (card.limits, *card.classes, *card.files.values()))


def test_a_malformed_card_ends_the_check(tiny: Path) -> None:
    """A broken card is one line on standard error and exit code 1, without a traceback."""
    (tiny / CARD_FILE).write_text("{")
    ended = RUNNER.invoke(app, ["check", str(tiny)])
    assert ended.exit_code == 1
    assert ended.stderr.startswith("oneflight: ")

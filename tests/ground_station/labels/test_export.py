"""Reviewers' verdicts as a data set."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ground_station.access.permissions import Role
from ground_station.access.service import Principal
from ground_station.cli import app
from ground_station.findings.schemas import Review
from ground_station.findings.tables import FindingRow, IncidentRow
from ground_station.labels.label_line import box_in_picture
from ground_station.labels.label_set import LabelSet, Manifest, split_of
from ground_station.labels.verdict import verdicts
from ground_station.work_orders.schemas import NewAction
from missions.geometry import PixelBox
from missions.work_order import Action

CROP = PixelBox(x_min=100, y_min=200, x_max=196, y_max=264)
"""The part of the frame that the 48 x 32 picture of the tests shows, at half its size."""

BOX = PixelBox(x_min=124, y_min=216, x_max=172, y_max=248)
"""In the middle of it, half as wide and half as high."""


def take(station, finding) -> str:
    """Takes a finding; gives its incident's id."""
    with station.database.transaction() as session:
        station.findings.take_finding(session, finding)
    with station.database.reading() as session:
        return session.query(FindingRow.incident_id).filter_by(id=finding.id).scalar()


def review(station, incident_id: str, verdict: str) -> None:
    with station.database.transaction() as session:
        station.findings.review(session, incident_id, Review(verdict=verdict, reason="looked at"), "wang")


def act(station, incident_id: str, *actions: Action) -> None:
    with station.database.transaction() as session:
        order_id = session.get(IncidentRow, incident_id).work_order_id
        for action in actions:
            station.work_orders.act(
                session, order_id, NewAction(action=action, reason="seen to"), Principal("chief", Role.ADMINISTRATOR)
            )


def export(station, jpeg: bytes, folder: Path, names: tuple[str, ...] = ("crane", "garbage_pile")) -> Manifest:
    with station.database.transaction() as session:
        station.findings.take_picture(session, "zl-01", sha256(jpeg).hexdigest(), jpeg)
    labels = LabelSet(folder, names, station.findings.store)
    with station.database.reading() as session:
        for finding, incident_id, verdict in verdicts(session, station.district.id):
            labels.add(finding, incident_id, verdict)
    return labels.finish(station.district.id)


@pytest.fixture
def unsure(make_finding):
    """Makes findings that wait for a person, with their box in their picture."""

    def make(**changes):
        return make_finding(confidence=0.1, best_frame_box=BOX, evidence_crop=CROP, **changes)

    return make


def test_a_box_is_told_in_shares_of_its_picture() -> None:
    """Half the picture's width and height, in its middle; a box that reaches out is cut; one beside it is none."""
    assert box_in_picture(BOX, CROP) == (0.5, 0.5, 0.5, 0.5)
    assert box_in_picture(PixelBox(x_min=52, y_min=200, x_max=148, y_max=264), CROP) == (0.25, 0.5, 0.5, 1.0)
    assert box_in_picture(PixelBox(x_min=0, y_min=200, x_max=100, y_max=264), CROP) is None


def test_confirmed_is_labelled_and_rejected_is_a_picture_of_nothing(station, unsure, jpeg, tmp_path) -> None:
    """Who decided and why, and the model that saw it, stand in the manifest; what nobody has decided on is left alone."""
    right, wrong = take(station, unsure()), take(station, unsure(north_m=500))
    take(station, unsure(north_m=1000))
    review(station, right, "confirm")
    review(station, wrong, "dismiss")
    manifest = export(station, jpeg, tmp_path)
    by_incident = {one.incident_id: one for one in manifest.pictures}
    assert set(by_incident) == {right, wrong}
    label = {key: (tmp_path / one.picture.replace("images", "labels")).with_suffix(".txt") for key, one in by_incident.items()}
    assert label[right].read_text() == "1 0.500000 0.500000 0.500000 0.500000\n"
    assert label[wrong].read_text() == ""
    assert (tmp_path / by_incident[right].picture).read_bytes() == jpeg
    verdict = by_incident[wrong].verdict
    assert (verdict.is_there, verdict.by, verdict.reason, verdict.stage) == (False, "wang", "looked at", "review")
    assert by_incident[right].model.name == "district-33"
    assert json.loads((tmp_path / "manifest.json").read_text())["left_out"] == []


def test_the_end_of_a_work_order_is_a_verdict_too(station, make_finding, jpeg, tmp_path) -> None:
    """What the network alone confirmed, and a department then handled or dismissed; what is still under way says nothing."""
    sure = {"confidence": 0.99, "best_frame_box": BOX, "evidence_crop": CROP}
    handled, dismissed, _ = (take(station, make_finding(north_m=north_m, **sure)) for north_m in (0, 500, 1000))
    act(station, handled, Action.ACCEPT, Action.REPORT_DONE, Action.VERIFY, Action.PASS)
    act(station, dismissed, Action.DISMISS)
    told = {one.incident_id: (one.verdict.is_there, one.verdict.stage) for one in export(station, jpeg, tmp_path).pictures}
    assert told == {handled: (True, "work_order"), dismissed: (False, "work_order")}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"evidence_crop": None}, "which part of the frame"),
        ({"evidence_sha256": "0" * 64}, "not in the store"),
        ({"class_key": "overflowing_bin"}, "'overflowing_bin' is not among the classes"),
        ({"best_frame_box": PixelBox(x_min=0, y_min=0, x_max=9, y_max=9)}, "outside its picture"),
        ({"evidence_crop": PixelBox(x_min=0, y_min=0, x_max=100, y_max=100)}, "48 x 32 is not the part"),
    ],
)
def test_what_cannot_be_labelled_is_named(station, unsure, jpeg, tmp_path, change, says) -> None:
    """No picture is written, and the manifest says why."""
    finding = unsure()
    category = station.district.category_of_class[change.get("class_key", finding.class_key)].key
    finding = finding.model_copy(update={**change, "category": category})
    review(station, take(station, finding), "confirm")
    manifest = export(station, jpeg, tmp_path)
    assert manifest.pictures == ()
    assert says in manifest.left_out[0].why


def test_all_pictures_of_a_matter_go_the_same_way_each_time() -> None:
    """The split hangs on the incident alone; about a tenth of incidents go to validation."""
    assert split_of("a") == split_of("a")
    share = sum(split_of(str(number)) == "val" for number in range(2000)) / 2000
    assert share == pytest.approx(0.1, abs=0.02)


def test_by_command_into_an_empty_folder(tmp_path: Path) -> None:
    """A new station has no verdicts: an empty set with the catalogue's classes, exit code 0; a folder in use is refused."""
    runner = CliRunner()
    assert runner.invoke(app, ["init", str(tmp_path / "station")]).exit_code == 0
    config = str(tmp_path / "station" / "ground.toml")
    assert runner.invoke(app, ["migrate", "--config", config]).exit_code == 0
    done = runner.invoke(app, ["export-labels", "--config", config, "--out", str(tmp_path / "labels")])
    assert done.exit_code == 0
    assert "0 confirmed, 0 rejected, 0 left out" in done.stdout
    assert '0: "blue_steel_shed"' in (tmp_path / "labels" / "data.yaml").read_text()
    again = runner.invoke(app, ["export-labels", "--config", config, "--out", str(tmp_path / "labels")])
    assert "is not empty" in str(again.exception)

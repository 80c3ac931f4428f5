"""Promotion over a frozen set, and the way back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from models.card import Recipe, read_card, write_card
from models.cli import app
from models.errors import DataSetError, ModelError
from models.evaluation.data_hash import data_sha256
from models.evaluation.data_set import DataSet
from models.promotion.comparison import ClassComparison
from models.promotion.promoting import Change, Terms, judge, objections, promote, rollback
from models.registry import load, locate
from models.shelf import Line, Promotion, Shelf
from tests.models.promotion.conftest import write_frozen

AT = datetime(2026, 11, 25, 5, tzinfo=UTC)
RUNNER = CliRunner()


def put(shelf: Shelf, current: Path, candidate: Path, frozen: DataSet) -> Line:
    return promote(shelf, "ours", Change(current, candidate, judge(candidate, current, Terms(frozen))), AT)


def test_a_model_as_good_is_promoted_and_agents_get_it(good: Path, also_good: Path, frozen: DataSet, tmp_path: Path) -> None:
    """From then on the name leads to the candidate's copy, by the registry or by a path into it; the one before is kept."""
    comparison = judge(also_good, good, Terms(frozen))
    assert (comparison.worse, comparison.unmeasured, objections(comparison, None, Terms(frozen))) == ([], [], [])
    shelf = Shelf(tmp_path / "shelf")
    line = put(shelf, good, also_good, frozen)
    assert load("ours", promoted=shelf.folder).ref.version == "2"
    assert load(shelf.folder / "ours").ref.version == "2"
    assert [read_card(shelf.folder / "ours" / one.folder).version for one in line.promotions] == ["1", "2"]
    assert line.current.over == line.promotions[0].folder


def test_a_class_that_is_worse_stands_against_it(good: Path, mixing_up: Path, frozen: DataSet) -> None:
    """The model that mixes green and blue up loses both, and red not: both are named."""
    comparison = judge(mixing_up, good, Terms(frozen))
    assert comparison.worse == ["green_thing", "blue_thing"]
    assert objections(comparison, None, Terms(frozen)) == ["worse by more than 0.02: green_thing, blue_thing"]
    assert objections(judge(good, mixing_up, Terms(frozen)), None, Terms(frozen)) == []


def test_a_class_too_rare_to_tell_is_not_passed_silently(good: Path, also_good: Path, tmp_path: Path) -> None:
    """Nine blue things tell nothing: the class is named, and passes only where that is said to be accepted."""
    terms = Terms(write_frozen(tmp_path / "few", blue=9))
    comparison = judge(also_good, good, terms)
    assert objections(comparison, None, terms)[0].startswith("too few in the frozen pictures to tell: blue_thing")
    assert objections(comparison, None, Terms(terms.frozen, accept_unmeasured=True)) == []


def test_other_frozen_pictures_are_noticed(good: Path, also_good: Path, frozen: DataSet, tmp_path: Path) -> None:
    """The registry keeps the hash of the pictures: one label changed, and it says that they are not those of before."""
    line = put(Shelf(tmp_path / "shelf"), good, also_good, frozen)
    label = next(iter((frozen.file.parent / "labels").glob("*.txt")))
    label.write_text(label.read_text() * 2)
    comparison = judge(good, also_good, Terms(frozen))
    assert "not those of the promotions before" in objections(comparison, line, Terms(frozen))[0]
    assert objections(comparison, line, Terms(frozen, accept_other_frozen=True)) == []


def test_a_model_trained_on_the_frozen_pictures_is_refused(good: Path, also_good: Path, frozen: DataSet) -> None:
    """Its recipe names the data it was trained on; figures on the same pictures would tell nothing."""
    recipe = Recipe(
        architecture="tiny", commands=(), arguments={}, images=1, epochs=1, data_sha256=("0" * 64, data_sha256(frozen))
    )
    write_card(read_card(also_good).model_copy(update={"recipe": recipe}), also_good)
    with pytest.raises(DataSetError, match="tiny 2 was trained on these very pictures"):
        judge(also_good, good, Terms(frozen))


def test_rolling_back_leads_to_what_flew_before_and_no_further(
    good: Path, also_good: Path, mixing_up: Path, frozen: DataSet, tmp_path: Path
) -> None:
    """1, 2, 3: back to 2, back to 1 (not to 3 again), then nothing is left; all of it stays in the history."""
    shelf = Shelf(tmp_path / "shelf")
    put(shelf, good, also_good, frozen)
    put(shelf, also_good, mixing_up, frozen)
    assert load("ours", promoted=shelf.folder).ref.version == "3"
    for version in ("2", "1"):
        rollback(shelf, "ours", AT, "false alarms")
        assert load("ours", promoted=shelf.folder).ref.version == version
    with pytest.raises(ModelError, match="no earlier model"):
        rollback(shelf, "ours", AT, "")
    assert len(shelf.lines()["ours"].promotions) == 5


@given(st.lists(st.sampled_from(["promote", "rollback"]), max_size=12))
def test_every_rollback_undoes_the_promotion_that_still_counts(steps: list[str]) -> None:
    """Whatever the order, the current model is the one that a stack of promotions would have on top."""
    line, stack = Line(promotions=(Promotion(folder="0", weights_sha256="0" * 64, at=AT),)), ["0"]
    for number, step in enumerate(steps, 1):
        current = line.current
        if step == "promote":
            made = Promotion(folder=str(number), weights_sha256="0" * 64, at=AT, over=current.folder)
            stack.append(made.folder)
        elif current.over is None:
            continue
        else:
            made = line.first_of(current.over)
            stack.pop()
        line = line.model_copy(update={"promotions": (*line.promotions, made)})
        assert line.current.folder == stack[-1]


def test_an_unreadable_registry_is_named(tmp_path: Path) -> None:
    """A broken registry.json is an error with its file, not an empty registry."""
    (tmp_path / "registry.json").write_text("{")
    with pytest.raises(ModelError, match=r"registry\.json: no registry of models"):
        locate("ours", tmp_path)


def test_a_class_that_the_candidate_lacks_is_lost() -> None:
    """Before 0.9, after nothing: worse by any margin; a class that only the candidate knows is a gain."""
    assert ClassComparison(name="a", instances=20, before=0.9, after=None).is_worse(0.5)
    assert not ClassComparison(name="a", instances=20, before=None, after=0.1).is_worse(0.0)


def test_the_command_line_refuses_with_an_exit_code(
    good: Path, also_good: Path, mixing_up: Path, frozen: DataSet, tmp_path: Path
) -> None:
    """Refused: exit code 1, the classes named, the registry as it was. Promoted: 0, listed, and rolled back by command."""
    common = ["--registry", str(tmp_path / "shelf"), "--name", "ours"]
    words = ["--frozen", str(frozen.file.parent), "--over", str(good), *common]
    refused = RUNNER.invoke(app, ["promote", str(mixing_up), *words, "--report", str(tmp_path / "report.json")])
    assert refused.exit_code == 1
    assert "not promoted: worse by more than 0.02: green_thing, blue_thing" in refused.stdout
    assert json.loads((tmp_path / "report.json").read_text())["classes"][1]["after"] == 0.0
    assert not (tmp_path / "shelf").exists()
    assert RUNNER.invoke(app, ["promote", str(also_good), *words]).exit_code == 0
    assert RUNNER.invoke(app, ["rollback", *common, "--why", "a test"]).exit_code == 0
    listed = RUNNER.invoke(app, ["list", "--registry", str(tmp_path / "shelf")]).stdout
    assert "rolled back from 2-" in listed
    assert "no class worse by more than 0.02" in listed

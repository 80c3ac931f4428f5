"""Promotes a candidate where no class suffers, and rolls back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.card import Figures
from models.errors import DataSetError, ModelError
from models.evaluation.data_hash import data_sha256
from models.evaluation.data_set import DataSet
from models.evaluation.evaluator import bounds_of, figures_of
from models.evaluation.reports import LEAST_SCORE, collect_reports
from models.promotion.comparison import Comparison, compare
from models.registry import Model, load
from models.runtime import RuntimeSettings
from models.shelf import Line, Promotion, Shelf


@dataclass(frozen=True)
class Terms:
    """How a candidate is judged: on these pictures, by this margin; whether classes with too few instances may pass."""

    frozen: DataSet
    margin: float = 0.02
    accept_unmeasured: bool = False
    accept_other_frozen: bool = False
    threads: int = 1


@dataclass(frozen=True)
class Change:
    """A candidate that is to take a current model's place, and how they compared."""

    current: Path
    candidate: Path
    comparison: Comparison

    @property
    def why(self) -> str:
        """In a line."""
        told = self.comparison
        return f"mAP50 {told.before.map50:.3f} to {told.after.map50:.3f}, no class worse by more than {told.margin:g}"


def judge(candidate: Path, current: Path, terms: Terms) -> Comparison:
    """Measures both on the frozen pictures. Raises DataSetError where the candidate was trained on them."""
    frozen = data_sha256(terms.frozen)
    settings = RuntimeSettings(threads=terms.threads, min_score=LEAST_SCORE)
    old, new = load(current, settings), load(candidate, settings)
    if new.card.recipe and frozen in new.card.recipe.data_sha256:
        cause = f"{new.card.name} {new.card.version} was trained on these very pictures: they tell nothing of it"
        raise DataSetError(str(terms.frozen.file), "", cause)
    return compare((old.ref, new.ref), (_figures(old, terms.frozen), _figures(new, terms.frozen)), frozen, terms.margin)


def objections(comparison: Comparison, line: Line | None, terms: Terms) -> list[str]:
    """What stands against promoting the candidate; nothing: it may fly."""
    found = []
    if comparison.worse:
        found.append(f"worse by more than {terms.margin:g}: {', '.join(comparison.worse)}")
    if comparison.unmeasured and not terms.accept_unmeasured:
        found.append(f"too few in the frozen pictures to tell: {', '.join(comparison.unmeasured)} (--accept-unmeasured)")
    known = line.frozen_sha256 if line else None
    if known not in (None, comparison.frozen_sha256) and not terms.accept_other_frozen:
        found.append("the frozen pictures are not those of the promotions before (--accept-other-frozen)")
    return found


def promote(shelf: Shelf, name: str, change: Change, at: datetime) -> Line:
    """Makes the candidate current; a current model that is not on the shelf yet becomes the first of its line."""
    with shelf.held():
        line = shelf.lines().get(name)
        before = line.promotions if line else (_first(shelf, name, change.current, at),)
        folder = shelf.put(name, change.candidate)
        if folder == before[-1].folder:
            raise ModelError(str(change.candidate), "", f"it is the current model of '{name}' already")
        promotion = Promotion(
            folder=folder,
            weights_sha256=change.comparison.candidate.weights_sha256,
            at=at,
            over=before[-1].folder,
            why=change.why,
        )
        promoted = Line(promotions=(*before, promotion), frozen_sha256=change.comparison.frozen_sha256)
        shelf.record(name, promoted)
    return promoted


def rollback(shelf: Shelf, name: str, at: datetime, why: str) -> Line:
    """Makes current again what the current model took the place of; raises ModelError where there is nothing before it."""
    with shelf.held():
        line = shelf.lines().get(name)
        if line is None or line.current.over is None:
            raise ModelError(str(shelf.folder), name, "there is no earlier model to go back to")
        earlier = line.first_of(line.current.over)
        again = earlier.model_copy(update={"at": at, "why": f"rolled back from {line.current.folder}: {why}".rstrip(": ")})
        rolled = line.model_copy(update={"promotions": (*line.promotions, again)})
        shelf.record(name, rolled)
    return rolled


def _first(shelf: Shelf, name: str, source: Path, at: datetime) -> Promotion:
    folder = shelf.put(name, source)
    return Promotion(folder=folder, weights_sha256=load(source).ref.weights_sha256, at=at, why="as it was before the registry")


def _figures(model: Model, frozen: DataSet) -> Figures:
    reports = collect_reports(model, frozen)
    figures = figures_of(reports, str(frozen.file.parent), bounds_of(model.card, None, frozen.names))
    unknown = set(frozen.names) - set(model.card.classes)
    classes = tuple(one.model_copy(update={"ap50": None}) if one.name in unknown else one for one in figures.classes)
    return figures.model_copy(update={"classes": classes})

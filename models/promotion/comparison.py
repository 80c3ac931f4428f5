"""A candidate against the current model, class by class, on frozen pictures."""

from typing import Annotated

from pydantic import Field

from missions.finding import ModelRef, Sha256
from missions.noun import StrictNoun
from models.card import Figures, Share

ENOUGH = 10
"""With fewer instances one thing missed is more than a tenth of the figure: it tells nothing of the class."""


class ClassComparison(StrictNoun):
    """One class's average precision (AP50) before and after; None where a model does not know the class."""

    name: str
    instances: Annotated[int, Field(ge=0)]
    before: Share | None
    after: Share | None

    @property
    def is_measured(self) -> bool:
        """Whether the frozen pictures show the class often enough to tell."""
        return self.instances >= ENOUGH

    def is_worse(self, margin: float) -> bool:
        """Whether the candidate has lost more than `margin`, or the class altogether."""
        return self.is_measured and self.before is not None and (self.after is None or self.after < self.before - margin)


class Comparison(StrictNoun):
    """All classes of both models, with their overall figures."""

    current: ModelRef
    candidate: ModelRef
    frozen_sha256: Sha256
    margin: Annotated[float, Field(ge=0, le=1)]
    classes: tuple[ClassComparison, ...]
    before: Figures
    after: Figures

    @property
    def worse(self) -> list[str]:
        """The classes that stand against a promotion."""
        return [one.name for one in self.classes if one.is_worse(self.margin)]

    @property
    def unmeasured(self) -> list[str]:
        """The classes of which nothing can be told."""
        return [one.name for one in self.classes if not one.is_measured]

    def in_words(self) -> str:
        """A line a class, those that lost the most first, and one for all."""
        lines = [_line(one, self.margin) for one in sorted(self.classes, key=_change)]
        return "\n".join([*lines, f"{'mAP50':24} {'':5}  {self.before.map50:.3f} -> {self.after.map50:.3f}"])


def compare(
    models: tuple[ModelRef, ModelRef], figures: tuple[Figures, Figures], frozen_sha256: str, margin: float
) -> Comparison:
    """Current and candidate, in this order, both measured on the same frozen pictures."""
    before, after = figures
    pairs = zip(before.classes, after.classes, strict=True)
    classes = tuple(
        ClassComparison(name=old.name, instances=old.instances, before=old.ap50, after=new.ap50) for old, new in pairs
    )
    return Comparison(
        current=models[0],
        candidate=models[1],
        frozen_sha256=frozen_sha256,
        margin=margin,
        classes=classes,
        before=before,
        after=after,
    )


def _change(one: ClassComparison) -> float:
    return (one.after or 0.0) - (one.before or 0.0)


def _line(one: ClassComparison, margin: float) -> str:
    note = "worse" if one.is_worse(margin) else "" if one.is_measured else "too few to tell"
    return f"{one.name:24} {one.instances:5}  {_share(one.before)} -> {_share(one.after)}  {note}".rstrip()


def _share(value: float | None) -> str:
    return "  -  " if value is None else f"{value:.3f}"

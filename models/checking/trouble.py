"""What can be wrong with a labelled data set."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from missions.noun import StrictNoun


class TroubleKind(StrEnum):
    """One kind of trouble; the words say what it means."""

    BROKEN_PICTURE = "a picture that cannot be read, or ends too early"
    BROKEN_LABEL = "a line of labels that is no class and four shares of the picture"
    UNKNOWN_CLASS = "a class that the model or catalogue does not know"
    BOX_OUTSIDE = "a box that reaches out of its picture"
    BOX_WITHOUT_SIZE = "a box under a pixel wide or high"
    LABEL_TWICE = "the same box of the same class twice"
    LABELS_WITHOUT_PICTURE = "labels whose picture is missing"
    PICTURE_WITHOUT_LABELS = "a picture without a label file: taken as showing nothing"
    SAME_PICTURE = "the same picture twice in a split"
    LIKE_PICTURE = "two pictures of a split that look the same"
    LEAK = "the same picture in two splits: what is measured there was learned"
    LIKELY_LEAK = "pictures of two splits that look the same: what is measured there was learned"
    CLASS_MISSING = "a class that a split does not show"
    CLASS_RARE = "a class that a split shows too seldom to be learned or measured"


ERRORS = frozenset(
    {
        TroubleKind.BROKEN_PICTURE,
        TroubleKind.BROKEN_LABEL,
        TroubleKind.UNKNOWN_CLASS,
        TroubleKind.BOX_OUTSIDE,
        TroubleKind.BOX_WITHOUT_SIZE,
        TroubleKind.LABELS_WITHOUT_PICTURE,
        TroubleKind.LEAK,
        TroubleKind.LIKELY_LEAK,
    }
)
"""Kinds that make figures or weights wrong; the others are worth knowing."""


class Trouble(StrictNoun):
    """One trouble: its kind, the file (and line) or class, and what was found."""

    kind: TroubleKind
    where: str
    detail: Annotated[str, Field(description="empty where the kind says it all")] = ""

    @property
    def is_error(self) -> bool:
        """Whether it makes figures or weights wrong."""
        return self.kind in ERRORS

    def line(self) -> str:
        """The trouble for people."""
        weight, detail = "error" if self.is_error else "note", f" ({self.detail})" if self.detail else ""
        return f"{weight}: {self.where}: {self.kind.value}{detail}"

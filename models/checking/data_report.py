"""What a check of a data set found."""

from collections import Counter
from typing import Annotated

from pydantic import Field

from missions.finding import Sha256
from missions.noun import StrictNoun
from models.checking.trouble import Trouble

SHOWN_OF_A_KIND = 5
"""Troubles of a kind that people are shown; the JSON report has all."""


class SplitReport(StrictNoun):
    """One split: what it holds. `instances` is class -> how many are labelled."""

    pictures: Annotated[int, Field(ge=0)]
    empty: Annotated[int, Field(ge=0, description="pictures that show nothing")]
    instances: dict[str, int]
    data_sha256: Sha256


class DataReport(StrictNoun):
    """A whole data set: its splits, and all that is wrong or noteworthy."""

    data: str
    splits: dict[str, SplitReport]
    troubles: tuple[Trouble, ...]

    @property
    def errors(self) -> int:
        """How many troubles make figures or weights wrong."""
        return sum(trouble.is_error for trouble in self.troubles)

    def in_words(self) -> str:
        """The report for people: the splits, the class balance, the first troubles of each kind, and a verdict."""
        verdict = f"{self.errors} errors, {len(self.troubles) - self.errors} notes"
        return "\n".join([*self._split_lines(), *self._class_lines(), *self._trouble_lines(), verdict])

    def _split_lines(self) -> list[str]:
        return [
            f"{name}: {split.pictures} pictures, {split.empty} of them empty, {sum(split.instances.values())} objects"
            for name, split in self.splits.items()
        ]

    def _class_lines(self) -> list[str]:
        classes = {name for split in self.splits.values() for name in split.instances}
        counts = {name: [split.instances.get(name, 0) for split in self.splits.values()] for name in classes}
        width = max(map(len, classes), default=0)
        return [
            f"  {name:{width}} {' '.join(f'{n:6}' for n in counts[name])}" for name in sorted(counts, key=counts.__getitem__)
        ]

    def _trouble_lines(self) -> list[str]:
        shown: Counter[str] = Counter()
        lines = []
        for trouble in self.troubles:
            shown[trouble.kind] += 1
            if shown[trouble.kind] <= SHOWN_OF_A_KIND:
                lines.append(trouble.line())
        return lines + [f"... and {n - SHOWN_OF_A_KIND} more: {kind}" for kind, n in shown.items() if n > SHOWN_OF_A_KIND]

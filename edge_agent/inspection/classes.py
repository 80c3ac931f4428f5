"""What is looked for: what was asked, against what the model knows and what the catalogue knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from missions.district import District
from missions.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Asked:
    """Classes and categories by name; none of either: everything."""

    classes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def takes(self, key: str, category: str) -> bool:
        """Whether a class of a category was asked for."""
        return not (self.classes or self.categories) or key in self.classes or category in self.categories


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: class -> category; and the model's classes that the catalogue does not know."""

    categories: dict[str, str]
    unknown: tuple[str, ...]


def wanted_of(asked: Asked, known: Sequence[str], district: District) -> Wanted:
    """What a model of `known` classes can be asked for. Raises InvalidInput where a name is wrong, or nothing is left."""
    _refuse_strangers("--classes", asked.classes, list(district.detector_classes))
    _refuse_strangers("--categories", asked.categories, [category.key for category in district.categories])
    everything = {key: category.key for key, category in district.category_of_class.items()}
    categories = {key: category for key, category in everything.items() if key in known and asked.takes(key, category)}
    if not categories:
        raise InvalidInput("--model", "classes", f"the model knows none of the classes asked for; it knows {', '.join(known)}")
    return Wanted(categories, tuple(sorted(set(known) - set(everything))))


def _refuse_strangers(option: str, given: Sequence[str], known: list[str]) -> None:
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            raise InvalidInput(option, name, f"the catalogue does not know it; {hint}")

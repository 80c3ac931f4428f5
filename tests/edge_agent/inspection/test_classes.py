import pytest

from edge_agent.inspection.classes import Asked, wanted_of
from missions.errors import InvalidInput
from tests.edge_agent.inspection.made_flight import DISTRICT

KNOWN = ("garbage_pile", "overflowing_bin", "crane", "flying_saucer")


def test_nothing_asked_is_all_that_model_and_catalogue_know() -> None:
    """Without a wish each class of the model is looked for; the one that the catalogue lacks is named, not reported."""
    wanted = wanted_of(Asked(), KNOWN, DISTRICT)
    assert wanted.categories == {
        "garbage_pile": "sanitation",
        "overflowing_bin": "sanitation",
        "crane": "construction_site",
    }
    assert wanted.unknown == ("flying_saucer",)


def test_classes_and_categories_add_up() -> None:
    """A class and a category of others give both."""
    wanted = wanted_of(Asked(("crane",), ("sanitation",)), KNOWN, DISTRICT)
    assert set(wanted.categories) == {"garbage_pile", "overflowing_bin", "crane"}
    assert set(wanted_of(Asked(("crane",)), KNOWN, DISTRICT).categories) == {"crane"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Asked(("garbage_pil",)), "--classes: garbage_pil: .* did you mean garbage_pile"),
        (Asked((), ("sanitaton",)), "--categories: sanitaton: .* did you mean sanitation"),
        (Asked(("burn_scar",)), "knows none of the classes asked for"),
    ],
)
def test_a_wrong_name_is_told_with_the_right_one(asked: Asked, told: str) -> None:
    """A slip in a name is refused with the nearest name; a class that the model lacks, with what it knows."""
    with pytest.raises(InvalidInput, match=told):
        wanted_of(asked, KNOWN, DISTRICT)

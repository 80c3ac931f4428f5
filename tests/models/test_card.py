"""The model card as data."""

from pathlib import Path

import pytest

from models.calibration import Thresholds
from models.card import CARD_FILE, RECIPE_FILE, Figures, Recipe, read_card, read_recipe, rewrite_card, write_card
from models.errors import ModelError
from tests.models.conftest import CLASSES


def test_a_card_is_read_as_it_was_written(tiny: Path) -> None:
    """Writing and reading again changes nothing."""
    card = read_card(tiny)
    assert read_card(write_card(card, tiny).parent) == card


def test_a_finding_names_the_file_that_holds_the_weights(tiny: Path) -> None:
    """Of an .xml with its .bin, the hash that goes into findings is the .bin's."""
    card = read_card(tiny)
    assert card.ref.weights_sha256 == card.files["tiny.bin"]


def test_classes_are_mapped_to_the_catalogues_keys(tiny: Path) -> None:
    """A mapped class has the catalogue's key, the others keep their names, in the network's order."""
    card = read_card(tiny).model_copy(update={"class_map": {"green_thing": "dead_trees"}})
    assert card.class_keys == ("red_thing", "dead_trees", "blue_thing")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"classes": [', '"classes": ["blue_thing",'), "classes named twice: blue_thing"),
        (('"class_map": {}', '"class_map": {"yellow_thing": "crane"}'), "lacks: yellow_thing"),
        (('"auxiliary": []', '"auxiliary": ["yellow_thing"]'), "auxiliary names classes that the model lacks: yellow_thing"),
        (
            ('"thresholds": null', '"thresholds": {"precision": 0.95, "classes": {"yellow_thing": 0.5}}'),
            "thresholds names classes that the model lacks: yellow_thing",
        ),
        (('"tiny.xml":', '"../tiny.xml":'), r"files lie beside the card, not elsewhere: \.\./tiny\.xml"),
        (('"limits"', '"limitz"'), "limits: Field required"),
        (('"width_px": 64', '"width_px": "wide"'), r"input\.width_px: Input should be a valid integer"),
        (('"files"', '"ground_m_per_px": [0.3, 0.1], "files"'), "from the finest to the coarsest"),
        (("{", "{{"), "Invalid JSON"),
    ],
)
def test_a_slip_in_a_card_is_named(tiny: Path, change: tuple[str, str], says: str) -> None:
    """A malformed card gets an error with the file, the key and the cause."""
    path = tiny / CARD_FILE
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(ModelError, match=rf"{CARD_FILE}.*{says}"):
        read_card(tiny)


def test_thresholds_are_known_by_the_catalogues_keys(tiny: Path) -> None:
    """The aircraft reads a class's threshold under the key that its findings carry; without thresholds there are none."""
    card = read_card(tiny)
    assert card.review_below == {}
    thresholds = Thresholds(precision=0.95, classes={"green_thing": 0.7, "red_thing": 1.0})
    mapped = card.model_copy(update={"thresholds": thresholds, "class_map": {"green_thing": "dead_trees"}})
    assert mapped.review_below == {"dead_trees": 0.7, "red_thing": 1.0}


def test_figures_go_only_into_a_card_that_exists(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Figures are recorded in a card; a folder without one is refused and left as it is."""
    figures = Figures(data="ours", images=1, instances=0, confidence=0.3, map50=0, precision=0, recall=0, classes=())
    rewrite_card(read_card(tiny).model_copy(update={"figures": figures}), tiny)
    assert read_card(tiny).figures == figures
    assert read_card(tiny).classes == CLASSES
    bare = tmp_path_factory.mktemp("bare")
    with pytest.raises(ModelError, match=r"no card\.json"):
        rewrite_card(read_card(tiny), bare)
    assert not list(bare.iterdir())


def test_a_recipe_lies_beside_its_weights(tmp_path: Path) -> None:
    """It is read from there; weights without one have none; a malformed one is named."""
    weights = tmp_path / "weights.pt"
    assert read_recipe(weights) is None
    recipe = Recipe(architecture="tiny", commands=("train",), arguments={"epochs": 2}, images=3, epochs=2)
    (tmp_path / RECIPE_FILE).write_text(recipe.model_dump_json())
    assert read_recipe(weights) == recipe
    (tmp_path / RECIPE_FILE).write_text("{}")
    with pytest.raises(ModelError, match=r"recipe\.json.*Field required"):
        read_recipe(weights)

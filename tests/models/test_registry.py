"""Finding a model and proving that it is what its card says."""

from pathlib import Path

import numpy as np
import pytest

from missions.catalog import load as load_catalog
from models.card import CARD_FILE, read_card, write_card
from models.errors import ModelError
from models.registry import check_classes, load, locate, shipped_names
from tests.models.conftest import CLASSES, classic_network, end_to_end_network, save

RED = np.full((64, 128, 3), (0, 0, 255), np.uint8)


def test_a_folder_with_a_card_is_loaded(tiny: Path) -> None:
    """The model sees what the network sees, and says what the card says."""
    model = load(tiny)
    assert model.ref.name == "tiny"
    assert [model.class_keys[index] for index in model.infer(RED).classes] == ["red_thing"]


def test_a_bare_onnx_file_is_loaded_by_what_it_says_of_itself() -> None:
    """Without a card, names and size come from the file, and the card says that nothing else is known."""
    model = load(Path(__file__).parent / "data" / "tiny.onnx")
    assert model.class_keys == CLASSES
    assert model.card.input.width_px == 64
    assert "Nothing is stated" in model.card.limits
    assert model.infer(RED).classes.tolist() == [0]


def test_a_folder_exported_for_openvino_is_loaded(tmp_path: Path) -> None:
    """A folder with one .xml and its .bin needs no card."""
    save(classic_network(), tmp_path)
    assert load(str(tmp_path)).class_keys == CLASSES


def test_a_missing_file_is_refused_before_any_library_looks_for_it(tmp_path: Path) -> None:
    """A name that is neither shipped nor a path is refused, with the names there are."""
    with pytest.raises(ModelError, match="yolo-of-mine: there is no such file or folder, nor a shipped model"):
        load("yolo-of-mine")
    with pytest.raises(ModelError, match=r"gone\.pt: there is no such file"):
        load(tmp_path / "gone.pt")


def test_weights_that_were_changed_are_refused(tiny: Path) -> None:
    """One byte more than the card was written for, and the model is refused by its hash."""
    with (tiny / "tiny.bin").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match=r"tiny\.bin: SHA-256: it is [0-9a-f]{64}, and the card says"):
        load(tiny)


def test_weights_that_are_missing_are_refused(tiny: Path) -> None:
    """A card whose weights are gone is refused, naming the file."""
    (tiny / "tiny.bin").unlink()
    with pytest.raises(ModelError, match=r"tiny\.bin.*cannot be read: No such file"):
        load(tiny)


def test_a_card_of_other_classes_is_refused(tiny: Path) -> None:
    """Where card and weights name different classes, the first difference is shown."""
    card = read_card(tiny)
    write_card(card.model_copy(update={"classes": ("red_thing", "dead_trees", "blue_thing")}), tiny)
    with pytest.raises(ModelError, match=rf"{CARD_FILE}: classes: card and weights differ: 'dead_trees' and 'green_thing'"):
        load(tiny)


def test_a_network_without_names_needs_a_card(tmp_path: Path) -> None:
    """Without names nothing can be said of what it sees."""
    with pytest.raises(ModelError, match="classes: it states no class names: put it into a folder with a card"):
        load(save(end_to_end_network(), tmp_path, labels=()))


@pytest.mark.parametrize(("names", "says"), [((), "holds: none"), (("a.onnx", "b.onnx"), "holds: a.onnx, b.onnx")])
def test_a_folder_must_hold_one_model(tmp_path: Path, names: tuple[str, ...], says: str) -> None:
    """A folder without a card and with none, or several, models is refused with what it holds."""
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(ModelError, match=says):
        load(tmp_path)


def test_other_files_are_no_models(tmp_path: Path) -> None:
    """A picture given as a model is refused with the kinds there are."""
    path = tmp_path / "picture.jpg"
    path.touch()
    with pytest.raises(ModelError, match=r"picture\.jpg: no model: expected \.onnx, \.xml, \.pt"):
        load(path)


def test_classes_the_catalogue_does_not_know_are_named(tiny: Path) -> None:
    """Unknown classes are named; once the card maps them to keys of the catalogue, the model is taken."""
    district = load_catalog()
    with pytest.raises(ModelError, match="does not know: red_thing, green_thing, blue_thing; map them"):
        check_classes(load(tiny), district)
    card = read_card(tiny)
    mapping = dict(zip(CLASSES, ("crane", "dead_trees", "moored_boat"), strict=True))
    write_card(card.model_copy(update={"class_map": mapping}), tiny)
    check_classes(load(tiny), district)


def test_auxiliary_classes_need_no_catalogue(tiny: Path) -> None:
    """A class that is found only to be masked belongs to no category, so no catalogue has to know it."""
    card = read_card(tiny)
    mapping = {"red_thing": "crane", "green_thing": "dead_trees"}
    write_card(card.model_copy(update={"class_map": mapping, "auxiliary": ("blue_thing",)}), tiny)
    check_classes(load(tiny), load_catalog())


def test_shipped_models_are_found_by_name() -> None:
    """Each name that is offered leads to a folder with a card."""
    for name in shipped_names():
        assert (locate(name) / CARD_FILE).is_file()

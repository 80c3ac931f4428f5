"""Checks of a whole data set."""

import shutil
from pathlib import Path

import cv2
import pytest

from models.checking.data_check import check_data_set
from models.checking.trouble import TroubleKind
from models.errors import DataSetError
from tests.models.checking.conftest import NAMES, add_picture


def kinds(folder: Path, known: tuple[str, ...] = NAMES) -> list[tuple[TroubleKind, str]]:
    return [(trouble.kind, trouble.where) for trouble in check_data_set(folder, known).troubles]


def test_a_sound_data_set_has_no_troubles(data: Path) -> None:
    """Both splits are counted, and there is nothing to say."""
    report = check_data_set(data, NAMES)
    assert report.troubles == ()
    train = report.splits["train"]
    assert (train.pictures, train.empty, train.instances) == (12, 0, {"crane": 12, "crowd": 12})
    assert train.data_sha256 != report.splits["val"].data_sha256


def test_a_picture_copied_to_another_split_is_a_leak(data: Path) -> None:
    """The same bytes in train and val are an error, under whatever name; within a split they are a note."""
    shutil.copy(data / "images/train/3.png", data / "images/val/other.png")
    shutil.copy(data / "images/train/4.png", data / "images/train/again.png")
    found = kinds(data)
    assert (TroubleKind.LEAK, "images/val/other.png") in found
    assert (TroubleKind.SAME_PICTURE, "images/train/again.png") in found
    assert check_data_set(data).errors == 1


@pytest.mark.parametrize("change", ["smaller", "jpeg", "brighter"])
def test_a_picture_saved_anew_is_still_recognised(data: Path, change: str) -> None:
    """At half the size, as a poor JPEG or brighter, it looks the same as the one it was made of."""
    picture = cv2.imread(str(data / "images/train/5.png"))
    changed = {"smaller": cv2.resize(picture, (64, 64)), "jpeg": picture, "brighter": cv2.convertScaleAbs(picture, beta=20)}
    target = data / f"images/val/copy.{'jpg' if change == 'jpeg' else 'png'}"
    cv2.imwrite(str(target), changed[change], [cv2.IMWRITE_JPEG_QUALITY, 40])
    assert (TroubleKind.LIKELY_LEAK, f"images/val/{target.name}") in kinds(data)


def test_pictures_that_differ_are_not_taken_for_the_same(data: Path) -> None:
    """A hundred pictures of patches at random: no two look the same."""
    for number in range(100):
        add_picture(data, "train", f"more{number}.png", seed=1000 + number)
    assert check_data_set(data).troubles == ()


def test_broken_pictures_are_named_and_the_rest_goes_on(data: Path) -> None:
    """An empty file and a JPEG that ends in the middle are errors; all else is counted as before."""
    (data / "images/train/empty.png").touch()
    whole = cv2.imencode(".jpg", cv2.imread(str(data / "images/train/0.png")))[1].tobytes()
    (data / "images/train/half.jpg").write_bytes(whole[: len(whole) // 2])
    broken = [where for kind, where in kinds(data) if kind == TroubleKind.BROKEN_PICTURE]
    assert broken == ["images/train/empty.png", "images/train/half.jpg"]
    assert check_data_set(data).splits["train"].instances == {"crane": 12, "crowd": 12}


def test_files_without_their_other_half_are_named(data: Path) -> None:
    """Labels without a picture are an error (something was lost); a picture without labels is a note."""
    (data / "images/train/2.png").unlink()
    (data / "labels/val/7.txt").unlink()
    assert kinds(data) == [
        (TroubleKind.LABELS_WITHOUT_PICTURE, "labels/train/2.txt"),
        (TroubleKind.PICTURE_WITHOUT_LABELS, "images/val/7.png"),
    ]


def test_classes_nobody_knows_are_named(data: Path) -> None:
    """A class in data.yaml that the model lacks, and a number beyond the classes."""
    (data / "labels/val/7.txt").write_text("2 0.5 0.5 0.1 0.1\n")
    found = kinds(data, ("crane",))
    assert (TroubleKind.UNKNOWN_CLASS, "data.yaml") in found
    assert (TroubleKind.UNKNOWN_CLASS, "labels/val/7.txt: line 1") in found


def test_a_class_that_is_rare_or_missing_in_a_split_is_noted(data: Path) -> None:
    """Nine cranes are few, and no crowd is none; neither is an error."""
    for number in range(12):
        (data / f"labels/val/{number}.txt").write_text("0 0.5 0.5 0.2 0.2\n" if number < 9 else "")
    report = check_data_set(data)
    assert [(trouble.kind, trouble.detail) for trouble in report.troubles] == [
        (TroubleKind.CLASS_RARE, "crane, 9"),
        (TroubleKind.CLASS_MISSING, "crowd"),
    ]
    assert (report.errors, report.splits["val"].empty) == (0, 3)


def test_a_split_named_twice_is_looked_at_once(data: Path) -> None:
    """Where data.yaml gives the same pictures for train and val, they are no leak of each other."""
    (data / "data.yaml").write_text("path: .\ntrain: images/train\nval: images/train\nnames: [crane, crowd]\n")
    report = check_data_set(data)
    assert set(report.splits) == {"train"}
    assert report.errors == 0


def test_without_a_description_there_is_nothing_to_check(tmp_path: Path) -> None:
    """A missing data.yaml is an error that names it."""
    with pytest.raises(DataSetError, match=r"data\.yaml"):
        check_data_set(tmp_path)


def test_the_report_for_people_ends_in_a_verdict(data: Path) -> None:
    """Splits, classes, the first five troubles of a kind, how many more, and the sum."""
    for number in range(7):
        (data / f"images/train/{number}.png").unlink()
    words = check_data_set(data).in_words()
    assert "train: 5 pictures, 0 of them empty, 10 objects" in words
    assert "error: labels/train/0.txt: labels whose picture is missing" in words
    assert "... and 2 more: labels whose picture is missing" in words
    assert words.endswith("7 errors, 2 notes")

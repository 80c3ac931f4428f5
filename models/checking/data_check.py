"""Checks a data set in YOLO's format: classes, labels, pictures, duplicates, leakage between splits, balance."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.checking.data_report import DataReport, SplitReport
from models.checking.label_check import box_troubles, read_rows
from models.checking.likeness import like_pairs, same_pairs
from models.checking.picture_look import PictureLook, look_at
from models.checking.trouble import Trouble, TroubleKind
from models.errors import PictureError
from models.evaluation.data_hash import data_sha256
from models.evaluation.data_set import DataSet, label_file, read_splits

RARE = 10
"""Instances of a class in a split under which neither learning nor measuring says much."""


@dataclass
class _Found:
    looks: list[PictureLook] = field(default_factory=list)
    splits: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def check_data_set(folder: Path, known: Collection[str] | None = None) -> DataReport:
    """The report on all splits; `known` are the classes of the model or catalogue, None: any will do.

    Raises DataSetError where data.yaml cannot be read or a split holds no pictures at all.
    """
    found = _Found()
    splits = read_splits(folder)
    reports = {name: _check_split(name, data, found) for name, data in splits.items()}
    classes = next(iter(splits.values())).names
    for name in classes:
        if known is not None and name not in known:
            found.troubles.append(Trouble(kind=TroubleKind.UNKNOWN_CLASS, where="data.yaml", detail=name))
    found.troubles += _likenesses(folder, found)
    found.troubles += [trouble for name, report in reports.items() for trouble in _balance(name, report, classes)]
    errors_first = sorted(found.troubles, key=lambda trouble: not trouble.is_error)
    return DataReport(data=str(folder), splits=reports, troubles=tuple(errors_first))


def _check_split(name: str, data: DataSet, found: _Found) -> SplitReport:
    instances: Counter[str] = Counter()
    empty = 0
    for picture in data.pictures:
        classes = _check_picture(name, picture, data, found)
        instances.update(classes)
        empty += not classes
    found.troubles += _orphans(data)
    return SplitReport(pictures=len(data.pictures), empty=empty, instances=dict(instances), data_sha256=data_sha256(data))


def _check_picture(split: str, picture: Path, data: DataSet, found: _Found) -> list[str]:
    """Looks at a picture and its labels; gives the classes of its sound labels."""
    root, labels = data.file.parent, label_file(picture)
    try:
        look = look_at(picture)
    except PictureError as error:
        found.troubles.append(Trouble(kind=TroubleKind.BROKEN_PICTURE, where=_shown(picture, root), detail=error.cause))
        return []
    found.looks.append(look)
    found.splits.append(split)
    if not labels.is_file():
        found.troubles.append(Trouble(kind=TroubleKind.PICTURE_WITHOUT_LABELS, where=_shown(picture, root)))
        return []
    rows, troubles = read_rows(labels, _shown(labels, root), len(data.names))
    found.troubles += [*troubles, *box_troubles(rows, look.size_px, _shown(labels, root))]
    return [data.names[row[0]] for row in rows]


def _orphans(data: DataSet) -> Iterator[Trouble]:
    """Labels beside those of the split's pictures that belong to none of them."""
    expected = {label_file(picture) for picture in data.pictures}
    folders = {file.parent for file in expected}
    for file in sorted(file for folder in folders for file in folder.glob("*.txt")):
        if file not in expected and file.name != "classes.txt":
            yield Trouble(kind=TroubleKind.LABELS_WITHOUT_PICTURE, where=_shown(file, data.file.parent))


def _likenesses(folder: Path, found: _Found) -> Iterator[Trouble]:
    pairs = [(pair, TroubleKind.SAME_PICTURE, TroubleKind.LEAK) for pair in same_pairs(found.looks)]
    pairs += [(pair, TroubleKind.LIKE_PICTURE, TroubleKind.LIKELY_LEAK) for pair in like_pairs(found.looks)]
    for (one, other), within, between in pairs:
        kind = within if found.splits[one] == found.splits[other] else between
        earlier, later = (_shown(found.looks[index].path, folder) for index in (one, other))
        yield Trouble(kind=kind, where=later, detail=f"as {earlier}")


def _balance(split: str, report: SplitReport, classes: tuple[str, ...]) -> Iterator[Trouble]:
    for name in classes:
        count = report.instances.get(name, 0)
        if count < RARE:
            kind = TroubleKind.CLASS_RARE if count else TroubleKind.CLASS_MISSING
            yield Trouble(kind=kind, where=split, detail=f"{name}, {count}" if count else name)


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

"""What an inspection found, saw, did not see and left out: all that its files and its report are made from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from shapely import Polygon

from edge_agent.inspection.job import Job
from edge_agent.seen_ground import Area
from missions.district import District
from missions.finding import Detection, Finding
from missions.geometry import GeoPoint, LocalFrame


class Fate(StrEnum):
    """What became of a picture."""

    SEEN = "seen"
    NOT_SEEN = "not seen"
    PRIVATE = "private"
    UNPLACED = "unplaced"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. `why` explains every fate but SEEN; `footprint` is on the result's plane; `detections` are all, also those
    of unplaced pictures, which become no findings, and the `unsure`: so many whose place would be too far off.
    """

    name: str
    at: datetime | None
    fate: Fate
    why: str = ""
    point: GeoPoint | None = None
    footprint: Polygon | None = None
    flags: tuple[str, ...] = ()
    detections: tuple[Detection, ...] = ()
    unsure: int = 0

    @property
    def file(self) -> str:
        """The file it is in: a video's frames share one."""
        return self.name.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with what a report says besides: its number, the pictures it is on (the one in evidence first), what was taken
    for granted, the name of its evidence's file, and whether it waits for a person.
    """

    number: int
    finding: Finding
    pictures: tuple[str, ...]
    assumptions: tuple[str, ...]
    evidence_name: str
    needs_review: bool
    alt_m: float | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file, a part of one, or a class of the model that could not be used, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What kept an inspection from being complete. `pictures` are so many of one file (a video) from the one of that name on;
    `detections` what was seen on them all the same.
    """

    name: str
    what: str
    why: str
    pictures: int = 1
    detections: tuple[Detection, ...] = ()

    def __str__(self) -> str:
        more = f" and {self.pictures - 1} more" if self.pictures > 1 else ""
        return f"{self.name}{more}: {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Result:
    """All of it. Areas are on `plane`, in metres."""

    job: Job
    plane: LocalFrame
    district: District
    pictures: tuple[Picture, ...]
    found: tuple[Found, ...]
    left_out: tuple[LeftOut, ...]
    seen: Area
    not_seen: Area

    def of_fate(self, fate: Fate) -> tuple[Picture, ...]:
        """The pictures of one fate."""
        return tuple(picture for picture in self.pictures if picture.fate is fate)

    @property
    def is_complete(self) -> bool:
        """Whether everything was looked at: each file read and placed, nothing private passed over, all ground on them seen."""
        passed_over = [one for one in self.pictures if one.fate in (Fate.UNPLACED, Fate.BROKEN, Fate.PRIVATE)]
        return not (self.left_out or passed_over) and self.not_seen.is_empty

    def shortfalls(self) -> list[Shortfall]:
        """Everything that keeps it from being complete, the gravest first; pictures of one file and reason together."""
        fates = (Fate.BROKEN, Fate.UNPLACED, Fate.PRIVATE, Fate.NOT_SEEN)
        pictures = [one for fate in fates for one in self.of_fate(fate)]
        groups = groupby(pictures, key=lambda one: (one.file, one.fate, one.why))
        others = [Shortfall(one.name, "left out", one.why) for one in self.left_out]
        unsure = [_unsure(one) for one in self.pictures if one.unsure]
        return [*others, *(_of_pictures(list(group)) for _, group in groups), *unsure]


def _of_pictures(group: list[Picture]) -> Shortfall:
    first, detections = group[0], tuple(one for picture in group for one in picture.detections)
    return Shortfall(first.name, str(first.fate), first.why, len(group), detections)


def _unsure(picture: Picture) -> Shortfall:
    return Shortfall(picture.name, "too unsure", f"{picture.unsure} seen there whose place would be too far off")

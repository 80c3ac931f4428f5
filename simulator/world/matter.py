"""The world as a file: which ground, and which matters stand where. A demonstration is judged by this truth."""

from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from missions.errors import InvalidInput
from missions.geometry import GeoPoint, LocalFrame
from missions.noun import StrictNoun
from simulator.world.brush import Look
from simulator.world.painters.register import BYSTANDERS, EVERYTHING, PAINTERS


class Matter(StrictNoun):
    """One thing to be found, or a bystander.

    `position` is the middle of its outline; `heading_deg` its own axis, clockwise from north.
    """

    id: Annotated[str, Field(min_length=1, max_length=64)]
    class_key: str
    position: GeoPoint
    heading_deg: Annotated[float, Field(ge=0, lt=360)]
    size_m: Annotated[float, Field(gt=0.5, le=100)]
    seed: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _known(self) -> "Matter":
        if self.class_key not in EVERYTHING:
            raise ValueError(f"nobody can paint a '{self.class_key}'")
        return self

    @property
    def look(self) -> Look:
        """What decides how it looks."""
        return Look(self.class_key, self.size_m, self.heading_deg, self.seed)


class GroundLine(StrictNoun):
    """A stretch of water or road taken from the catalogue's corridors."""

    kind: Annotated[str, Field(pattern=r"^(water|road)$")]
    line: Annotated[tuple[GeoPoint, ...], Field(min_length=2)]
    width_m: Annotated[float, Field(gt=0, le=500)]


class World(StrictNoun):
    """A district with its matters. `origin` is the middle of the plane that the ground is drawn in.

    `bystanders` are painted like matters but are nothing to report: clutter that resembles matters, people, vehicles.
    """

    seed: Annotated[int, Field(ge=0)]
    district_id: str
    origin: GeoPoint
    lines: tuple[GroundLine, ...] = ()
    matters: tuple[Matter, ...] = ()
    bystanders: tuple[Matter, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> "World":
        seen: set[str] = set()
        for matter in (*self.matters, *self.bystanders):
            if matter.id in seen:
                raise ValueError(f"two matters have the id '{matter.id}'")
            seen.add(matter.id)
        misplaced = [m.class_key for m in self.matters if m.class_key not in PAINTERS]
        misplaced += [m.class_key for m in self.bystanders if m.class_key not in BYSTANDERS]
        if misplaced:
            raise ValueError(f"matters are of the detector's classes and bystanders of none: '{misplaced[0]}'")
        return self

    @cached_property
    def frame(self) -> LocalFrame:
        """The plane the ground is drawn in: metres east and north of the origin."""
        return LocalFrame(self.origin)


def load_world(path: Path) -> World:
    """Reads a world; raises InvalidInput naming the file, the key and what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error}") from error
    try:
        return World.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(str(path), ".".join(str(part) for part in first["loc"]), first["msg"]) from error


def save_world(world: World, path: Path) -> None:
    """Writes a world as JSON."""
    path.write_text(world.model_dump_json(indent=1) + "\n", encoding="utf-8")

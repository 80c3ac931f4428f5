"""The registry of promoted models: a folder in which each name has a current model, and all that it had before.

    registry.json              what was promoted when, over what, and on which frozen pictures it was compared
    NAME/VERSION-SHA8/         a promoted model's own copy, by the hash of its card: card and weights, never changed again

A reference `FOLDER/NAME` is the current model of that name, wherever a model is asked for.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from missions.finding import Sha256
from missions.noun import Instant, StrictNoun
from models.card import CARD_FILE, read_card, sha256_of
from models.errors import ModelError

REGISTRY_FILE, LOCK_FILE = "registry.json", ".lock"


class Promotion(StrictNoun):
    """One change of the current model. `over` is the folder of the one before it; None: there was none."""

    folder: Annotated[str, Field(pattern=r"^[^/\\]+$", description="under the name's folder")]
    weights_sha256: Sha256
    at: Instant
    over: str | None = None
    why: str = ""


class Line(StrictNoun):
    """All promotions of one name, the last being current; `frozen_sha256` is of the pictures they are compared on."""

    promotions: Annotated[tuple[Promotion, ...], Field(min_length=1)]
    frozen_sha256: Sha256 | None = None

    @property
    def current(self) -> Promotion:
        """The one that flies."""
        return self.promotions[-1]

    def first_of(self, folder: str) -> Promotion:
        """How a model first came to fly."""
        return next(one for one in self.promotions if one.folder == folder)


class _Registry(StrictNoun):
    models: dict[str, Line] = Field(default_factory=dict)


class Shelf:
    """A registry's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self) -> dict[str, Line]:
        """Name -> its promotions; empty where the folder is no registry yet. Raises ModelError where it cannot be read."""
        file = self.folder / REGISTRY_FILE
        if not file.is_file():
            return {}
        try:
            return _Registry.model_validate_json(file.read_text(encoding="utf-8")).models
        except (OSError, UnicodeDecodeError, ValidationError) as error:
            raise ModelError(str(file), "", f"no registry of models: {error}") from error

    def current(self, name: str) -> Path | None:
        """The folder of a name's current model; None where the name is not on this shelf."""
        line = self.lines().get(name)
        return self.folder / name / line.current.folder if line else None

    def put(self, name: str, source: Path) -> str:
        """Copies a model's folder here, whole or not at all; gives the copy's folder. It becomes current only by `record`."""
        card = read_card(source)
        folder = f"{card.version}-{sha256_of(source / CARD_FILE)[:8]}"
        target = self.folder / name / folder
        if not target.exists():
            draft = target.with_name(f".{folder}.{os.getpid()}")
            draft.mkdir(parents=True)
            for file in (CARD_FILE, *card.files):
                shutil.copyfile(source / file, draft / file)
            draft.replace(target)
        return folder

    def record(self, name: str, line: Line) -> None:
        """Writes a name's promotions, whole or not at all."""
        registry = _Registry(models={**self.lines(), name: line})
        draft = self.folder / f".{REGISTRY_FILE}"
        with draft.open("w", encoding="utf-8") as file:
            file.write(registry.model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / REGISTRY_FILE)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps other processes from changing the registry meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK_FILE).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

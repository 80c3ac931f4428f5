"""What an inspection is of and was asked for; only the same job is taken up again."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from missions.errors import InvalidInput
from missions.finding import ModelRef
from missions.noun import StrictNoun

NAMED = 3
"""So many files that differ are named, the others counted."""


class FileMark(StrictNoun):
    """What tells that a file is still the same, without reading it."""

    size_bytes: Annotated[int, Field(ge=0)]
    modified_ns: int

    @classmethod
    def of(cls, path: Path) -> "FileMark":
        """Raises InvalidInput naming the file where it is gone."""
        try:
            status = path.stat()
        except OSError as error:
            raise InvalidInput(str(path), "", f"cannot be read: {error.strerror}") from error
        return cls(size_bytes=status.st_size, modified_ns=status.st_mtime_ns)


class Job(StrictNoun):
    """`files`: those of the material and those given besides, by their path; `asked`: each option in words."""

    material: str
    files: dict[str, FileMark]
    asked: dict[str, str]
    model: ModelRef
    software_version: str

    @property
    def id(self) -> str:
        """The same for the same job: 32 hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:32]

    def differences(self, earlier: "Job") -> list[str]:
        """In words, what is not as it was; empty for the same job."""
        told = [f"{name} was {was}, now {now}" for name, was, now in self._values(earlier) if was != now]
        return told + _file_differences(self.files, earlier.files)

    def _values(self, earlier: "Job") -> Iterable[tuple[str, str, str]]:
        yield "the material", earlier.material, self.material
        for name in sorted({*earlier.asked, *self.asked}):
            yield name, earlier.asked.get(name, "not given"), self.asked.get(name, "not given")
        yield "the model", _model(earlier.model), _model(self.model)
        yield "OneFlight", earlier.software_version, self.software_version


def marks_of(paths: Iterable[Path]) -> dict[str, FileMark]:
    """The marks of files, each once. Raises InvalidInput naming one that is gone."""
    return {str(path): FileMark.of(path) for path in sorted(set(paths))}


def _model(model: ModelRef) -> str:
    return f"{model.name} {model.version} ({model.weights_sha256[:12]})"


def _file_differences(now: Mapping[str, FileMark], before: Mapping[str, FileMark]) -> list[str]:
    added, gone = sorted(now.keys() - before.keys()), sorted(before.keys() - now.keys())
    changed = sorted(path for path in now.keys() & before.keys() if now[path] != before[path])
    pairs = (("added", added), ("no longer there", gone), ("changed", changed))
    return [
        f"{_named(paths)} {'was' if len(paths) == 1 else 'were'} {what}".replace("was no", "is no").replace("were no", "are no")
        for what, paths in pairs
        if paths
    ]


def _named(paths: list[str]) -> str:
    more = f" and {len(paths) - NAMED} other files" if len(paths) > NAMED else ""
    return ", ".join(Path(path).name for path in paths[:NAMED]) + more

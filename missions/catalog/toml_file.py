"""A TOML catalogue file: lists of tables (`[[departments]]`), each table one noun."""

import re
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from missions.catalog.entries import Entry, Place, label, validate
from missions.catalog.syntax import parse_toml, read_text
from missions.errors import CatalogError

N = TypeVar("N", bound=BaseModel)


class TomlFile:
    """One file as read; `errors` gathers what is wrong with its entries."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.errors: list[CatalogError] = []
        try:
            self._text = read_text(path)
            self._tables = parse_toml(path.name, self._text)
        except CatalogError as error:
            self._text, self._tables = "", {}
            self.errors.append(error)
        self._unreadable = bool(self.errors)

    def one(self, noun_type: type[N]) -> Entry[N] | None:
        """The whole file as one noun."""
        return None if self._unreadable else self._keep(validate(noun_type, self._tables, Place(self.name, "")))

    def lists(self, *keys: str) -> None:
        """Refuses every top-level key but these."""
        for key in sorted(self._tables.keys() - set(keys)):
            known = ", ".join(f"[[{name}]]" for name in keys)
            self.errors.append(CatalogError(self.name, key, f"is not a known table; known: {known}"))

    def many(self, key: str, noun_type: type[N]) -> list[Entry[N]]:
        """The nouns of `[[key]]`; at least one is expected."""
        tables = self._tables.get(key)
        if self._unreadable:
            return []
        if not isinstance(tables, list) or not tables:
            self.errors.append(CatalogError(self.name, key, f"expected at least one [[{key}]] table"))
            return []
        lines = self._header_lines(key, len(tables))
        made = [self._keep(validate(noun_type, raw, self._place(key, raw, i, lines))) for i, raw in enumerate(tables)]
        return [entry for entry in made if entry]

    def _place(self, key: str, raw: object, index: int, lines: list[int]) -> Place:
        facts = [label(raw), f"line {lines[index]}" if lines else ""]
        inside = ", ".join(fact for fact in facts if fact)
        return Place(self.name, f"{key} #{index + 1}" + (f" ({inside})" if inside else ""))

    def _header_lines(self, key: str, count: int) -> list[int]:
        """The line of each `[[key]]`; empty where the file is not laid out so."""
        header = re.compile(rf"^\s*\[\[\s*{key}\s*\]\]")
        lines = [number for number, line in enumerate(self._text.splitlines(), 1) if header.match(line)]
        return lines if len(lines) == count else []

    def _keep(self, made: Entry[N] | list[CatalogError]) -> Entry[N] | None:
        if isinstance(made, Entry):
            return made
        self.errors.extend(made)
        return None

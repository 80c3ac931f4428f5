"""From a directory to a District: all its files read and checked against each other."""

from pathlib import Path

from missions.catalog.contents import Contents, read_contents
from missions.catalog.reference_checks import check_references
from missions.catalog.spatial_checks import check_ground
from missions.district import District
from missions.errors import CatalogError

SHIPPED = Path(__file__).parent / "zhonglou"
"""The example that comes with OneFlight."""


def load(directory: Path | None = None, *, with_routes: bool = True) -> District:
    """The district in `directory` (None: the shipped example), or without its routes (for what makes routes).

    Raises CatalogError with the first fault and the number of others; `check` lists them all.
    """
    contents = _checked(directory or SHIPPED, with_routes=with_routes)
    if contents.errors:
        first, *others = contents.errors
        more = f" (and {len(others)} more: oneflight catalog check {directory or SHIPPED})" if others else ""
        raise CatalogError(first.source, first.where, first.cause + more)
    return contents.district()


def check(directory: Path | None = None) -> list[CatalogError]:
    """Everything that is wrong with the catalogue in `directory`; empty where it is sound."""
    return _checked(directory or SHIPPED, with_routes=True).errors


def _checked(directory: Path, *, with_routes: bool) -> Contents:
    contents = read_contents(directory, with_routes=with_routes)
    if directory.is_dir():
        found = [*check_references(contents), *check_ground(contents)]
        contents.errors.extend(found)
    return contents

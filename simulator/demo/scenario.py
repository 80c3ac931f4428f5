"""Which flights a demonstration flies: read from `scenario.toml`, which may be edited or replaced."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from missions.errors import InvalidInput
from missions.noun import StrictNoun

SHIPPED = Path(__file__).parent / "scenario.toml"


class PlannedFlight(StrictNoun):
    """One flight: a drone, and the routes it flies in one go; `plan_file` is imported first and flown with them."""

    drone: str
    routes: tuple[str, ...] = ()
    plan_file: str | None = None
    plan_categories: tuple[str, ...] = ()


class Scenario(StrictNoun):
    """The flights, in the order in which each drone flies its own; and how many matters are planted along them."""

    matters: Annotated[int, Field(ge=1, le=500)]
    flights: Annotated[tuple[PlannedFlight, ...], Field(min_length=1)]

    @property
    def drones(self) -> tuple[str, ...]:
        """The drones that fly, each once."""
        return tuple(dict.fromkeys(flight.drone for flight in self.flights))


def load_scenario(path: Path = SHIPPED) -> Scenario:
    """The scenario in `path`; raises InvalidInput naming the file, the key and what is wrong."""
    try:
        return Scenario.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(str(path), "file", str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(str(path), ".".join(map(str, first["loc"])), first["msg"]) from error

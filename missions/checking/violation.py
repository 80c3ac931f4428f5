"""What a schedule breaks: a rule, by whom, and by how much."""

from enum import StrEnum
from math import isfinite
from typing import Annotated

from pydantic import BeforeValidator

from missions.noun import Noun


class Rule(StrEnum):
    """What a sound day keeps."""

    UNKNOWN = "unknown"
    ACCOUNTING = "accounting"
    VALUE = "value"
    WINDOW = "window"
    VALIDITY = "validity"
    SENSOR = "sensor"
    RESOLUTION = "resolution"
    ANGLE = "angle"
    PATH = "path"
    HEIGHT = "height"
    SPEED = "speed"
    WAITING = "waiting"
    COVERAGE = "coverage"
    ENERGY = "energy"
    BATTERY = "battery"
    PLACE = "place"
    DOCK = "dock"
    AIRSPACE = "airspace"
    HOURS = "hours"
    CREW = "crew"
    WEATHER = "weather"
    SEPARATION = "separation"


def _or_none(value: float | None) -> float | None:
    """What is no number is told in the text only."""
    return value if value is not None and isfinite(value) else None


Figure = Annotated[float | None, BeforeValidator(_or_none)]


class Violation(Noun):
    """One thing that is wrong. `subject` is the id of the flight, pass, drone, dock or district; `limit` and `value` are in
    the unit that `text` names, where there are any.
    """

    rule: Rule
    subject: str
    text: str
    limit: Figure = None
    value: Figure = None


def clock(seconds: float) -> str:
    """Seconds since the day's midnight as hh:mm:ss; a moment of the next day has more than 24 hours."""
    whole = round(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    return f"{sign}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"

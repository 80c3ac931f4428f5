"""What all nouns share."""

import importlib
import pkgutil
from datetime import UTC, datetime, timedelta, timezone
from math import inf, nan

import pytest
from pydantic import BaseModel, ValidationError

import missions
from missions.geometry import GeoPoint
from missions.noun import Noun, StrictNoun, new_id
from missions.telemetry import Telemetry

NOON = datetime(2025, 6, 2, 12, tzinfo=timezone(timedelta(hours=8)))


def test_instants_are_utc() -> None:
    """A time with a zone becomes UTC; one without is refused."""
    assert Telemetry(at=NOON).at == datetime(2025, 6, 2, 4, tzinfo=UTC)
    assert Telemetry(at=NOON).at.tzinfo is UTC
    with pytest.raises(ValidationError, match="zone"):
        Telemetry(at=datetime(2025, 6, 2))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_instants_have_a_year_in_utc_too(text: str) -> None:
    """A time whose UTC lies outside the years 1 to 9999 is refused like any other wrong value."""
    with pytest.raises(ValidationError, match="years 1 to 9999"):
        Telemetry.model_validate({"at": text})


@pytest.mark.parametrize("value", [nan, inf, -inf, "nan", "inf"])
def test_numbers_are_finite(value: object) -> None:
    """Neither NaN nor an infinity becomes part of a noun, not even as a text in a catalogue or a stored value."""
    with pytest.raises(ValidationError, match="finite"):
        Telemetry.model_validate({"at": NOON, "height_m": value})


def test_every_noun_refuses_what_is_not_finite() -> None:
    """No noun of the shared language, and no field of one, sets the rule aside."""
    for module in pkgutil.walk_packages(missions.__path__, "missions."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    nouns = [one for kind in (Noun, StrictNoun) for one in subclasses(kind) if one.__module__.startswith("missions.")]
    assert len(nouns) > 40
    for noun in nouns:
        assert noun.model_config["allow_inf_nan"] is False, noun
        for name, field in noun.model_fields.items():
            assert not any(getattr(one, "allow_inf_nan", False) for one in field.metadata), (noun, name)


def subclasses(kind: type[BaseModel]) -> list[type[BaseModel]]:
    return [one for child in kind.__subclasses__() for one in (child, *subclasses(child))]


def test_nouns_do_not_change() -> None:
    """A noun is a value."""
    with pytest.raises(ValidationError, match="frozen"):
        GeoPoint(lat_deg=0, lon_deg=0).lat_deg = 1.0  # type: ignore[misc]


def test_newer_senders_are_understood() -> None:
    """A field this version does not know is passed over."""
    assert GeoPoint.model_validate({"lat_deg": 1, "lon_deg": 2, "geoid_m": 3}) == GeoPoint(lat_deg=1, lon_deg=2)


def test_ids_are_unique() -> None:
    """32 hexadecimal digits, never the same."""
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in ids)

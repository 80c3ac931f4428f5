"""What all nouns share."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from missions.geometry import GeoPoint
from missions.noun import new_id
from missions.telemetry import Telemetry

NOON = datetime(2025, 6, 2, 12, tzinfo=timezone(timedelta(hours=8)))


def test_instants_are_utc() -> None:
    """A time with a zone becomes UTC; one without is refused."""
    assert Telemetry(at=NOON).at == datetime(2025, 6, 2, 4, tzinfo=UTC)
    assert Telemetry(at=NOON).at.tzinfo is UTC
    with pytest.raises(ValidationError, match="zone"):
        Telemetry(at=datetime(2025, 6, 2))  # noqa: DTZ001


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

"""Marked points whose places are known: `photo,u,v,lat,lon[,alt_m]` as CSV, or GeoJSON points with photo, u, v."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from missions.errors import InvalidInput
from missions.noun import Noun


class KnownPoint(Noun):
    """A place, and the pixel of a photo that shows it; `alt_m` from the zero of the photo's altitude."""

    photo: Annotated[str, Field(min_length=1)]
    u: float
    v: float
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    alt_m: float | None = None


def read_points(path: Path) -> list[KnownPoint]:
    """The points of a file; raises InvalidInput naming the file, the point and what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error}") from error
    rows = _features(path, text) if text.lstrip().startswith("{") else csv.DictReader(io.StringIO(text))
    return [_point(path, number, row) for number, row in enumerate(rows, start=1)]


def _point(path: Path, number: int, row: Mapping[str, Any]) -> KnownPoint:
    try:
        return KnownPoint.model_validate({key: value for key, value in row.items() if key and value not in ("", None)})
    except ValidationError as error:
        first = error.errors()[0]
        where = f"point {number}: {'.'.join(map(str, first['loc']))}"
        raise InvalidInput(str(path), where, f"{first['msg']}; expected photo,u,v,lat,lon[,alt_m]") from error


def _features(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    try:
        features = json.loads(text)["features"]
        rows = [(one["properties"], one["geometry"]["coordinates"]) for one in features]
        places = [dict(zip(("lon", "lat", "alt_m"), coordinates, strict=False)) for _, coordinates in rows]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InvalidInput(str(path), "", "is no GeoJSON of points (FeatureCollection) with photo, u, v") from error
    return iter([{**properties, **place} for (properties, _), place in zip(rows, places, strict=True)])

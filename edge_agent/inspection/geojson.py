"""Findings, and the ground not seen, as GeoJSON (RFC 7946: WGS-84, longitude first, outlines counter-clockwise)."""

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from edge_agent.inspection.result import Found, Result
from edge_agent.seen_ground import Area
from missions.geometry import Array, ErrorEllipse, GeoPoint, LocalFrame

DIGITS = 8
"""Decimals of a degree: a millimetre."""

ELLIPSE_CORNERS = 48


def findings_geojson(result: Result) -> str:
    """A point for each finding, and the polygon of its 95 % ellipse after it, tied by `id`."""
    features = [feature for found in result.found for feature in (_point(found, result), _ellipse(found))]
    return _collection(features)


def not_seen_geojson(result: Result) -> str:
    """A polygon for each part of the ground that was looked at in vain, with its size."""
    return _collection([_part(part, result.plane) for part in parts_of(result.not_seen)])


def outline_m(ellipse: ErrorEllipse, corners: int = ELLIPSE_CORNERS) -> Array:
    """(corners, 2) east and north of its middle, in metres, counter-clockwise."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    along, across = ellipse.semi_major_m * np.cos(turn), ellipse.semi_minor_m * np.sin(turn)
    angle = np.radians(ellipse.orientation_deg)
    return np.column_stack([along * np.sin(angle) - across * np.cos(angle), along * np.cos(angle) + across * np.sin(angle)])


def properties_of(found: Found, result: Result) -> dict[str, Any]:
    """What a table or a map says of a finding."""
    finding, district = found.finding, result.district
    named, category = district.detector_classes[finding.class_key], district.category_of_class[finding.class_key]
    department = district.department(category.department_id)
    return {
        "number": found.number,
        "id": finding.id,
        "class": finding.class_key,
        "class_zh": named.name_zh,
        "class_en": named.name_en,
        "category": category.key,
        "category_zh": category.name_zh,
        "department": department.id,
        "department_zh": department.name_zh,
        "confidence": round(finding.confidence, 4),
        "calibrated": finding.model.calibrated,
        "needs_review": found.needs_review,
        "lat": round(finding.position.lat_deg, DIGITS),
        "lon": round(finding.position.lon_deg, DIGITS),
        "alt_m": None if found.alt_m is None else round(found.alt_m, 2),
        "ellipse_95_semi_major_m": round(finding.ellipse.semi_major_m, 2),
        "ellipse_95_semi_minor_m": round(finding.ellipse.semi_minor_m, 2),
        "ellipse_95_orientation_deg": round(finding.ellipse.orientation_deg, 1),
        "pictures": finding.observations,
        "first_seen_at": finding.first_seen_at.isoformat(),
        "last_seen_at": finding.last_seen_at.isoformat(),
        "picture": found.pictures[0],
        "evidence": f"evidence/{found.evidence_name}",
        "evidence_sha256": finding.evidence_sha256,
        "model": f"{finding.model.name} {finding.model.version}",
        "model_sha256": finding.model.weights_sha256,
        "software_version": finding.software_version,
        "assumptions": list(found.assumptions),
    }


def _point(found: Found, result: Result) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": _lon_lat(found.finding.position)}
    return {"type": "Feature", "id": found.finding.id, "geometry": geometry, "properties": properties_of(found, result)}


def _ellipse(found: Found) -> dict[str, Any]:
    corners = LocalFrame(found.finding.position).to_geo_many(outline_m(found.finding.ellipse))
    ring = [_lon_lat(corner) for corner in (*corners, corners[0])]
    properties = {"ellipse_95_of": found.finding.id, "number": found.number, "class": found.finding.class_key}
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": properties}


def _part(part: shapely.Polygon, plane: LocalFrame) -> dict[str, Any]:
    def to_degrees(plane_m: Array) -> Array:
        lat_deg, lon_deg = plane.to_lat_lon(plane_m)
        return np.asarray(np.round(np.column_stack([lon_deg, lat_deg]), DIGITS), dtype=np.float64)

    outline = shapely.geometry.polygon.orient(shapely.transform(part, to_degrees))
    properties = {"what": "not seen", "area_m2": round(part.area, 1)}
    return {"type": "Feature", "geometry": mapping(outline), "properties": properties}


def parts_of(area: Area) -> list[shapely.Polygon]:
    """Its polygons."""
    return [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]


def _lon_lat(point: GeoPoint) -> list[float]:
    return [round(point.lon_deg, DIGITS), round(point.lat_deg, DIGITS)]


def _collection(features: list[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"

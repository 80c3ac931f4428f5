"""An incident: the same matter over frames, flights, drones, hotline and grid; and when two reports are the same matter."""

from enum import StrEnum
from typing import Annotated

import numpy as np
from pydantic import Field

from missions.geometry import CHI2_95_2D, ErrorEllipse, GeoPoint, LocalFrame
from missions.noun import Instant, Noun


class IncidentState(StrEnum):
    """Where an incident stands; only a confirmed one has a work order."""

    AWAITING_REVIEW = "awaiting_review"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class Sighting(Noun):
    """What merging needs of a finding or an incident: class, place, doubt about the place, and the object's size."""

    class_key: str
    position: GeoPoint
    ellipse: ErrorEllipse


class Incident(Noun):
    """One matter in the district."""

    id: str
    district_id: str
    class_key: str
    category: str
    state: IncidentState
    position: GeoPoint
    ellipse: ErrorEllipse
    confidence: Annotated[float, Field(ge=0, le=1)]
    sub_district_id: str | None
    findings: int
    first_seen_at: Instant
    last_seen_at: Instant


def is_same_matter(one: Sighting, other: Sighting, extent_m: float) -> bool:
    """Whether two sightings may be one object: same class, and closer than the object's extent together with the doubt.

    The doubt is the distance at which the Mahalanobis distance under both covariances reaches its 95 % bound
    (chi-square, 2 degrees of freedom); `extent_m` is the class's usual size, within which detections centre differently.
    """
    if one.class_key != other.class_key:
        return False
    offset = np.array(LocalFrame(one.position).to_xy(other.position))
    distance_m = float(np.hypot(*offset))
    if distance_m <= extent_m:
        return True
    shortened = offset * (distance_m - extent_m) / distance_m
    covariance = one.ellipse.covariance() + other.ellipse.covariance() + np.eye(2) * 1e-6
    return float(shortened @ np.linalg.solve(covariance, shortened)) <= CHI2_95_2D


def combine(one: Sighting, other: Sighting) -> Sighting:
    """Both sightings as one, each weighted by its inverse covariance (the minimum-variance estimate)."""
    frame = LocalFrame(one.position)
    first = np.linalg.inv(one.ellipse.covariance() + np.eye(2) * 1e-6)
    second = np.linalg.inv(other.ellipse.covariance() + np.eye(2) * 1e-6)
    covariance = np.linalg.inv(first + second)
    x_m, y_m = covariance @ (second @ np.array(frame.to_xy(other.position)))
    return Sighting(
        class_key=one.class_key,
        position=frame.to_geo(float(x_m), float(y_m)),
        ellipse=ErrorEllipse.from_covariance(covariance),
    )

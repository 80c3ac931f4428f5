"""Points on the earth, the local plane round them, attitudes and error ellipses."""

from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from pyproj import Geod

from missions.noun import Noun

Array = NDArray[np.float64]

WGS84 = Geod(ellps="WGS84")
CHI2_95_2D = 5.991464547107979
"""95 % quantile of the chi-square distribution with two degrees of freedom: -2 ln(0.05)."""


class GeoPoint(Noun):
    """A place on the WGS-84 ellipsoid, in degrees."""

    lat_deg: Annotated[float, Field(ge=-90, le=90)]
    lon_deg: Annotated[float, Field(ge=-180, le=180)]

    def distance_m(self, other: "GeoPoint") -> float:
        """Geodesic distance in metres (Karney 2013, through pyproj)."""
        return float(WGS84.inv(self.lon_deg, self.lat_deg, other.lon_deg, other.lat_deg)[2])

    def bearing_deg(self, other: "GeoPoint") -> float:
        """Initial bearing towards `other`, clockwise from north, in [0, 360)."""
        return float(WGS84.inv(self.lon_deg, self.lat_deg, other.lon_deg, other.lat_deg)[0]) % 360.0

    def moved(self, bearing_deg: float, distance_m: float) -> "GeoPoint":
        """The point `distance_m` away along the geodesic that starts at `bearing_deg`."""
        lon, lat, _ = WGS84.fwd(self.lon_deg, self.lat_deg, bearing_deg, distance_m)
        return GeoPoint(lat_deg=lat, lon_deg=lon)


class LocalFrame:
    """A plane tangent at `origin`: x east, y north, in metres (azimuthal equidistant; under 1 cm off within 10 km).

    Distance and direction from the origin are the geodesic's, so that making a frame costs nothing.
    """

    def __init__(self, origin: GeoPoint) -> None:
        self.origin = origin

    def to_xy(self, point: GeoPoint) -> tuple[float, float]:
        """East and north of the origin, in metres."""
        azimuth_deg, _, distance_m = WGS84.inv(self.origin.lon_deg, self.origin.lat_deg, point.lon_deg, point.lat_deg)
        azimuth = radians(azimuth_deg)
        return distance_m * sin(azimuth), distance_m * cos(azimuth)

    def to_xy_many(self, points: Iterable[GeoPoint]) -> Array:
        """(n, 2) array of east and north in metres."""
        places = np.array([(p.lon_deg, p.lat_deg) for p in points], dtype=np.float64).reshape(-1, 2)
        origins = np.broadcast_to([self.origin.lon_deg, self.origin.lat_deg], places.shape)
        azimuth_deg, _, distance_m = WGS84.inv(origins[:, 0].copy(), origins[:, 1].copy(), places[:, 0], places[:, 1])
        azimuth = np.radians(azimuth_deg)
        return np.column_stack([distance_m * np.sin(azimuth), distance_m * np.cos(azimuth)]).reshape(-1, 2)

    def to_geo(self, x_m: float, y_m: float) -> GeoPoint:
        """The point at `x_m` east and `y_m` north of the origin."""
        return self.origin.moved(degrees(atan2(x_m, y_m)), hypot(x_m, y_m))

    def to_lat_lon(self, xy_m: Array) -> tuple[Array, Array]:
        """Degrees of latitude and longitude of an (n, 2) array of east and north in metres."""
        azimuth_deg = np.degrees(np.arctan2(xy_m[:, 0], xy_m[:, 1]))
        origins = np.broadcast_to([self.origin.lon_deg, self.origin.lat_deg], xy_m.shape)
        away_m = np.hypot(xy_m[:, 0], xy_m[:, 1])
        lon_deg, lat_deg, _ = WGS84.fwd(origins[:, 0].copy(), origins[:, 1].copy(), azimuth_deg, away_m)
        return np.asarray(lat_deg), np.asarray(lon_deg)

    def to_geo_many(self, xy_m: Sequence[tuple[float, float]] | Array) -> list[GeoPoint]:
        """The points of an (n, 2) array of east and north in metres."""
        plane = np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
        return [self.to_geo(float(x_m), float(y_m)) for x_m, y_m in plane]


class PixelBox(Noun):
    """A box in an image, in pixels of the full frame; the origin is the upper left corner."""

    x_min: float
    y_min: float
    x_max: float
    y_max: float

    @property
    def foot(self) -> tuple[float, float]:
        """The box's centre: for views from above, where the object stands on the ground."""
        return (self.x_min + self.x_max) / 2, (self.y_min + self.y_max) / 2


class Attitude(Noun):
    """A rotation from a body frame (forward, right, down) into north-east-down, as a unit quaternion (w, x, y, z)."""

    w: float
    x: float
    y: float
    z: float

    @classmethod
    def from_euler(cls, roll_deg: float, pitch_deg: float, yaw_deg: float) -> Self:
        """From aerospace angles (rotation order z-y'-x''), in degrees."""
        r, p, y = np.radians([roll_deg, pitch_deg, yaw_deg]) / 2
        cr, sr, cp, sp, cy, sy = np.cos(r), np.sin(r), np.cos(p), np.sin(p), np.cos(y), np.sin(y)
        return cls(
            w=float(cr * cp * cy + sr * sp * sy),
            x=float(sr * cp * cy - cr * sp * sy),
            y=float(cr * sp * cy + sr * cp * sy),
            z=float(cr * cp * sy - sr * sp * cy),
        )

    def after(self, first: "Attitude") -> "Attitude":
        """The rotation that turns by `first` and then by this one (Hamilton's product)."""
        w, x, y, z = self.w, self.x, self.y, self.z
        return Attitude(
            w=w * first.w - x * first.x - y * first.y - z * first.z,
            x=w * first.x + x * first.w + y * first.z - z * first.y,
            y=w * first.y - x * first.z + y * first.w + z * first.x,
            z=w * first.z + x * first.y - y * first.x + z * first.w,
        )

    def matrix(self) -> Array:
        """(3, 3) rotation that takes body vectors into north-east-down."""
        w, x, y, z = self.w, self.x, self.y, self.z
        return np.array(
            [
                [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
            ]
        )

    def euler_deg(self) -> tuple[float, float, float]:
        """Roll, pitch and yaw in degrees; yaw in [0, 360)."""
        m = self.matrix()
        pitch = float(np.degrees(np.arcsin(np.clip(-m[2, 0], -1, 1))))
        roll = float(np.degrees(np.arctan2(m[2, 1], m[2, 2])))
        yaw = float(np.degrees(np.arctan2(m[1, 0], m[0, 0]))) % 360.0
        return roll, pitch, yaw


class ErrorEllipse(Noun):
    """The 95 % ellipse of a position on the ground; orientation is that of the major axis, clockwise from north."""

    semi_major_m: Annotated[float, Field(ge=0)]
    semi_minor_m: Annotated[float, Field(ge=0)]
    orientation_deg: float

    @classmethod
    def from_covariance(cls, covariance_m2: Array) -> Self:
        """From a (2, 2) covariance of east and north, in square metres."""
        values, vectors = np.linalg.eigh(covariance_m2)
        major = vectors[:, 1]
        return cls(
            semi_major_m=float(np.sqrt(CHI2_95_2D * max(values[1], 0.0))),
            semi_minor_m=float(np.sqrt(CHI2_95_2D * max(values[0], 0.0))),
            orientation_deg=float(np.degrees(np.arctan2(major[0], major[1]))) % 180.0,
        )

    def covariance(self) -> Array:
        """(2, 2) covariance of east and north, in square metres."""
        angle = np.radians(self.orientation_deg)
        major = np.array([np.sin(angle), np.cos(angle)])
        minor = np.array([np.cos(angle), -np.sin(angle)])
        spread = self.semi_major_m**2 * np.outer(major, major) + self.semi_minor_m**2 * np.outer(minor, minor)
        return np.asarray(spread / CHI2_95_2D, dtype=np.float64)

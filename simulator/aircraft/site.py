"""Where the aircraft flies: the plane round the place it was switched on at, the ground there, and its home."""

from missions.geometry import GeoPoint, LocalFrame
from simulator.aircraft.mission_item import RELATIVE_FRAMES, Item
from simulator.aircraft.vector import Vector


class Site:
    """Turns degrees into places over the plane and back. `home` is set at arming, as estimated then."""

    def __init__(self, origin: GeoPoint, ground_altitude_m: float) -> None:
        self.frame = LocalFrame(origin)
        self.ground_altitude_m = ground_altitude_m
        self.home = Vector()

    def place_of(self, item: Item) -> Vector:
        """Where an item lies."""
        up = item.z_m + self.home.up if item.frame in RELATIVE_FRAMES else item.z_m - self.ground_altitude_m
        return self.place(item.lat_deg, item.lon_deg, up)

    def place(self, lat_deg: float, lon_deg: float, up_m: float) -> Vector:
        """The place at degrees, `up_m` over the ground at the origin."""
        east, north = self.frame.to_xy(GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg))
        return Vector(east, north, up_m)

    def point(self, place: Vector) -> GeoPoint:
        """A place in degrees."""
        return self.frame.to_geo(place.east, place.north)

    def altitude_m(self, place: Vector) -> float:
        """A place's height above mean sea level."""
        return self.ground_altitude_m + place.up

"""What the files say of the ground must agree."""

import json

import pytest

from missions.catalog import load


def write(spoilt, file, collection):
    """Writes a collection back, one feature a line."""
    features = ",\n".join(json.dumps(f, ensure_ascii=False) for f in collection["features"])
    spoilt.write(file, '{"type": "FeatureCollection", "features": [\n' + features + "\n]}\n")


def add_route(spoilt, geometry, **properties):
    """Adds a fourth route of the given geometry."""
    routes = spoilt.collection("routes.geojson")
    given = routes["features"][1]["properties"] | {"id": "new"} | properties
    routes["features"].append({"type": "Feature", "properties": given, "geometry": geometry})
    write(spoilt, "routes.geojson", routes)


def zone_middle(spoilt):
    """The middle of the first no-fly zone and its id."""
    zone = spoilt.collection("airspace.geojson")["features"][1]
    ring = zone["geometry"]["coordinates"][0][:-1]
    return [sum(p[i] for p in ring) / len(ring) for i in (0, 1)], zone["properties"]["id"]


def test_route_outside_the_permitted_area(spoilt):
    """0.01 degrees of latitude beyond a line are about 1.1 km; the error says how far out the route is."""
    southmost = min(p.lat_deg for p in load(spoilt.directory).outline)
    lon = next(p.lon_deg for p in load(spoilt.directory).outline if p.lat_deg == southmost)
    add_route(spoilt, {"type": "Point", "coordinates": [lon, southmost - 0.01]}, radius_m=50, camera={"pitch_deg": -54.0})
    (error,) = spoilt.errors()
    assert error.startswith("routes.geojson: feature 4 (route new, line 5): geometry: lies up to 1")
    assert error.endswith(" m outside the permitted area")
    assert 1100 < int(error.split("up to ")[1].split(" m")[0]) < 1250


@pytest.mark.parametrize("kind", ["LineString", "Point", "MultiPoint"])
def test_route_into_a_no_fly_zone(spoilt, kind):
    """Any geometry that touches a zone is refused, with the zone's name."""
    middle, zone_id = zone_middle(spoilt)
    away = [middle[0] + 0.012, middle[1] - 0.004]
    coordinates = {"LineString": [away, middle], "Point": middle, "MultiPoint": [away, middle]}[kind]
    extra = {"LineString": {"width_m": 50}, "Point": {"radius_m": 50, "camera": {"pitch_deg": -54.0}}, "MultiPoint": {}}[kind]
    add_route(spoilt, {"type": kind, "coordinates": coordinates}, **extra)
    assert [e for e in spoilt.errors() if f"feature 4 (route new, line 5): geometry: enters the no-fly zone '{zone_id}'" in e]


def test_area_must_be_simple(spoilt):
    """A bow tie is no area."""
    lon, lat = 119.90, 31.80
    bow_tie = [[lon, lat], [lon + 0.002, lat + 0.002], [lon + 0.002, lat], [lon, lat + 0.002], [lon, lat]]
    add_route(spoilt, {"type": "Polygon", "coordinates": [bow_tie]})
    (error,) = spoilt.errors()
    assert "feature 4 (route new, line 5): geometry: is not a simple polygon (Self-intersection" in error


def test_line_must_have_a_length(spoilt):
    """The same point twice is no corridor."""
    add_route(spoilt, {"type": "LineString", "coordinates": [[119.9, 31.8], [119.9, 31.8]]}, width_m=50)
    assert [e for e in spoilt.errors() if e.endswith("feature 4 (route new, line 5): geometry: the line has no length")]


def test_orbit_sees_its_centre(spoilt):
    """From 70 m up and 70 m aside the centre is 45 degrees down; straight down misses it with a view of 43 degrees."""
    add_route(spoilt, {"type": "Point", "coordinates": [119.9, 31.8]}, radius_m=70, height_m=70, camera={"pitch_deg": -90.0})
    (error,) = spoilt.errors()
    assert error.endswith("properties.camera.pitch_deg: -90° misses the orbit's centre; it needs about -45°")


def test_dock_in_a_no_fly_zone(spoilt):
    """An aircraft could not leave it."""
    (lon, lat), zone_id = zone_middle(spoilt)
    spoilt.replace("docks.toml", "lat_deg = 31.7905, lon_deg = 119.8560", f"lat_deg = {lat:.6f}, lon_deg = {lon:.6f}")
    assert spoilt.errors() == [f"docks.toml: docks #1 (zouqu-town, line 4): point: lies in the no-fly zone '{zone_id}'"]


def test_dock_outside(spoilt):
    """A dock must lie where its aircraft may fly."""
    spoilt.replace("docks.toml", "lat_deg = 31.7905", "lat_deg = 31.9905")
    (error,) = spoilt.errors()
    assert "docks #1 (zouqu-town, line 4): point: lies up to" in error


def test_sub_districts_leave_no_gap(spoilt):
    """Every place of the district has a sub-district."""
    parts = spoilt.collection("sub_districts.geojson")
    parts["features"].pop(0)
    write(spoilt, "sub_districts.geojson", parts)
    (error,) = spoilt.errors()
    assert error.startswith("sub_districts.geojson: features: 50")
    assert error.endswith(" m² of the district belong to no sub-district")


def test_sub_districts_do_not_overlap(spoilt):
    """No place has two."""
    parts = spoilt.collection("sub_districts.geojson")
    parts["features"][1]["geometry"] = parts["features"][0]["geometry"]
    write(spoilt, "sub_districts.geojson", parts)
    assert [e for e in spoilt.errors() if "feature 2 (sub-district xinzha, line 3): geometry: overlaps feature 1" in e]


def test_sub_districts_stay_inside(spoilt):
    """A sub-district reaches no farther than the district."""
    outline = spoilt.collection("outline.geojson")
    outline["features"][0]["geometry"]["coordinates"] = [[[119.85, 31.75], [119.95, 31.75], [119.95, 31.80], [119.85, 31.75]]]
    write(spoilt, "outline.geojson", outline)
    assert [e for e in spoilt.errors() if e.endswith("m² lie outside the district's outline")]


def test_an_invalid_zone_is_named_and_nothing_is_judged_by_it(spoilt):
    """A crossed outline is one error, not one a route."""
    airspace = spoilt.collection("airspace.geojson")
    ring = airspace["features"][1]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    write(spoilt, "airspace.geojson", airspace)
    (error,) = spoilt.errors()
    assert "feature 2 (zone substation-xinzha, line 3): geometry.coordinates: is not a simple polygon" in error


def test_exactly_one_permitted_area(spoilt):
    """None, or two, leave open where to fly."""
    airspace = spoilt.collection("airspace.geojson")
    airspace["features"].append(airspace["features"][0])
    write(spoilt, "airspace.geojson", airspace)
    assert "airspace.geojson: features: expected exactly one feature of kind 'permitted', there are 2" in spoilt.errors()


def add_private(spoilt, ring, **properties):
    """Adds a zone that is not looked at."""
    airspace = spoilt.collection("airspace.geojson")
    given = {"kind": "private", "id": "school", "name": "School"} | properties
    geometry = {"type": "Polygon", "coordinates": [ring]}
    airspace["features"].append({"type": "Feature", "properties": given, "geometry": geometry})
    write(spoilt, "airspace.geojson", airspace)


YARD = [[119.9, 31.8], [119.901, 31.8], [119.901, 31.801], [119.9, 31.801], [119.9, 31.8]]


def test_private_zones_are_read(spoilt):
    """A feature of kind `private` is ground that is not looked at; flights may pass over it, and routes lead there."""
    add_private(spoilt, YARD)
    assert spoilt.errors() == []
    before, after = load().airspace, load(spoilt.directory).airspace
    (zone,) = after.private_zones
    assert (zone.id, zone.name, len(zone.outline)) == ("school", "School", 4)
    assert (before.private_zones, after.no_fly_zones) == ((), before.no_fly_zones)


def test_private_zones_must_be_simple(spoilt):
    """A bow tie says of no ground that it is private: it is refused, with its place."""
    add_private(spoilt, [YARD[0], YARD[2], YARD[1], YARD[3], YARD[0]])
    (error,) = spoilt.errors()
    assert error.startswith("airspace.geojson: feature ")
    assert "geometry.coordinates: is not a simple polygon" in error


def test_private_zones_have_ids_of_their_own(spoilt):
    """Two private zones of one id are refused."""
    add_private(spoilt, YARD)
    add_private(spoilt, YARD)
    (error,) = spoilt.errors()
    assert "'school' is used already by" in error


@pytest.mark.parametrize("properties", [{"kind": "privat"}, {"height_m": 20}])
def test_a_slip_in_a_private_zone_never_passes_unseen(spoilt, properties):
    """An unknown kind or key is refused: ground that somebody meant to protect must not be looked at for a slip."""
    add_private(spoilt, YARD, **properties)
    assert spoilt.errors()

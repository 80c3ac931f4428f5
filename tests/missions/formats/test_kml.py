"""KML and KMZ."""

import io
import time
import zipfile

import pytest

from missions.errors import FormatError
from missions.formats.draft import RouteDefaults
from missions.formats.kml import read_kml, read_kmz
from missions.route import Area, Corridor, Orbit


def kml(inside: str) -> bytes:
    """A document round Placemarks."""
    return f'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'.encode()


LINE = (
    "<Placemark><name>运河</name><LineString><coordinates>119.9,31.78,0 119.91,31.79,0</coordinates></LineString></Placemark>"
)
RING = "119.9,31.78 119.91,31.78 119.91,31.79 119.9,31.78"


def kmz(**entries: bytes) -> bytes:
    """An archive; __ in a name stands for a slash, _ for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def test_three_geometries(defaults: RouteDefaults) -> None:
    """A line is a corridor, a polygon an area with its holes, a point an orbit; names stay."""
    polygon = (
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing></outerBoundaryIs>"
        "<innerBoundaryIs><LinearRing><coordinates>119.905,31.781 119.906,31.781 119.906,31.782 119.905,31.781"
        "</coordinates></LinearRing></innerBoundaryIs></Polygon>"
    )
    point = "<Placemark><name>Chimney</name><Point><coordinates> 119.9,31.78 </coordinates></Point></Placemark>"
    routes = read_kml("all.kml", kml(LINE + f"<Folder><Placemark>{polygon}</Placemark></Folder>" + point), defaults).routes
    line, area, orbit = (route.geometry for route in routes)
    assert isinstance(line, Corridor)
    assert line.width_m == 50
    assert (line.line[1].lat_deg, line.line[1].lon_deg) == (31.79, 119.91)
    assert isinstance(area, Area)
    assert (len(area.outline), len(area.holes)) == (3, 1)
    assert isinstance(orbit, Orbit)
    assert orbit.radius_m == 30
    assert [route.name for route in routes] == ["运河", "all 2", "Chimney"]
    assert [route.id for route in routes] == ["all-1", "all-2", "all-3"]


def test_height_from_the_file(defaults: RouteDefaults) -> None:
    """Altitudes relative to the ground are the height; ExtendedData says more."""
    high = LINE.replace("<LineString>", "<LineString><altitudeMode>relativeToGround</altitudeMode>").replace(",0", ",95")
    data = "".join(f"<Data name='{key}'><value>{value}</value></Data>" for key, value in (("width_m", 80), ("height_m", 65)))
    told = LINE.replace("<LineString>", f"<ExtendedData>{data}</ExtendedData><LineString>")
    first, second = read_kml("h.kml", kml(high + told), defaults).routes
    assert first.height_m == 95
    assert second.height_m == 65
    assert isinstance(second.geometry, Corridor)
    assert second.geometry.width_m == 80


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"<kml><Document>", "line 1"),
        (b"<svg/>", "expected <kml>"),
        (kml(""), "nothing in it"),
        (kml(LINE.replace("119.91,31.79,0", "119.91;31.79")), "Placemark 1 (运河): coordinates #2"),
        (kml(LINE.replace("119.91,31.79,0", "nan,31.79")), "Placemark 1 (运河): coordinates #2"),
        (kml(LINE.replace("119.91,31.79,0", "")), "expected at least 2"),
        (kml(LINE.replace("31.79", "131.79")), "lat_deg"),
        (b'<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>', "<!DOCTYPE>: document types are not read"),
        (kml("<Placemark><Polygon></Polygon></Placemark>"), "outerBoundaryIs"),
    ],
)
def test_errors_name_their_place(content: bytes, where: str, defaults: RouteDefaults) -> None:
    """Broken XML, wrong coordinates, entity tricks: each names the file and the place."""
    with pytest.raises(FormatError) as caught:
        read_kml("bad.kml", content, defaults)
    assert caught.value.source == "bad.kml"
    assert where in str(caught.value)


def test_kmz_takes_its_document(defaults: RouteDefaults) -> None:
    """doc.kml is read, pictures beside it are not."""
    content = kmz(files__icon_png=b"\x89PNG", other_kml=kml(""), doc_kml=kml(LINE))
    assert read_kmz("a.kmz", content, defaults).routes[0].name == "运河"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"PK\x03\x04 no zip", "no sound zip"),
        (kmz(readme_txt=b"hello"), "no .kml"),
        (kmz(wpmz__waylines_wpml=b"<kml/>"), "WPML"),
        (kmz(doc_kml=b"<kml"), "doc.kml: line 1"),
        (kmz(doc_kml=b" " * (21 * 1024 * 1024)), "unpacks to more than"),
        (kmz(**{f"n{number}_txt": b"" for number in range(1001)}), "at most 1000"),
    ],
)
def test_bad_archives(content: bytes, where: str, defaults: RouteDefaults) -> None:
    """Broken, empty, foreign and exploding archives are refused by name."""
    with pytest.raises(FormatError, match=r"^a\.kmz") as caught:
        read_kmz("a.kmz", content, defaults)
    assert where in str(caught.value)


POINT = "<Point><coordinates>119.9,31.78</coordinates></Point>"


@pytest.mark.parametrize(
    ("nested", "where"),
    [
        ("<Placemark>" * 20_000 + POINT + "</Placemark>" * 20_000, "kml: Placemark: has a Placemark in it"),
        ("<Placemark>" + "<Point>" * 20_000 + POINT + "</Point>" * 20_000 + "</Placemark>", "has a Point in it"),
        (f"<Placemark><ExtendedData>{'<Data>' * 20_000}{'</Data>' * 20_000}</ExtendedData>{POINT}</Placemark>", "has a Data"),
        (
            f"<Placemark><Polygon>{'<outerBoundaryIs>' * 20_000}{'</outerBoundaryIs>' * 20_000}</Polygon></Placemark>",
            "has a outerBoundaryIs in it",
        ),
    ],
)
def test_what_must_not_nest_is_refused_at_once(nested: str, where: str, defaults: RouteDefaults) -> None:
    """Placemarks, geometries, data and rings within each other, 20,000 deep: one refusal, in the time of reading them once."""
    before = time.process_time()
    with pytest.raises(FormatError) as caught:
        read_kml("nested.kml", kml(nested), defaults)
    assert where in str(caught.value)
    assert time.process_time() - before < 5


def test_many_placemarks_are_each_read_once(defaults: RouteDefaults) -> None:
    """Two thousand Placemarks in folders within folders are two thousand routes."""
    inside = "".join(f"<Folder><Placemark>{POINT}</Placemark>" for _ in range(2000)) + "</Folder>" * 2000
    assert len(read_kml("many.kml", kml(inside), defaults).routes) == 2000


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("GBK", "gbk"),
        ("gb2312", "gb2312"),
        ("GB18030", "gb18030"),
        ("Big5", "big5"),
        ("UTF-16", "utf-16"),
        ("utf8", "utf-8-sig"),
    ],
)
def test_text_encodings_are_read(encoding: str, codec: str, defaults: RouteDefaults) -> None:
    """The encodings that Chinese programs write give the same name as UTF-8."""
    name = "运河" if codec != "big5" else "運河"
    content = kml(LINE.replace("运河", name)).decode().replace("UTF-8", encoding).encode(codec)
    (route,) = read_kml("a.kml", content, defaults).routes
    assert route.name == name


@pytest.mark.parametrize(
    ("content", "where"),
    [
        *[
            (kml(LINE).replace(b"UTF-8", name.encode()), f"encoding: '{name}' is not read; save the file as UTF-8")
            for name in ("hex", "rot13", "base64", "unicode_escape", "utf-7", "punycode", "idna", "undefined", "cp037", "nope")
        ],
        (kml(LINE).replace(b"UTF-8", b"GB18030").replace("运河".encode(), b"\xff\xff"), "line 1: is not GB18030 text; save"),
        (kml(LINE).replace("运河".encode(), b"\xd4\xcb"), "line 1: is not UTF-8 text; save the file as UTF-8"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE kml>\n' + kml(LINE).partition(b"?>")[2], "<!DOCTYPE>: document types are not read"),
    ],
)
def test_what_is_no_text_encoding_is_refused(content: bytes, where: str, defaults: RouteDefaults) -> None:
    """Python's codecs that are no character sets never run; the refusal says what to do."""
    with pytest.raises(FormatError) as caught:
        read_kml("a.kml", content, defaults)
    assert where in str(caught.value)


def test_names_over_several_lines_become_one(defaults: RouteDefaults) -> None:
    """XML that was laid out prettily still gives one line."""
    (route,) = read_kml("a.kml", kml(LINE.replace("运河", "运河\n      north")), defaults).routes
    assert route.name == "运河 north"

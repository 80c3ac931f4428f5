"""What a picture's XMP packet says, as names and texts: `drone-dji:GimbalYawDegree` -> `+45.00`."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from missions.formats.xml_document import parse_xml

_PREFIXES = (
    ("dji.com/drone-dji", "drone-dji"),
    ("pix4d.com/camera", "Camera"),
    ("sensefly.com/camera", "senseFly"),
    ("drone-parrot", "drone-parrot"),
    ("drone-skydio", "drone-skydio"),
    ("autel", "drone"),
    ("adobe.com/xap/1.0/mm", "xmpMM"),
    ("adobe.com/xap/1.0", "xmp"),
    ("adobe.com/camera-raw-settings", "crs"),
    ("adobe.com/tiff", "tiff"),
    ("adobe.com/exif", "exif"),
)
"""Part of a namespace's name, in lower case -> the prefix its makers write; their versions and slashes vary."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_START, _END = b"<x:xmpmeta", b"</x:xmpmeta>"


def read_xmp(source: str, packet: bytes) -> dict[str, str]:
    """Every property; those of a structure as `drone-skydio:CameraOrientationNED/Pitch`. Raises FormatError."""
    start, end = packet.find(_START), packet.find(_END)
    if start < 0 or end < 0:
        return {}
    root = parse_xml(source, packet[start : end + len(_END)])
    return {name: text for description in root.iter(f"{_RDF}Description") for name, text in _properties(description)}


def _properties(element: Element, above: str = "") -> Iterator[tuple[str, str]]:
    for name, text in element.attrib.items():
        if not name.startswith(_RDF):
            yield _named(above, name), text.strip()
    for child in element:
        name = _named(above, child.tag)
        text = (child.text or "").strip()
        if text:
            yield name, text
        yield from _properties(child, name)


def _named(above: str, tag: str) -> str:
    """Below a structure the local name is enough."""
    space, _, local = tag.rpartition("}")
    if above:
        return f"{above}/{local}"
    known = next((prefix for part, prefix in _PREFIXES if part in space.lower()), None)
    return f"{known or space.strip('{').rstrip('/').rpartition('/')[2]}:{local}"

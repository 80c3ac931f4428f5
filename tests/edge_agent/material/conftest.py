"""Photos made by the tests, with the tags that drones write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

Photo = Callable[..., Path]

DJI = {
    "drone-dji:AbsoluteAltitude": "+198.31",
    "drone-dji:RelativeAltitude": "+40.00",
    "drone-dji:GimbalRollDegree": "+0.00",
    "drone-dji:GimbalYawDegree": "+90.00",
    "drone-dji:GimbalPitchDegree": "-90.00",
}
"""What a DJI camera that looks straight down with the picture's top to the east writes."""

NAMESPACES = {
    "drone-dji": "http://www.dji.com/drone-dji/1.0/",
    "drone": "http://www.autelrobotics.com/drone/1.0/",
    "drone-parrot": "http://www.parrot.com/drone-parrot/1.0/",
    "drone-skydio": "https://www.skydio.com/drone-skydio/1.0/",
    "Camera": "http://pix4d.com/camera/1.0",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def xmp_packet(properties: dict[str, str], inside: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    written = " ".join(f'{name}="{text}"' for name, text in properties.items())
    return (
        '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {written}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def dms(degrees: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(abs(degrees) * 3600, 60)
    whole, minutes = divmod(minutes, 60)
    return float(whole), float(minutes), float(seconds)


@pytest.fixture
def make_photo(tmp_path: Path) -> Photo:
    """Writes a JPEG: size in pixels, position, EXIF tags and XMP properties as asked."""

    def make(
        name: str = "DJI_0001.JPG",
        *,
        size: tuple[int, int] = (400, 300),
        at: tuple[float, float] | None = (46.8426, -91.9946),
        exif: dict[int, Any] | None = None,
        xmp: dict[str, str] | None = None,
        inside: str = "",
    ) -> Path:
        tags = Image.Exif()
        told = {ExifTags.Base.Make: "DJI", ExifTags.Base.Model: "TEST", ExifTags.Base.Software: "v01.23.4920"}
        told |= {ExifTags.Base.DateTime: "2026:06:23 16:31:59"}
        told |= exif or {}
        main = {
            ExifTags.Base.Make,
            ExifTags.Base.Model,
            ExifTags.Base.Software,
            ExifTags.Base.DateTime,
            ExifTags.Base.Orientation,
        }
        for tag, value in told.items():
            (tags if tag in main else tags.get_ifd(ExifTags.IFD.Exif))[tag] = value
        if at is not None:
            tags.get_ifd(ExifTags.IFD.GPSInfo).update(
                {
                    ExifTags.GPS.GPSLatitudeRef: "N" if at[0] >= 0 else "S",
                    ExifTags.GPS.GPSLatitude: dms(at[0]),
                    ExifTags.GPS.GPSLongitudeRef: "E" if at[1] >= 0 else "W",
                    ExifTags.GPS.GPSLongitude: dms(at[1]),
                }
            )
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, (90, 120, 60)).save(path, exif=tags, xmp=xmp_packet(DJI if xmp is None else xmp, inside))
        return path

    return make

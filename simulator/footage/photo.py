"""A photo as a DJI enterprise drone writes it: JPEG with EXIF 2.32 and XMP of the namespace drone-dji.

Names and notations of the XMP: those in photos of DJI M3E and M30 (angles in degrees against north-east-down, `DewarpData`
as date;fx,fy,cx,cy,k1,k2,p1,p2,k3 in pixels, with the principal point counted from the middle).
"""

from fractions import Fraction
from io import BytesIO
from math import hypot

import cv2
from cv2.typing import MatLike
from PIL import Image, TiffImagePlugin

from missions.optics import Intrinsics
from simulator.footage.told import LOCAL_TIME, Told

MAKE, MODEL = "DJI", "OneFlight-Sim"
"""A model that no camera table knows: what is true of the picture must stand in the picture."""

FULL_FRAME_DIAGONAL_MM = 43.267
_JPEG_QUALITY = 92

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="DJI Meta Data"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/"
{lines}>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def photo(picture: MatLike, told: Told, lens: Intrinsics) -> bytes:
    """The JPEG of a picture (blue, green, red) with what is told of its pose and lens."""
    out = BytesIO()
    image = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    image.save(out, "JPEG", quality=_JPEG_QUALITY, exif=_exif(told, lens), xmp=_xmp(told, lens).encode())
    return out.getvalue()


def equivalent_mm(lens: Intrinsics) -> float:
    """The focal length's 35 mm equivalent by the diagonal (CIPA DCG-001) of a 4:3 sensor that the picture is cut out of."""
    return lens.fx_px / hypot(lens.width_px, lens.width_px * 3 / 4) * FULL_FRAME_DIAGONAL_MM


def _exif(told: Told, lens: Intrinsics) -> Image.Exif:
    local = told.at.astimezone(LOCAL_TIME)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = MAKE, MODEL, 1
    exif[0x0131], exif[0x0132] = "10.00.00.01", f"{local:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8769).update(
        {
            0x9003: f"{local:%Y:%m:%d %H:%M:%S}",
            0x9011: "+08:00",
            0x9291: f"{local.microsecond:06d}",
            0xA002: lens.width_px,
            0xA003: lens.height_px,
            0xA405: round(equivalent_mm(lens)),
        }
    )
    point = told.point
    exif.get_ifd(0x8825).update(
        {
            1: "N" if point.lat_deg >= 0 else "S",
            2: _degrees(abs(point.lat_deg)),
            3: "E" if point.lon_deg >= 0 else "W",
            4: _degrees(abs(point.lon_deg)),
            5: b"\x00" if told.altitude_m >= 0 else b"\x01",
            6: TiffImagePlugin.IFDRational(round(abs(told.altitude_m) * 1000), 1000),
        }
    )
    return exif


def _degrees(angle: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    """Degrees, minutes and ten-thousandths of a second (3 mm)."""
    seconds = Fraction(round(angle * 3600 * 10_000), 10_000)
    whole, rest = divmod(seconds, 3600)
    minutes, last = divmod(rest, 60)
    rational = TiffImagePlugin.IFDRational
    return rational(int(whole), 1), rational(int(minutes), 1), rational(last.numerator, last.denominator)


def _xmp(told: Told, lens: Intrinsics) -> str:
    north, east, down = told.velocity_mps
    bent = lens.distortion
    middle = (lens.cx_px - lens.width_px / 2, lens.cy_px - lens.height_px / 2)
    dewarp = (lens.fx_px, lens.fy_px, *middle, bent.k1, bent.k2, bent.p1, bent.p2, bent.k3)
    fields = {
        "tiff:Make": MAKE,
        "tiff:Model": MODEL,
        "drone-dji:Version": "1.6",
        "drone-dji:GpsStatus": "Normal",
        "drone-dji:GpsLatitude": f"{told.point.lat_deg:+.9f}",
        "drone-dji:GpsLongitude": f"{told.point.lon_deg:+.9f}",
        "drone-dji:AbsoluteAltitude": f"{told.altitude_m:+.3f}",
        "drone-dji:RelativeAltitude": f"{told.relative_altitude_m:+.3f}",
        "drone-dji:GimbalRollDegree": "+0.00",
        "drone-dji:GimbalYawDegree": f"{_signed(told.yaw_deg):+.2f}",
        "drone-dji:GimbalPitchDegree": f"{told.pitch_deg:+.2f}",
        "drone-dji:FlightRollDegree": "+0.00",
        "drone-dji:FlightYawDegree": f"{_signed(told.heading_deg):+.2f}",
        "drone-dji:FlightPitchDegree": "+0.00",
        "drone-dji:FlightXSpeed": f"{north:+.2f}",
        "drone-dji:FlightYSpeed": f"{east:+.2f}",
        "drone-dji:FlightZSpeed": f"{down:+.2f}",
        "drone-dji:UTCAtExposure": f"{told.at:%Y-%m-%dT%H:%M:%S.%f}",
        "drone-dji:CalibratedFocalLength": f"{lens.fx_px:.6f}",
        "drone-dji:CalibratedOpticalCenterX": f"{lens.cx_px:.6f}",
        "drone-dji:CalibratedOpticalCenterY": f"{lens.cy_px:.6f}",
        "drone-dji:DewarpData": "2026-05-01;" + ",".join(f"{value:.9f}" for value in dewarp),
        "drone-dji:DewarpFlag": "0",
        **_laser(told),
    }
    return _XMP.format(lines="\n".join(f'   {name}="{value}"' for name, value in fields.items()))


def _laser(told: Told) -> dict[str, str]:
    if told.range_m is None:
        return {}
    return {"drone-dji:LRFStatus": "Normal", "drone-dji:LRFTargetDistance": f"{told.range_m:.3f}"}


def _signed(angle_deg: float) -> float:
    return (angle_deg + 180.0) % 360.0 - 180.0

"""A photo's lens, from the best that is known of it: its own calibration, the camera table, EXIF. Says which.

Each reader gives intrinsics, where they come from, and how far the focal length may be off (1 sigma, as a share).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

from PIL import ExifTags

from edge_agent.material.camera_table import camera_of
from edge_agent.material.photo_tags import PhotoTags, finite
from missions.optics import Distortion, Intrinsics

LEFT_IN, DEWARPED = 0, 1
"""XMP DewarpFlag: 1 where the camera has taken the distortion out itself (user manual of Matrice 4, XMP list)."""

_MM_PER_UNIT = {2: 25.4, 3: 10.0, 4: 1.0, 5: 0.001}
"""FocalPlaneResolutionUnit: inch, centimetre; and millimetre, micrometre, which are not in the standard but in use."""


@dataclass(frozen=True, slots=True)
class Lens:
    """Intrinsics, with their source and the doubt about the focal length; `assumptions` for people."""

    intrinsics: Intrinsics
    source: str
    focal_share: float
    assumptions: tuple[str, ...] = ()


def read_lens(tags: PhotoTags) -> Lens | str:
    """The photo's lens, or in words why it is not known."""
    model_type = tags.xmp.get("Camera:ModelType", "perspective").lower()
    if model_type not in ("perspective", "brown"):
        return f"its lens is a {model_type}, which is not modelled"
    for reader in READERS:
        lens = reader(tags)
        if lens is not None:
            return lens
    return "nothing tells its focal length (no calibration, camera not in the table, no EXIF focal length)"


def dji_dewarp(tags: PhotoTags) -> Lens | None:
    """DewarpData: `date;fx,fy,cx,cy,k1,k2,p1,p2,k3` in pixels, with the centre from the picture's middle."""
    numbers = _numbers(tags.xmp.get("drone-dji:DewarpData", "").rpartition(";")[2])
    if len(numbers) != 9 or tags.xmp_number("drone-dji:DewarpFlag") == DEWARPED:
        return None
    fx, fy, cx, cy, k1, k2, p1, p2, k3 = numbers
    if not (_is_plausible(fx, tags) and _is_plausible(fy, tags)):
        return None
    centre = tags.xmp_number("drone-dji:CalibratedOpticalCenterX")
    share = _share_of_calibrated(tags, centre)
    intrinsics = Intrinsics(
        width_px=tags.width_px,
        height_px=tags.height_px,
        fx_px=fx * share,
        fy_px=fy * share,
        cx_px=tags.width_px / 2 + cx * share,
        cy_px=tags.height_px / 2 + cy * share,
        distortion=Distortion(k1=k1, k2=k2, p1=p1, p2=p2, k3=k3),
    )
    return Lens(intrinsics, "the camera's calibration (XMP DewarpData)", 0.002)


def dji_designed(tags: PhotoTags) -> Lens | None:
    """CalibratedFocalLength: "designed focal length of lens, unit: pixels"; so is a picture that was dewarped already."""
    focal = tags.xmp_number("drone-dji:CalibratedFocalLength")
    centre_x = tags.xmp_number("drone-dji:CalibratedOpticalCenterX")
    centre_y = tags.xmp_number("drone-dji:CalibratedOpticalCenterY")
    if focal is None or centre_x is None or centre_y is None or not _is_plausible(focal, tags):
        return None
    share = _share_of_calibrated(tags, centre_x)
    distortion, assumed = _left_distortion(tags)
    intrinsics = Intrinsics.pinhole(tags.width_px, tags.height_px, focal * share, distortion)
    if share == 1.0 and abs(2 * centre_y - tags.height_px) < 0.05 * tags.height_px:
        intrinsics = intrinsics.model_copy(update={"cx_px": centre_x, "cy_px": centre_y})
    return Lens(intrinsics, "the camera's designed focal length (XMP CalibratedFocalLength)", 0.005, assumed)


def skydio(tags: PhotoTags) -> Lens | None:
    """CalibratedFocalLength and CalibratedOpticalCenter in pixels; DewarpData holds k1, k2, k3."""
    fx, fy = tags.xmp_number("drone-skydio:CalibratedFocalLength/X"), tags.xmp_number("drone-skydio:CalibratedFocalLength/Y")
    cx = tags.xmp_number("drone-skydio:CalibratedOpticalCenter/X")
    cy = tags.xmp_number("drone-skydio:CalibratedOpticalCenter/Y")
    if fx is None or fy is None or cx is None or cy is None or not (_is_plausible(fx, tags) and _is_plausible(fy, tags)):
        return None
    radial = _numbers(tags.xmp.get("drone-skydio:DewarpData", ""))
    k1, k2, k3 = radial if len(radial) == 3 else (0.0, 0.0, 0.0)
    size = {"width_px": tags.width_px, "height_px": tags.height_px}
    intrinsics = Intrinsics(**size, fx_px=fx, fy_px=fy, cx_px=cx, cy_px=cy, distortion=Distortion(k1=k1, k2=k2, k3=k3))
    return Lens(intrinsics, "the camera's calibration (XMP of Skydio)", 0.002)


def pix4d(tags: PhotoTags) -> Lens | None:
    """Camera:PerspectiveFocalLength and PrincipalPoint in millimetres, PerspectiveDistortion `R1,R2,R3,T1,T2`."""
    focal_mm, per_mm = tags.xmp_number("Camera:PerspectiveFocalLength"), _focal_plane_px_per_mm(tags)
    if focal_mm is None or per_mm is None or not _is_plausible(focal_mm * per_mm, tags):
        return None
    numbers = _numbers(tags.xmp.get("Camera:PerspectiveDistortion", ""))
    k1, k2, k3, p1, p2 = numbers if len(numbers) == 5 else (0.0,) * 5
    lens = Intrinsics.pinhole(tags.width_px, tags.height_px, focal_mm * per_mm, Distortion(k1=k1, k2=k2, p1=p1, p2=p2, k3=k3))
    centre = [number * per_mm for number in _numbers(tags.xmp.get("Camera:PrincipalPoint", ""))]
    if len(centre) == 2:
        lens = lens.model_copy(update={"cx_px": centre[0], "cy_px": centre[1]})
    return Lens(lens, "the camera's calibration (XMP of Pix4D's namespace)", 0.005)


def table(tags: PhotoTags) -> Lens | None:
    """The sensor's size from the camera table, with the focal length that EXIF gives, or the table's own."""
    camera = camera_of(tags)
    if camera is None:
        return None
    focal_mm = _positive(tags.number(ExifTags.Base.FocalLength)) or camera.focal_mm
    if focal_mm is None:
        return None
    zoom, assumed = _digital_zoom(tags)
    distortion, left = _left_distortion(tags)
    focal_px = camera.focal_px(focal_mm, tags.width_px, tags.height_px) * zoom
    lens = Intrinsics.pinhole(tags.width_px, tags.height_px, focal_px, distortion)
    return Lens(lens, f"camera table: {camera.name}, {focal_mm:g} mm", 0.01, (*assumed, *left))


def exif_focal_plane(tags: PhotoTags) -> Lens | None:
    """Focal length in millimetres times the sensor's pixels per millimetre."""
    focal_mm, per_mm = _positive(tags.number(ExifTags.Base.FocalLength)), _focal_plane_px_per_mm(tags)
    if focal_mm is None or per_mm is None or not _is_plausible(focal_mm * per_mm, tags):
        return None
    zoom, assumed = _digital_zoom(tags)
    return Lens(
        _pinhole(tags, focal_mm * per_mm * zoom), f"EXIF focal length {focal_mm:g} mm and sensor resolution", 0.02, assumed
    )


def exif_35mm(tags: PhotoTags) -> Lens | None:
    """FocalLengthIn35mmFilm, which is rounded to millimetres."""
    equivalent_mm = _positive(tags.number(ExifTags.Base.FocalLengthIn35mmFilm))
    return None if equivalent_mm is None else of_35mm(tags.width_px, tags.height_px, equivalent_mm)


def of_35mm(width_px: int, height_px: int, equivalent_mm: float) -> Lens:
    """By the diagonal of the sensor, which for a 16:9 picture is not the picture's: it is cut out of a 4:3 sensor."""
    long, short = max(width_px, height_px), min(width_px, height_px)
    is_wide = long / short > 1.6
    diagonal_px = hypot(long, long * 3 / 4) if is_wide else hypot(long, short)
    assumed = (f"a {long} x {short} picture is cut out of a 4:3 sensor at its full width",) if is_wide else ()
    lens = Intrinsics.pinhole(width_px, height_px, equivalent_mm / hypot(36.0, 24.0) * diagonal_px)
    return Lens(lens, f"EXIF 35 mm equivalent {equivalent_mm:g} mm", 0.05 if is_wide else 0.03, assumed)


READERS: tuple[Callable[[PhotoTags], Lens | None], ...] = (
    dji_dewarp,
    skydio,
    dji_designed,
    pix4d,
    table,
    exif_focal_plane,
    exif_35mm,
)
"""Best first."""


def _pinhole(tags: PhotoTags, focal_px: float) -> Intrinsics:
    return Intrinsics.pinhole(tags.width_px, tags.height_px, focal_px)


def _left_distortion(tags: PhotoTags) -> tuple[Distortion, tuple[str, ...]]:
    """What a camera leaves in its pictures without telling it, as the table knows it; for people."""
    if tags.xmp_number("drone-dji:DewarpFlag") != LEFT_IN:
        return Distortion(), ()
    camera = camera_of(tags)
    if camera is None or camera.distortion is None:
        return Distortion(), ("the picture's distortion is not corrected and not told: taken as none",)
    return camera.distortion, (f"distortion of the camera table: {camera.name}",)


def _digital_zoom(tags: PhotoTags) -> tuple[float, tuple[str, ...]]:
    """EXIF: 0 means that none was used."""
    ratio = tags.number(ExifTags.Base.DigitalZoomRatio)
    if ratio is None or not 1.0 < ratio < 100.0:
        return 1.0, ()
    return ratio, (f"digital zoom of {ratio:g} enlarges the picture's middle",)


def _focal_plane_px_per_mm(tags: PhotoTags) -> float | None:
    per_unit = _positive(tags.number(ExifTags.Base.FocalPlaneXResolution))
    unit = tags.number(ExifTags.Base.FocalPlaneResolutionUnit)
    mm = _MM_PER_UNIT.get(int(unit)) if unit is not None else None
    return None if per_unit is None or mm is None else per_unit / mm


def _share_of_calibrated(tags: PhotoTags, centre_x_px: float | None) -> float:
    """How much smaller the picture is than the one calibrated, whose middle the optical centre is near."""
    if centre_x_px is None or centre_x_px <= 0 or abs(2 * centre_x_px / tags.width_px - 1) < 0.05:
        return 1.0
    return tags.width_px / (2 * centre_x_px)


def _is_plausible(focal_px: float, tags: PhotoTags) -> bool:
    """Between a 150 degree lens and a telescope."""
    return 0.1 * tags.width_px < focal_px < 50 * tags.width_px


def _positive(number: float | None) -> float | None:
    return number if number is not None and number > 0 else None


def _numbers(text: str) -> list[float]:
    """All of a list separated by commas; empty where one of them is none."""
    numbers = [finite(part) for part in text.split(",")]
    return [number for number in numbers if number is not None] if None not in numbers else []

"""A photo's focal length in pixels, by the best source, which is named."""

import pytest
from PIL import ExifTags

from edge_agent.material.lens import Lens, read_lens
from edge_agent.material.photo_tags import read_tags
from tests.edge_agent.material.conftest import DJI, Photo

DEWARP = "2018-09-04;366.0,367.0,1.0,2.5,-0.268,0.114,0.00001,-0.00004,-0.035"


def lens_of(make_photo: Photo, **how: object) -> Lens:
    lens = read_lens(read_tags(make_photo(**how)))
    assert isinstance(lens, Lens)
    return lens


def test_calibration_counts_its_centre_from_the_pictures_middle(make_photo: Photo) -> None:
    """DewarpData: fx, fy, cx, cy, k1, k2, p1, p2, k3 (user manual of Matrice 4)."""
    lens = lens_of(make_photo, xmp={**DJI, "drone-dji:DewarpData": DEWARP, "drone-dji:DewarpFlag": "0"})
    found = lens.intrinsics
    assert (found.fx_px, found.fy_px, found.cx_px, found.cy_px) == (366.0, 367.0, 201.0, 152.5)
    assert (found.distortion.k1, found.distortion.k2, found.distortion.k3) == (-0.268, 0.114, -0.035)
    assert (found.distortion.p1, found.distortion.p2) == (0.00001, -0.00004)
    assert "DewarpData" in lens.source


def test_dewarped_picture_is_a_pinholes(make_photo: Photo) -> None:
    """DewarpFlag 1: the camera took the distortion out; the designed focal length holds."""
    tags = {**DJI, "drone-dji:DewarpData": DEWARP, "drone-dji:DewarpFlag": "1"}
    tags |= {f"drone-dji:Calibrated{name}": text for name, text in (("FocalLength", "370"), ("OpticalCenterX", "200"))}
    lens = lens_of(make_photo, xmp={**tags, "drone-dji:CalibratedOpticalCenterY": "150"})
    assert lens.intrinsics.fx_px == 370
    assert lens.intrinsics.distortion.k1 == 0
    assert "designed" in lens.source


def test_distortion_that_is_left_in_but_not_told_comes_from_the_table(make_photo: Photo) -> None:
    """DewarpFlag 0 without DewarpData: an M3E's is known; of another camera it is said that it is not."""
    tags = {**DJI, "drone-dji:DewarpFlag": "0", "drone-dji:CalibratedFocalLength": "3713.29"}
    tags |= {"drone-dji:CalibratedOpticalCenterX": "2640", "drone-dji:CalibratedOpticalCenterY": "1978"}
    known = lens_of(make_photo, size=(5280, 3956), xmp=tags, exif={ExifTags.Base.Model: "M3E"})
    assert known.intrinsics.distortion.k1 == -0.111398
    other = lens_of(make_photo, size=(5280, 3956), xmp=tags)
    assert other.intrinsics.distortion.k1 == 0
    assert "not told" in other.assumptions[0]


def test_crop_to_wide_keeps_the_sensors_focal_length(make_photo: Photo) -> None:
    """FC300S: 3.61 mm over 6.3175 mm is 2285.7 of 4000 pixels, in the whole picture and in the 16:9 crop."""
    tags = {ExifTags.Base.Model: "FC300S", ExifTags.Base.FocalLength: 3.61, ExifTags.Base.FocalLengthIn35mmFilm: 20}
    for size in ((4000, 3000), (4000, 2250)):
        lens = lens_of(make_photo, size=size, exif=tags)
        assert lens.intrinsics.fx_px == pytest.approx(2285.7, abs=0.1)
        assert "camera table: DJI Phantom 3" in lens.source


def test_halved_picture_of_a_known_camera_has_half_the_focal_length(make_photo: Photo) -> None:
    """M3T writes 8000 x 6000 and 4000 x 3000 of one sensor: 4.4 mm over 6.4309 mm of 4000 pixels."""
    lens = lens_of(make_photo, size=(4000, 3000), exif={ExifTags.Base.Model: "M3T", ExifTags.Base.FocalLength: 4.4})
    assert lens.intrinsics.fx_px == pytest.approx(4.4 / 6.4309 * 4000)


def test_lenses_of_one_model_are_told_apart_by_their_source(make_photo: Photo) -> None:
    """An M3T's infrared picture of 640 x 512 uses the thermal lens: 9.1 mm over 12 micrometres a pixel."""
    tags = {ExifTags.Base.Model: "M3T"}
    lens = lens_of(make_photo, size=(640, 512), exif=tags, xmp={**DJI, "drone-dji:ImageSource": "InfraredCamera"})
    assert lens.intrinsics.fx_px == pytest.approx(9.1 / 0.012)


def test_35_mm_equivalent_goes_by_the_sensors_diagonal(make_photo: Photo) -> None:
    """24 mm of a 43.27 mm diagonal: 277.35 pixels of 500; a 16:9 picture of the same width has the same, not 254.6."""
    whole = lens_of(make_photo, size=(400, 300), exif={ExifTags.Base.FocalLengthIn35mmFilm: 24})
    wide = lens_of(make_photo, size=(400, 225), exif={ExifTags.Base.FocalLengthIn35mmFilm: 24})
    assert whole.intrinsics.fx_px == pytest.approx(277.35, abs=0.01)
    assert wide.intrinsics.fx_px == pytest.approx(277.35, abs=0.01)
    assert "4:3 sensor" in wide.assumptions[0]
    assert wide.focal_share > whole.focal_share


def test_sensor_resolution_of_exif_gives_the_focal_length(make_photo: Photo) -> None:
    """10 mm at 50 pixels a millimetre (500 a centimetre)."""
    tags = {
        ExifTags.Base.FocalLength: 10.0,
        ExifTags.Base.FocalPlaneXResolution: 500.0,
        ExifTags.Base.FocalPlaneResolutionUnit: 3,
    }
    assert lens_of(make_photo, exif=tags).intrinsics.fx_px == pytest.approx(500.0)


def test_digital_zoom_enlarges(make_photo: Photo) -> None:
    """A ratio of 2 doubles the focal length in pixels, and is said."""
    tags = {ExifTags.Base.Model: "FC300S", ExifTags.Base.FocalLength: 3.61, ExifTags.Base.DigitalZoomRatio: 2.0}
    lens = lens_of(make_photo, size=(4000, 3000), exif=tags)
    assert lens.intrinsics.fx_px == pytest.approx(2 * 2285.7, abs=0.2)
    assert "digital zoom of 2" in lens.assumptions[0]


def test_photo_that_tells_no_focal_length_says_so(make_photo: Photo) -> None:
    """No lens is made up."""
    assert "nothing tells its focal length" in str(read_lens(read_tags(make_photo())))


def test_fisheye_is_refused(make_photo: Photo) -> None:
    """A lens that is not modelled is not taken for a pinhole."""
    assert "fisheye" in str(read_lens(read_tags(make_photo(xmp={"Camera:ModelType": "fisheye"}))))

"""`oneflight locate`: where on the ground a pixel of a photo, or of a video's frame, is."""

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from edge_agent.geolocate import AboveHorizon, GroundFix, NoGround, locate_many
from edge_agent.material.camera_file import example_camera_file, read_camera_file
from edge_agent.material.given import AltitudeIs, Given
from edge_agent.material.material import PICTURES
from edge_agent.material.photo import read_photo
from edge_agent.material.video import Film, is_video, open_film
from edge_agent.material.written import read_pair, read_place
from edge_agent.placement.boresight import read_boresight
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.shot import Shot
from missions.errors import InvalidInput
from missions.formats.geotiff import read_elevation

app = typer.Typer(add_completion=False)


def _print_example(wanted: bool) -> None:
    if wanted:
        typer.echo(example_camera_file(), nl=False)
        raise typer.Exit


@app.command()
def locate(
    picture: Annotated[str, typer.Argument(help="a photo, or a video's frame as VIDEO#FRAME, counted from 1")],
    pixel: Annotated[list[str], typer.Option(help="X,Y from the upper left corner of the picture as stored; may be repeated")],
    camera: Annotated[
        Path | None, typer.Option(help="pose, lens, accuracy that the picture does not tell (TOML, JSON)")
    ] = None,
    terrain: Annotated[Path | None, typer.Option(help="heights of the ground (GeoTIFF), from the altitudes' zero")] = None,
    ground_elevation: Annotated[float | None, typer.Option(help="metres of level ground, from the altitudes' zero")] = None,
    take_off: Annotated[str | None, typer.Option(help="LAT,LON of the take-off: ties relative altitudes to --terrain")] = None,
    time: Annotated[float | None, typer.Option(min=0, help="seconds into a video, in place of #FRAME")] = None,
    assume_nadir: Annotated[bool, typer.Option("--assume-nadir", help="without angles: it looked straight down")] = False,
    gimbal_pitch: Annotated[float | None, typer.Option(min=-180, max=180, help="pitch of a video without angles")] = None,
    near: Annotated[str | None, typer.Option(help="LAT,LON of a place nearby, which tells latitude from longitude")] = None,
    altitude_is: Annotated[AltitudeIs | None, typer.Option(help="of what a video's [altitude] is that does not say so")] = None,
    boresight: Annotated[Path | None, typer.Option(help="how the camera really looks (`oneflight calibrate`)")] = None,
    camera_example: Annotated[
        bool, typer.Option("--camera-example", is_eager=True, callback=_print_example, help="print a camera file and end")
    ] = False,
) -> None:
    """Print lat, lon, alt_m, ellipse_95_m {semi_major, semi_minor, orientation_deg} and assumptions as JSON.

    A list for several pixels. Exit code 2, with the file and the cause, where a pixel cannot be placed.
    """
    given = Given(
        camera=read_camera_file(camera) if camera is not None else None,
        assume_nadir=assume_nadir,
        gimbal_pitch_deg=gimbal_pitch,
        near=read_place("--near", near),
        altitude_is=altitude_is,
        boresight=read_boresight(boresight) if boresight is not None else None,
    )
    heights = Heights(
        terrain=read_elevation(terrain) if terrain is not None else None,
        ground_altitude_m=ground_elevation,
        take_off=read_place("--take-off", take_off),
    )
    pixels = [read_pair("--pixel", text) for text in pixel]
    placed = _placed(_shot(picture, time, given), pixels, heights)
    typer.echo(json.dumps(placed[0] if len(placed) == 1 else placed, indent=2, ensure_ascii=False))


def _shot(picture: str, time_s: float | None, given: Given) -> Shot:
    path = Path(picture)
    if path.suffix.lower() in PICTURES or (path.exists() and not is_video(path)):
        return read_photo(path, given)
    name, _, number = picture.partition("#")
    film = open_film(Path(name if is_video(Path(name)) else picture), given)
    return film.shot(_number(film, number, time_s))


def _number(film: Film, written: str, time_s: float | None) -> int:
    if time_s is None and not (written.isascii() and written.isdecimal()):
        raise InvalidInput(str(film.path), "frame", "which frame is not said: VIDEO#FRAME, or --time SECONDS")
    number = 1 + round(time_s * film.frames_per_s) if time_s is not None else int(written)
    if not 1 <= number <= film.count:
        raise InvalidInput(str(film.path), f"frame {number}", f"it does not have: it has {film.count} frames, counted from 1")
    return number


def _placed(shot: Shot, pixels: list[tuple[float, float]], heights: Heights) -> list[dict[str, Any]]:
    view = CameraView.of(shot)
    size = (view.intrinsics.width_px, view.intrinsics.height_px)
    for x, y in pixels:
        if not (0 <= x <= size[0] and 0 <= y <= size[1]):
            raise InvalidInput(shot.name, f"pixel {x:g},{y:g}", f"lies outside the picture of {size[0]} x {size[1]} pixels")
    return [_told(shot, pixel, fix) for pixel, fix in zip(pixels, locate_many(np.array(pixels), view, heights), strict=True)]


def _told(shot: Shot, pixel: tuple[float, float], fix: GroundFix | AboveHorizon | NoGround) -> dict[str, Any]:
    if not isinstance(fix, GroundFix):
        raise InvalidInput(shot.name, f"pixel {pixel[0]:g},{pixel[1]:g}", fix.reason)
    return {**fix.as_json(), "pixel": list(pixel), **({"flags": list(shot.flags)} if shot.flags else {})}

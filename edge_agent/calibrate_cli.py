"""`oneflight calibrate`: how a camera really looks on its aircraft, from marked points whose places are known."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from edge_agent.geolocate import place_pixels
from edge_agent.material.camera_file import read_camera_file
from edge_agent.material.given import Given
from edge_agent.material.photo import camera_name, read_photo
from edge_agent.material.photo_tags import read_tags
from edge_agent.material.points import KnownPoint, read_points
from edge_agent.placement.boresight import Boresight, write_boresight
from edge_agent.placement.calibration import Calibrated, Marked, calibrate
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from missions.errors import InvalidInput
from missions.formats.geotiff import read_elevation
from missions.geometry import Array, GeoPoint, LocalFrame

app = typer.Typer(add_completion=False)


@app.command()
def calibrate_camera(
    points: Annotated[Path, typer.Option(help="CSV photo,u,v,lat,lon[,alt_m], or GeoJSON; photos lie beside it")],
    camera: Annotated[Path | None, typer.Option(help="lens, accuracy that the photos do not tell (TOML, JSON)")] = None,
    terrain: Annotated[Path | None, typer.Option(help="heights of the ground (GeoTIFF), from the altitudes' zero")] = None,
    ground_elevation: Annotated[float | None, typer.Option(help="metres of level ground, from the altitudes' zero")] = None,
    aircraft: Annotated[str | None, typer.Option(help="id of the aircraft that carries the camera")] = None,
    out: Annotated[Path, typer.Option(help="where the boresight is written")] = Path("boresight.json"),
) -> None:
    """Estimate the yaw, pitch, roll and scale error of a camera; print each with its sigma, and each point's residual."""
    given = Given(camera=read_camera_file(camera) if camera is not None else None)
    heights = Heights(read_elevation(terrain) if terrain is not None else None, ground_elevation)
    known = _by_photo(points)
    names = {camera_name(read_tags(photo)) for photo in known}
    if len(names) > 1:
        raise InvalidInput(str(points), "photo", f"points are of several cameras ({', '.join(sorted(names))}): one at a time")
    found = calibrate([_marked(CameraView.of(read_photo(photo, given)), at, heights) for photo, at in known.items()])
    before_px, after_px = found.rms_px()
    boresight = Boresight(
        aircraft=aircraft,
        camera=names.pop() if names else "",
        made_at=datetime.now(UTC),
        error=found.error,
        sigma=found.sigma,
        untold=found.untold,
        points=len(found.after_px),
        rms_before_px=before_px,
        rms_after_px=after_px,
    )
    write_boresight(boresight, out)
    _tell(boresight, found, [point for at in known.values() for point in at])


def _by_photo(path: Path) -> dict[Path, list[KnownPoint]]:
    photos: dict[Path, list[KnownPoint]] = defaultdict(list)
    for point in read_points(path):
        photos[path.parent / point.photo].append(point)
    if not photos:
        raise InvalidInput(str(path), "", "holds no point")
    return photos


def _marked(view: CameraView, points: list[KnownPoint], heights: Heights) -> Marked:
    pixels = np.array([(point.u, point.v) for point in points])
    places = place_pixels(pixels, view, heights)
    _, sigmas_m = places.ground()
    plane = LocalFrame(view.pose.point)
    east_north = plane.to_xy_many(GeoPoint(lat_deg=point.lat, lon_deg=point.lon) for point in points)
    down_m = np.array([_down_m(view, point, float(sight[2])) for point, sight in zip(points, places.sights_m, strict=True)])
    sights_m: Array = np.column_stack([east_north[:, 1], east_north[:, 0], down_m])
    known_m = sigmas_m[~np.isnan(sigmas_m)]
    return Marked(view, pixels, sights_m, float(known_m.mean()) if known_m.size else view.accuracy.height_m)


def _down_m(view: CameraView, point: KnownPoint, on_ground_m: float) -> float:
    """From the camera down to a point: by its own altitude, else to the ground that its pixel shows."""
    if point.alt_m is not None and view.pose.altitude_m is not None:
        return view.pose.altitude_m - point.alt_m
    if np.isnan(on_ground_m):
        raise InvalidInput(
            point.photo, f"{point.u:g},{point.v:g}", "no height is known there; alt_m, or --ground-elevation, tells it"
        )
    return on_ground_m


def _tell(boresight: Boresight, found: Calibrated, points: list[KnownPoint]) -> None:
    error, sigma = boresight.error, boresight.sigma
    for name in ("yaw", "pitch", "roll"):
        untold = "  (the points do not tell: near zero by what was assumed)" if name in found.untold else ""
        typer.echo(f"{name:5} {getattr(error, name + '_deg'):+8.3f}° +- {getattr(sigma, name + '_deg'):.3f}°{untold}")
    untold = "  (the points do not tell: near zero by what was assumed)" if "scale" in found.untold else ""
    typer.echo(f"scale {error.scale:+8.3%} +- {sigma.scale:.3%}{untold}")
    for point, off_px, is_outlier in zip(points, found.after_px, found.is_outlier, strict=True):
        odd = "  outlier: look at its mark and place" if is_outlier else ""
        typer.echo(f"{point.photo} {point.u:g},{point.v:g}: {np.hypot(*off_px):.1f} px{odd}")
    typer.echo(f"{boresight.points} points, rms {boresight.rms_before_px:.1f} px before, {boresight.rms_after_px:.1f} px after")

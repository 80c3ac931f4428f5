"""`oneflight inspect`: looks at photos, a video or a log for what a district's departments ask for, and reports it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from missions.errors import OneFlightError

if TYPE_CHECKING:
    from edge_agent.inspection.result import Result

app = typer.Typer(add_completion=False)

LEFT_OUT, DISK_FULL, OF_SIGNAL = 3, 4, 128


@app.command()
def inspect(
    path: Annotated[Path, typer.Argument(help="A folder of photos, a photo, a video with its .SRT, or a log with pictures.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, findings and evidence; an inspection is taken up there.")],
    camera: Annotated[
        Path | None, typer.Option(help="File with a lens, a pose or accuracies that the material does not tell.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Name or path of the model; none: the one that comes with OneFlight.")
    ] = None,
    mask_models: Annotated[str, typer.Option(help="Models of faces or plates of your own, with commas between.")] = "",
    classes: Annotated[str, typer.Option(help="Classes to look for, with commas between; none: all.")] = "",
    categories: Annotated[str, typer.Option(help="Categories to look for, with commas between.")] = "",
    terrain: Annotated[Path | None, typer.Option(help="Heights of the ground (GeoTIFF).")] = None,
    ground_elevation: Annotated[
        float | None, typer.Option(help="Height of level ground, metres, as the altitudes count.")
    ] = None,
    fps: Annotated[float, typer.Option(min=0.01, max=60, help="Frames of a video looked at in each second.")] = 1.0,
    every: Annotated[float | None, typer.Option(min=0.1, help="A frame every so many metres flown, not --fps.")] = None,
    assume_nadir: Annotated[bool, typer.Option(help="Pictures without camera angles looked straight down.")] = False,
    gimbal_pitch: Annotated[float | None, typer.Option(min=-180, max=180, help="Pitch of a video without angles.")] = None,
    near: Annotated[str | None, typer.Option(help="LAT,LON nearby: tells a video's latitude from longitude.")] = None,
    utc_offset: Annotated[float | None, typer.Option(min=-14, max=14, help="Hours, of clocks that tell no zone.")] = None,
    altitude_is: Annotated[str | None, typer.Option(help="Of what a video's [altitude] is: absolute or relative.")] = None,
    boresight: Annotated[Path | None, typer.Option(help="How the camera really looks (`oneflight calibrate`).")] = None,
    max_error: Annotated[
        float, typer.Option(min=0.1, help="Metres; what is seen with a larger 95 % ellipse is not placed.")
    ] = 15.0,
    catalog: Annotated[Path | None, typer.Option(help="A district's directory; none: the shipped example.")] = None,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Processor threads for the network.")] = 2,
    fresh: Annotated[bool, typer.Option(help="Begin anew, whatever was done in --out before.")] = False,
) -> None:
    """Look at photos, a video or a log; write findings (GeoJSON, CSV), evidence, and report.html.

    Exit code 0: everything was looked at; 2: bad input; 3: something was left out (listed); 4: the disk is full;
    130, 143: stopped. After 4, 130 and 143 the same command goes on where it was.
    """
    from rich.console import Console

    from edge_agent.inspection.classes import Asked
    from edge_agent.inspection.program import Order, run
    from edge_agent.inspection.state import DiskFull
    from edge_agent.inspection.stopping import Stopped
    from edge_agent.material.given import Given
    from edge_agent.material.written import read_altitude_is, read_place
    from edge_agent.placement.boresight import read_boresight

    order = Order(
        path=path,
        out=out,
        asked=Asked(_words(classes), _words(categories)),
        camera=camera,
        model=model,
        mask_models=_words(mask_models),
        terrain=terrain,
        ground_elevation_m=ground_elevation,
        given=Given(
            assume_nadir=assume_nadir,
            gimbal_pitch_deg=gimbal_pitch,
            near=read_place("--near", near),
            frames_per_s=fps,
            every_m=every,
            utc_offset_h=utc_offset,
            altitude_is=read_altitude_is("--altitude-is", altitude_is),
            boresight=read_boresight(boresight) if boresight is not None else None,
        ),
        max_error_m=max_error,
        catalog=catalog,
        threads=threads,
        fresh=fresh,
    )
    try:
        result = run(order, Console(stderr=True))
    except DiskFull as error:
        raise _ended(error, DISK_FULL) from error
    except Stopped as error:
        raise _ended(error, OF_SIGNAL + error.signal_number) from error
    _tell(result, out)
    raise typer.Exit(0 if result.is_complete else LEFT_OUT)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _ended(error: OneFlightError, code: int) -> typer.Exit:
    typer.echo(f"oneflight: {error}", err=True)
    return typer.Exit(code)


def _tell(result: "Result", out: Path) -> None:
    """What was left out on standard error, the result on standard output."""
    from edge_agent.inspection.output import REPORT
    from edge_agent.inspection.result import Fate

    for shortfall in result.shortfalls():
        typer.echo(f"oneflight: {shortfall}", err=True)
    if not result.not_seen.is_empty:
        typer.echo(f"oneflight: {result.not_seen.area:.0f} m² of ground were seen on no picture", err=True)
    counts = ", ".join(f"{len(result.of_fate(fate))} {fate}" for fate in Fate if result.of_fate(fate))
    typer.echo(f"{len(result.pictures)} pictures: {counts}; {len(result.found)} findings: {out / REPORT}")

"""`oneflight simulate ...`: the simulated world, its cameras, and pictures to train on."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Simulated world, aircraft and cameras")

Catalog = Annotated[Path | None, typer.Option("--catalog", help="a district's directory; left out: the shipped example")]


@app.callback()
def simulate() -> None:
    """Participants on the wire that stand in for the real world."""


@app.command()
def dataset(
    out: Annotated[Path, typer.Option(help="directory to write; a broken run into it is taken up again")],
    images: Annotated[int, typer.Option(min=1)],
    size: Annotated[int, typer.Option(min=64, max=1280, help="pixels a side")] = 320,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    gsd_min: Annotated[float, typer.Option(min=0.02, max=2, help="metres of ground a pixel")] = 0.10,
    gsd_max: Annotated[float, typer.Option(min=0.02, max=2, help="metres of ground a pixel")] = 0.30,
    oblique_share: Annotated[float, typer.Option(min=0, max=1, help="of the pictures that look aslant")] = 0.2,
    empty_share: Annotated[float, typer.Option(min=0, max=1, help="of the pictures without matters; 1: clutter alone")] = 0.1,
    matters: Annotated[tuple[int, int], typer.Option(help="things to find a picture, from and to")] = (3, 7),
    clutter: Annotated[tuple[int, int], typer.Option(help="things that resemble them, from and to")] = (0, 3),
    passers: Annotated[tuple[int, int], typer.Option(help="people and vehicles, from and to")] = (0, 5),
    val_share: Annotated[float, typer.Option(min=0, max=1)] = 0.1,
    test_share: Annotated[float, typer.Option(min=0, max=1)] = 0.1,
    processes: Annotated[int, typer.Option(min=1, max=64)] = 2,
    catalog: Catalog = None,
) -> None:
    """Render a YOLO data set of the catalogue's detector classes, people and vehicles, under many conditions."""
    from rich.progress import track

    from missions.catalog import load
    from missions.geometry import LocalFrame
    from simulator.dataset.folder import write_dataset
    from simulator.dataset.options import DatasetOptions
    from simulator.world.painters.register import AUXILIARY
    from simulator.world.planting import ground_lines, middle_of
    from simulator.world.renderer import strips_of

    district = load(catalog)
    lines, frame = ground_lines(district), LocalFrame(middle_of(district))
    options = DatasetOptions(
        size_px=size,
        seed=seed,
        gsd_m=(gsd_min, gsd_max),
        class_keys=(*district.detector_classes, *AUXILIARY),
        oblique_share=oblique_share,
        matters=matters,
        clutter=clutter,
        passers=passers,
        empty_share=empty_share,
        waters=strips_of("water", lines, frame),
        roads=strips_of("road", lines, frame),
        val_share=val_share,
        test_share=test_share,
    )
    for _ in track(write_dataset(out, images, options, processes=processes), "rendering", total=images):
        pass
    typer.echo(f"{out / 'data.yaml'}: {images} pictures of {len(options.class_keys)} classes")


@app.command()
def footage(
    out: Annotated[Path, typer.Option(help="folder for material/, truth.json and camera.toml")],
    kind: Annotated[
        str, typer.Option(help="photos (EXIF and XMP), video (.MP4 and .SRT) or log (.tlog and photos)")
    ] = "photos",
    pattern: Annotated[
        str, typer.Option(help="lawnmower or line over a square; aimed: many short flights, each over one matter")
    ] = "lawnmower",
    flights: Annotated[int, typer.Option(help="aimed: how many flights, each with its own errors")] = 1,
    frames: Annotated[int, typer.Option(help="aimed: pictures a flight")] = 1,
    side_m: Annotated[float, typer.Option(help="lawnmower, line: side of the square")] = 400.0,
    height_m: Annotated[float, typer.Option(help="over the ground")] = 100.0,
    pitch_deg: Annotated[float, typer.Option(help="of the camera; -90 is straight down")] = -90.0,
    speed_mps: Annotated[float, typer.Option()] = 8.0,
    frames_per_s: Annotated[float, typer.Option()] = 1.0,
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT in pixels")] = "1280x720",
    hfov_deg: Annotated[float, typer.Option(help="angle of view across")] = 70.0,
    matters: Annotated[int, typer.Option(help="things to be found on the ground flown over")] = 40,
    clutter_only: Annotated[bool, typer.Option(help="nothing to be found, only what resembles it")] = False,
    errors: Annotated[str, typer.Option(help="none, or of a class of aircraft: rtk, multirotor, consumer")] = "none",
    rangefinder: Annotated[bool, typer.Option(help="photos tell a laser's distance")] = False,
    seed: Annotated[int, typer.Option()] = 1,
    processes: Annotated[int, typer.Option(min=1, max=64)] = 2,
    catalog: Catalog = None,
) -> None:
    """Take photos, video or a log of a simulated world as a real drone leaves them, with the truth beside them."""
    from rich.progress import track

    from missions.catalog import load
    from simulator.footage.order import order_of
    from simulator.footage.program import Footage

    width, _, height = size.partition("x")
    order = order_of(
        kind=kind,
        pattern=pattern,
        flights=flights,
        frames=frames,
        side_m=side_m,
        height_m=height_m,
        pitch_deg=pitch_deg,
        speed_mps=speed_mps,
        frames_per_s=frames_per_s,
        width_px=width,
        height_px=height,
        hfov_deg=hfov_deg,
        matters=matters,
        clutter_only=clutter_only,
        errors=errors,
        rangefinder=rangefinder,
        seed=seed,
    )
    footage = Footage(order, load(catalog))
    for _ in track(footage.take(out, processes), "footage", total=len(footage)):
        pass
    typer.echo(f"{out}: {len(footage)} pictures, {len(footage.world.matters)} matters")


@app.command()
def aircraft(
    home: Annotated[str, typer.Option(help="LAT,LON,ALT in degrees and metres above mean sea level")],
    instance: Annotated[int, typer.Option(min=0, max=250, help="place in the port table; system id less one")] = 0,
    speed_factor: Annotated[float, typer.Option(min=0.1, max=50, help="autopilot seconds a wall-clock second")] = 1.0,
    seed: Annotated[int, typer.Option(help="of gusts and estimation errors")] = 1,
    wind: Annotated[str, typer.Option(help="SPEED,FROM in m/s and degrees")] = "0,0",
    battery_share: Annotated[float, typer.Option(min=0.0, max=1.0, help="how full the battery is")] = 1.0,
    aircraft_type: Annotated[str | None, typer.Option(help="a type of the catalogue; left out: the built-in quadrotor")] = None,
    parameter: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, of the autopilot; may be repeated")] = None,
    catalog: Catalog = None,
) -> None:
    """Fly a MAVLink aircraft that behaves as PX4 does, until it is ended by a signal."""
    from simulator.aircraft.program import fly_until_signal
    from simulator.aircraft.settings import Settings
    from simulator.aircraft.words import aircraft_type_named, read_home, read_parameters, read_wind

    point, altitude_m = read_home(home)
    settings = Settings(
        home=point,
        home_altitude_m=altitude_m,
        instance=instance,
        speed_factor=speed_factor,
        seed=seed,
        wind=read_wind(wind),
        battery_share=battery_share,
        of=aircraft_type_named(aircraft_type, catalog),
        parameters=read_parameters(parameter or []),
    )
    fly_until_signal(settings)


@app.command()
def energy(
    flights: Annotated[int, typer.Option(min=4, max=60, help="how many flights, of one route each")] = 12,
    speed_factor: Annotated[float, typer.Option(min=1, max=50, help="autopilot seconds a wall-clock second")] = 10.0,
    report: Annotated[Path | None, typer.Option(help="JSON file for the figures")] = None,
    catalog: Catalog = None,
) -> None:
    """Fly planned routes in still air and wind; print planned against flown, and powers fitted to the flights."""
    from missions.catalog import load
    from simulator.energy_check import check_energy_model

    district = load(catalog)
    done = check_energy_model(district, flights, speed_factor)
    for one in done.flights:
        estimate = one.plan.estimate
        took = f"{estimate.duration_s:.0f} s planned, {one.duration_s:.0f} s flown ({one.time_error:+.1%})"
        used = f"{estimate.energy_wh:.1f} Wh planned, {one.used_wh:.1f} Wh flown ({one.energy_error:+.1%})"
        typer.echo(f"{' '.join(one.plan.route_ids)} in {one.wind}: {took}; {used}")
    for id, fitted in done.fitted.items():
        type = district.aircraft_type(id)
        pairs = (("hover_w", fitted.hover_w), ("cruise_w", fitted.cruise_w), ("climb_w", fitted.climb_w))
        told = ", ".join(f"{name} {value:.1f} (catalogue {getattr(type, name):g})" for name, value in pairs)
        typer.echo(f"{id}: {told}; residual {fitted.residual_w:.1f} W over {fitted.samples} samples")
    typer.echo(json.dumps(done.figures(), indent=1))
    if report is not None:
        report.write_text(json.dumps(done.figures(), indent=1) + "\n", encoding="utf-8")


@app.command()
def world(
    route: Annotated[list[str], typer.Option(help="a route's id; may be given several times")],
    out: Annotated[Path, typer.Option(help="file to write")],
    matters: Annotated[int, typer.Option(min=0, max=10000)] = 40,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    bystanders: Annotated[int, typer.Option(min=0, max=10000, help="clutter, people and vehicles: nothing to report")] = 0,
    catalog: Catalog = None,
) -> None:
    """Plant matters where the given routes will see them."""
    from missions.catalog import load
    from simulator.world.matter import save_world
    from simulator.world.planting import plant

    planted = plant(load(catalog), route, matters, seed, bystanders)
    save_world(planted, out)
    typer.echo(f"{out}: {len(planted.matters)} matters, {len(planted.bystanders)} bystanders along {len(route)} routes")


@app.command()
def camera(
    world: Annotated[Path, typer.Option(help="a file written by `simulate world`")],
    views: Annotated[Path, typer.Option(help="JSON lines to append to: what was in view, frame by frame")],
    mavlink_port: Annotated[int, typer.Option(min=0, max=65535, help="payload link: 14030 + instance")] = 14030,
    http_port: Annotated[int, typer.Option(min=0, max=65535, help="video: 8600 + instance")] = 8600,
    frames_per_s: Annotated[float, typer.Option(min=0.05, max=30, help="in the autopilot's time")] = 1.0,
    aircraft_type: Annotated[str | None, typer.Option(help="whose camera; left out: the catalogue's first")] = None,
    catalog: Catalog = None,
) -> None:
    """Be a stabilised camera on an aircraft's payload link, and serve its video."""
    import logging

    from missions.catalog import load
    from simulator.camera.program import CameraSettings, run_camera
    from simulator.world.matter import load_world

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    planted = load_world(world)
    district = load(catalog, with_routes=False)
    kind = district.aircraft_types[0] if aircraft_type is None else district.aircraft_type(aircraft_type)
    run_camera(planted, kind.camera, CameraSettings(mavlink_port, http_port, frames_per_s, views))


@app.command()
def px4(
    px4: Annotated[str, typer.Option("--px4", help="'docker', a px4 binary, or a folder that has one")],
    home: Annotated[str, typer.Option(help="LAT,LON,ALT in degrees and metres above mean sea level")],
    instance: Annotated[int, typer.Option(min=0, max=250, help="place in the port table; system id less one")] = 0,
    speed_factor: Annotated[float, typer.Option(min=0.1, max=50, help="autopilot seconds a wall-clock second")] = 1.0,
    aircraft_type: Annotated[str | None, typer.Option(help="a type of the catalogue; left out: the built-in quadrotor")] = None,
    parameter: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, of the autopilot; may be repeated")] = None,
    catalog: Catalog = None,
) -> None:
    """Run a real PX4 SITL in place of the built-in aircraft, until it is ended by a signal."""
    from simulator.aircraft.settings import Settings
    from simulator.aircraft.words import aircraft_type_named, read_home, read_parameters
    from simulator.px4 import fly_px4_until_signal

    point, altitude_m = read_home(home)
    settings = Settings(
        home=point,
        home_altitude_m=altitude_m,
        instance=instance,
        speed_factor=speed_factor,
        of=aircraft_type_named(aircraft_type, catalog),
        parameters=read_parameters(parameter or []),
    )
    fly_px4_until_signal(px4, settings)

"""What a demonstration runs on, and its parts being started."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from missions.catalog import load
from missions.district import District
from missions.errors import OneFlightError
from missions.formats.draft import RouteDefaults
from missions.formats.reading import read_routes
from missions.route import Route
from simulator.demo.processes import Supervisor
from simulator.demo.scenario import PlannedFlight, Scenario, load_scenario
from simulator.demo.setting import Account, Options, Seat, agent_settings, free_port, make_station, seats_of
from simulator.world.matter import save_world
from simulator.world.planting import plant


@dataclass(slots=True)
class Stage:
    """What a demonstration runs on: where things lie and who takes part."""

    options: Options
    district: District
    scenario: Scenario
    seats: Sequence[Seat]
    accounts: Sequence[Account]
    http_port: int
    broker_port: int
    began: float

    @property
    def station_folder(self) -> Path:
        """The ground station's folder."""
        return self.options.folder / "station"

    @property
    def world_file(self) -> Path:
        """The truth."""
        return self.options.folder / "world.json"

    @property
    def url(self) -> str:
        """The console."""
        return f"http://127.0.0.1:{self.http_port}"

    def seconds(self) -> float:
        """Since the demonstration began."""
        return time.monotonic() - self.began


def prepare(options: Options) -> Stage:
    """Catalogue, scenario, ports, and a new ground station with its accounts; nothing is running yet."""
    began = time.monotonic()
    if (options.folder / "world.json").exists():
        raise OneFlightError(f"{options.folder} holds an earlier demonstration; name another folder, or remove it")
    options.folder.mkdir(parents=True, exist_ok=True)
    district, scenario = load(), load_scenario(options.scenario)
    seats = seats_of(district, scenario.drones, options.first_instance)
    http_port, broker_port = options.http_port or free_port(), free_port()
    accounts = make_station(options.folder / "station", http_port, broker_port)
    return Stage(options, district, scenario, seats, accounts, http_port, broker_port, began)


def start_parts(stage: Stage, supervisor: Supervisor) -> None:
    """All but the cameras, which need the world. Each waits for the others by itself."""
    config = str(stage.station_folder / "ground.toml")
    supervisor.run("broker", "ground", "broker", "--config", config)
    supervisor.run("ground", "ground", "serve", "--config", config)
    for seat in stage.seats:
        _start_aircraft(stage, supervisor, seat)
        _start_agent(stage, supervisor, seat)


def plant_world(stage: Stage) -> None:
    """The truth: matters along the routes of all flights, those of plan files too."""
    imported = [route for flight in stage.scenario.flights for route in _routes_of_plan(stage, flight)]
    known = stage.district.model_copy(update={"routes": (*stage.district.routes, *imported)})
    flown = [route_id for flight in stage.scenario.flights for route_id in flight.routes]
    routes = [*dict.fromkeys(flown), *(route.id for route in imported)]
    save_world(plant(known, routes, stage.scenario.matters, stage.options.seed), stage.world_file)


def _routes_of_plan(stage: Stage, flight: PlannedFlight) -> list[Route]:
    if flight.plan_file is None:
        return []
    return read_routes(stage.options.scenario.parent / flight.plan_file, RouteDefaults(categories=flight.plan_categories))


def _start_aircraft(stage: Stage, supervisor: Supervisor, seat: Seat) -> None:
    options = stage.options
    vehicle = ["--instance", str(seat.instance), "--home", seat.home, "--speed-factor", f"{options.speed_factor:g}"]
    vehicle += ["--aircraft-type", seat.drone.type_id]
    kind = ["px4", "--px4", options.px4] if options.px4 else ["aircraft", "--seed", str(options.seed + seat.instance)]
    supervisor.run(f"aircraft-{seat.drone.id}", "simulate", *kind, *vehicle)


def _start_agent(stage: Stage, supervisor: Supervisor, seat: Seat) -> None:
    settings = stage.options.folder / f"agent-{seat.drone.id}.toml"
    text = agent_settings(seat, stage.district.id, stage.station_folder, stage.broker_port, stage.options)
    settings.write_text(text)
    supervisor.run(f"agent-{seat.drone.id}", "agent", "run", "--config", str(settings))


def start_cameras(stage: Stage, supervisor: Supervisor) -> None:
    """One at each seat, looking at the planted world; each logs what was truly in its view."""
    views = stage.options.folder / "views"
    views.mkdir()
    for seat in stage.seats:
        ports = ["--mavlink-port", str(14030 + seat.instance), "--http-port", str(8600 + seat.instance)]
        look = ["--world", str(stage.world_file), "--frames-per-s", f"{stage.options.frames_per_s:g}"]
        look += ["--aircraft-type", seat.drone.type_id]
        log = ["--views", str(views / f"{seat.drone.id}.jsonl")]
        supervisor.run(f"camera-{seat.drone.id}", "simulate", "camera", *look, *ports, *log)

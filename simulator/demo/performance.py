"""The demonstration from beginning to end: `perform` is its whole story."""

import time

from rich.console import Console

from missions.errors import OneFlightError
from missions.route import Route
from simulator.demo.crew import Crew, wishes_of
from simulator.demo.processes import Supervisor
from simulator.demo.report import Measured, PlantedMatter, Report, compute, matters_in_view
from simulator.demo.setting import Options
from simulator.demo.show import Show
from simulator.demo.stage import Stage, plant_world, prepare, start_cameras, start_parts
from simulator.demo.station import Station
from simulator.world.matter import load_world

LOOK_EVERY_S = 0.5
SETTLED_LOOKS = 6
"""Looks for which everything must have been delivered before the report is made."""


def perform(options: Options, console: Console) -> Report:
    """Starts everything, flies the scenario, and reports. Not headless, it stays until it is interrupted."""
    stage = prepare(options)
    with Supervisor(options.folder / "logs") as supervisor, Show(console) as show:
        start_parts(stage, supervisor)
        _introduce(stage, show)
        plant_world(stage)
        start_cameras(stage, supervisor)
        crew = _muster(stage, supervisor)
        first_order_s = _fly(stage, supervisor, crew, show)
        report = _report(stage, crew, first_order_s, supervisor)
        if not options.headless:
            _stay(stage, supervisor, show, report)
    return report


def _introduce(stage: Stage, show: Show) -> None:
    show.say(f"Console: {stage.url}")
    for account in stage.accounts:
        show.say(f"  {account.role:14} {account.username:14} {account.password}")
    show.say(f"Logs and data: {stage.options.folder}")


def _muster(stage: Stage, supervisor: Supervisor) -> Crew:
    """Once the station answers, dispatcher and pilot sign in, import the plan files and plan all flights."""
    supervisor.wait_until("the ground station", Station(stage.url).is_up, timeout_s=60)
    dispatcher, pilot = _signed_in(stage, "dispatcher"), _signed_in(stage, "pilot")
    imported: dict[str, list[Route]] = {}
    for flight in stage.scenario.flights:
        if flight.plan_file:
            path = stage.options.scenario.parent / flight.plan_file
            imported[flight.plan_file] = dispatcher.import_routes(path, flight.plan_categories)
    crew = Crew(dispatcher, pilot, wishes_of(stage.scenario.flights, imported))
    crew.plan_all()
    return crew


def _signed_in(stage: Stage, role: str) -> Station:
    account = next((one for one in stage.accounts if one.role == role), None)
    if account is None:
        raise OneFlightError(f"the station has no {role}")
    station = Station(stage.url)
    station.sign_in(account.username, account.password)
    return station


def _fly(stage: Stage, supervisor: Supervisor, crew: Crew, show: Show) -> float | None:
    """Until every flight is over and all is delivered; the seconds at which the first work order was there."""
    settled, first_order_s, orders = 0, None, 0
    while settled < SETTLED_LOOKS:
        supervisor.check()
        crew.look_and_act()
        orders = max(orders, crew.work_order_count())
        if orders and first_order_s is None:
            first_order_s = stage.seconds()
        show.update(crew, stage.seconds(), orders)
        settled = settled + 1 if crew.is_done else 0
        if stage.seconds() > stage.options.time_limit_s:
            show.say(f"Not over after {stage.options.time_limit_s:.0f} s: reporting as it stands")
            break
        time.sleep(LOOK_EVERY_S)
    return first_order_s


def _report(stage: Stage, crew: Crew, first_order_s: float | None, supervisor: Supervisor) -> Report:
    world = load_world(stage.world_file)
    matters = [PlantedMatter(matter.id, matter.class_key, matter.position) for matter in world.matters]
    records = crew.dispatcher.records()
    in_view = matters_in_view((stage.options.folder / "views").glob("*.jsonl"), records.flights, matters)
    measured = Measured(first_order_s, stage.seconds(), supervisor.peak_memory_mb, supervisor.restarts())
    return compute(stage.district, matters, in_view, records, measured)


def _stay(stage: Stage, supervisor: Supervisor, show: Show, report: Report) -> None:
    show.say(report.model_dump_json(indent=2))
    show.say(f"All flights are over. The console stays at {stage.url}; Ctrl-C ends it.")
    try:
        while True:
            supervisor.check()
            time.sleep(LOOK_EVERY_S)
    except KeyboardInterrupt:
        show.say("Ending.")

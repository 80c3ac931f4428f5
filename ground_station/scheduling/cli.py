"""`oneflight plan ...`: plan a day or a week, check a plan, repair one, and share its cost."""

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ground_station.scheduling.plan_files import check_writable, read_schedule, read_schedules, write_json, write_text
from ground_station.scheduling.plan_report import figures, week_figures
from ground_station.scheduling.plan_words import clock_text, day_of, known_drones, moment_of, place_of, wind_of
from missions.catalog import load
from missions.district import District
from missions.ground import Ground
from missions.schedule import DayConditions, MergeNote, Schedule, Unserved

if TYPE_CHECKING:
    from ground_station.scheduling.planner import Planned
    from missions.scheduling.day import DayRequest

app = typer.Typer(no_args_is_help=True, help="Plan days and weeks, check plans, repair them, share their cost")

PLAIN_WIDTH = 150
"""Characters a line where there is no terminal."""

Catalog = Annotated[Path | None, typer.Option("--catalog", help="a district's directory; left out: the shipped example")]
DayOption = Annotated[str | None, typer.Option("--date", help="YYYY-MM-DD; left out: tomorrow")]
SeedOption = Annotated[int, typer.Option(min=0, help="of the rehearsed past, and of the search")]
LimitOption = Annotated[float, typer.Option(min=0, help="seconds for each day; 0: the greedy plan alone")]
ReportOption = Annotated[Path | None, typer.Option("--report", help="JSON file for the figures")]
OutOption = Annotated[Path | None, typer.Option("--out", help="JSON file for the schedule")]
WindOption = Annotated[
    str,
    typer.Option(
        "--wind", metavar="SPEED[@FROM]", help="wind of the day in m/s, and the degrees it comes from (else any side)"
    ),
]
GroundedOption = Annotated[list[str] | None, typer.Option("--grounded", help="a drone that is not there; may be repeated")]

ClosuresOption = Annotated[
    Path | None,
    typer.Option("--closures", help="GeoJSON: polygons with id, begins_at and ends_at (HH:MM, or a moment with its zone)"),
]
TerrainOption = Annotated[
    Path | None, typer.Option("--terrain", help="elevation of the district: a GeoTIFF in metres; left out: flat ground")
]


@app.command("day")
def plan_day(
    day: DayOption = None,
    seed: SeedOption = 1,
    time_limit: LimitOption = 60.0,
    report: ReportOption = None,
    out: OutOption = None,
    wind: WindOption = "0",
    grounded: GroundedOption = None,
    closures: ClosuresOption = None,
    terrain: TerrainOption = None,
    catalog: Catalog = None,
) -> None:
    """Plan one day of the standing demands, after a rehearsed past. Exit code 1 where the checker finds a fault."""
    from ground_station.scheduling.rehearsal import request_for

    check_writable(report, out)
    district, console = load(catalog), _console()
    on, blows = day_of(day), wind_of(wind)
    weather = DayConditions(
        wind_mps=blows.speed_mps, wind_from_deg=blows.from_deg, grounded_drones=known_drones("--grounded", grounded, district)
    )
    conditions = _closed(weather, closures, district, on)
    planned = _planned(request_for(district, on, seed, conditions, ground=_ground(terrain)), time_limit, console)
    _show(planned.schedule, district, console)
    if planned.note:
        console.print(escape(planned.note))
    write_json(report, figures(planned))
    write_json(out, json.loads(planned.schedule.model_dump_json()))
    _end_with([violation.text for violation in planned.violations])


@app.command("week")
def plan_week(
    day: DayOption = None,
    seed: SeedOption = 1,
    time_limit: LimitOption = 20.0,
    report: ReportOption = None,
    out: OutOption = None,
    catalog: Catalog = None,
) -> None:
    """Plan seven days, each from what the days before have left due."""
    from ground_station.scheduling.rehearsal import history_after, request_for

    check_writable(report, out)
    district, console, first = load(catalog), _console(), day_of(day)
    request = request_for(district, first, seed, DayConditions())
    days: list[Planned] = []
    for number in range(7):
        request = request_for(district, first + timedelta(days=number), seed, DayConditions(), request.history)
        days.append(_planned(request, time_limit, console))
        _summarise(days[-1].schedule, console)
        if days[-1].note:
            console.print(escape(days[-1].note))
        request = request_for(district, first, seed, DayConditions(), history_after(request.history, days[-1].schedule))
    write_json(report, week_figures(days))
    write_json(out, [json.loads(one.schedule.model_dump_json()) for one in days])
    _end_with([violation.text for one in days for violation in one.violations])


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="a schedule as `plan day --out` writes it")],
    terrain: TerrainOption = None,
    catalog: Catalog = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Check a schedule by the independent checker. Exit code 1 where it breaks a rule."""
    from missions.checking import check_schedule

    found = check_schedule(read_schedule(file), load(catalog), _ground(terrain))
    if as_json:
        print(json.dumps([json.loads(one.model_dump_json()) for one in found], ensure_ascii=False))
        sys.exit(1 if found else 0)
    typer.echo(f"{file}: {len(found)} rule(s) broken" if found else f"{file}: sound")
    _end_with([f"{one.rule}: {one.text}" for one in found])


@app.command("replan")
def replan(
    file: Annotated[Path, typer.Argument(help="the schedule in force, as `plan day --out` writes it")],
    at: Annotated[str, typer.Option(help="when it happens: HH:MM in the district's time")],
    urgent: Annotated[str | None, typer.Option(help="LAT,LON of a place to look at now")] = None,
    category: Annotated[str, typer.Option(help="what is looked for there")] = "fire_hazard",
    lost: Annotated[list[str] | None, typer.Option(help="a drone that is lost from now on; may be repeated")] = None,
    wind: WindOption = "0",
    closures: ClosuresOption = None,
    terrain: TerrainOption = None,
    out: OutOption = None,
    report: ReportOption = None,
    catalog: Catalog = None,
) -> None:
    """Repair a schedule: an urgent place, a lost drone, wind, closed airspace. Flights in the air go on."""
    from ground_station.scheduling.repairing import replan_and_check, urgent_at
    from missions.scheduling.repair import Change

    check_writable(report, out)
    district, console, schedule = load(catalog), _console(), read_schedule(file)
    moment = moment_of(schedule.day, at)
    blows = max(wind_of(wind), schedule.conditions.wind, key=lambda one: one.speed_mps)
    conditions = _closed(schedule.conditions, closures, district, schedule.day).model_copy(
        update={
            "wind_mps": blows.speed_mps,
            "wind_from_deg": blows.from_deg,
            "grounded_drones": tuple(
                dict.fromkeys((*schedule.conditions.grounded_drones, *known_drones("--lost", lost, district)))
            ),
        }
    )
    places = [urgent_at(place_of(urgent), category, district, moment)] if urgent else []
    done = replan_and_check(schedule, Change(moment, conditions, places), district, ground=_ground(terrain))
    for id, arrival in done.repaired.arrivals.items():
        console.print(f"{id}: reached at {clock_text(arrival)}")
    console.print(f"moved: {', '.join(done.repaired.moved) or 'none'}; gone: {', '.join(done.repaired.dropped) or 'none'}")
    planned = {visit.pass_id for flight in schedule.flights for visit in flight.visits}
    _show_unserved((one for one in done.repaired.schedule.unserved if one.pass_id in planned), console)
    if done.repaired.stranded:
        console.print(f"not home in the evening: {', '.join(done.repaired.stranded)}")
    _summarise(done.repaired.schedule, console)
    write_json(out, json.loads(done.repaired.schedule.model_dump_json()))
    write_json(report, done.figures())
    _end_with([violation.text for violation in done.violations])


@app.command("statement")
def statement(
    files: Annotated[list[Path], typer.Argument(help="schedules, as `plan day --out` or `plan week --out` writes them")],
    out: Annotated[Path | None, typer.Option("--out", help="CSV file; left out: the terminal")] = None,
    catalog: Catalog = None,
) -> None:
    """Share the flights' minutes and cost among the departments they served (Shapley value), as CSV."""
    from missions.accounting import statement_csv, statements

    district = load(catalog)
    text = statement_csv(statements([one for file in files for one in read_schedules(file)], district), district)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text, "utf-8-sig")


def _planned(request: "DayRequest", time_limit_s: float, console: Console) -> "Planned":
    """The greedy plan, then the better one of a process of its own; where that fails, the greedy one with a note."""
    from ground_station.scheduling.background import BackgroundPlanner, PlanningFailed
    from ground_station.scheduling.planner import plan_and_check

    with console.status(f"planning {request.day}"):
        first = plan_and_check(request, 0.0)
    left_s = time_limit_s - first.first_plan_s
    if left_s <= 0:
        return first
    console.print(f"{request.day}: first plan, {len(first.schedule.flights)} flights; improving for up to {left_s:.0f} s ...")
    planner = BackgroundPlanner()
    try:
        with console.status(f"improving {request.day}"):
            return planner.plan(request, time_limit_s).result()
    except PlanningFailed as error:
        return replace(first, note=f"improving it failed; this is the greedy plan: {error}")
    finally:
        planner.close()


def _show(schedule: Schedule, district: District, console: Console) -> None:
    table = Table(
        "flight", "drone", "dock", "takes off", "lands", "visits", "energy", title=f"{schedule.day}: {schedule.method}"
    )
    for flight in schedule.flights:
        battery = district.aircraft_type(district.drone(flight.drone_id).type_id).battery_wh
        table.add_row(
            flight.id,
            flight.drone_id,
            " - ".join(dict.fromkeys((flight.from_dock_id, flight.to_dock_id))),
            clock_text(flight.takes_off_at),
            clock_text(flight.lands_at),
            " ".join(visit.route_id for visit in flight.visits),
            f"{flight.energy_wh / battery:.0%}",
        )
    console.print(table)
    for note in schedule.merging:
        console.print(escape(_told(note)))
    _show_unserved(schedule.unserved, console)
    _summarise(schedule, console)


def _told(note: MergeNote) -> str:
    """How a demand came to its pass, or that it has none."""
    if note.pass_id is None:
        kept = f"; kept until {clock_text(note.expires_at)}" if note.expires_at else ""
        return f"no pass: {note.demand_id} ({note.department_id}): {note.reason}{kept}"
    apart = f", apart from {note.with_demand_id}" if note.with_demand_id else ""
    return f"{note.kind}: {note.demand_id} ({note.department_id}) in pass {note.pass_id}{apart}: {note.reason}"


def _show_unserved(unserved: Iterable[Unserved], console: Console) -> None:
    for one in unserved:
        whom = f" ({', '.join(one.departments)})" if one.departments else ""
        console.print(escape(f"not today: {one.route_id}{whom}: {one.text}; kept until {clock_text(one.expires_at)}"))


def _summarise(schedule: Schedule, console: Console) -> None:
    served = len(schedule.passes) - len(schedule.unserved)
    console.print(
        f"{schedule.day}: {served} of {len(schedule.passes)} passes in {len(schedule.flights)} flights, "
        f"{schedule.flight_h:.1f} h in the air, value {schedule.value:.0f}; "
        f"wind: {schedule.conditions.wind}; terrain: {schedule.terrain}"
    )


def _end_with(faults: list[str]) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=PLAIN_WIDTH)


def _closed(before: DayConditions, file: Path | None, district: District, day: date) -> DayConditions:
    from ground_station.scheduling.closures_file import read_closures
    from missions.scheduling.closures import with_closures

    return before if file is None else with_closures(before, read_closures(file, day), district, day)


def _ground(file: Path | None) -> Ground | None:
    from missions.formats.geotiff import read_elevation

    return None if file is None else read_elevation(file)

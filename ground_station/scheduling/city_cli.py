"""`oneflight plan city` plans many districts side by side; `oneflight bench city` measures what that brings."""

import json
import os
import time
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ground_station.scheduling.city import OpenWorkers, Outcome, example_city, plan_city, processes, ray_cluster
from ground_station.scheduling.planner import plan_and_check
from ground_station.scheduling.rehearsal import request_for
from missions.catalog import load
from missions.district import District
from missions.errors import InvalidInput
from missions.schedule import DayConditions
from missions.scheduling.day import DayRequest

plan = typer.Typer(add_completion=False)
bench = typer.Typer(add_completion=False)


class On(StrEnum):
    """Where the planning runs."""

    PROCESSES = "processes"
    RAY = "ray"


DayOption = Annotated[str, typer.Option("--date", help="YYYY-MM-DD")]
WorkersOption = Annotated[int | None, typer.Option(min=1, help="processes; left out: one for each core")]
OnOption = Annotated[On, typer.Option("--on", help="processes of this machine, or Ray (RAY_ADDRESS names its cluster)")]
ReportOption = Annotated[Path | None, typer.Option("--report", help="JSON file for the figures")]
CountOption = Annotated[int, typer.Option("--districts", min=1, help="how many, where no catalogue is given: made-up ones")]


@plan.command()
def plan_districts(
    day: DayOption,
    catalog: Annotated[list[Path] | None, typer.Option("--catalog", help="a district's directory; may be repeated")] = None,
    districts: CountOption = 10,
    seed: Annotated[int, typer.Option(min=0, help="of the rehearsed past, and of the search")] = 1,
    time_limit: Annotated[float, typer.Option(min=0, help="seconds for each district; 0: the greedy plan alone")] = 20.0,
    on: OnOption = On.PROCESSES,
    workers: WorkersOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="JSON file for the schedules")] = None,
    report: ReportOption = None,
) -> None:
    """Plan one day of many districts. Exit code 1 where a district fails, or the checker finds a fault in its plan."""
    city = [load(path) for path in catalog] if catalog else example_city(load(), districts)
    outcomes = _planned(_requests(city, day, seed), time_limit, _open(on, workers))
    _show(outcomes)
    _write(report, {"districts": [_figures(one) for one in outcomes]})
    _write(out, [json.loads(one.planned.schedule.model_dump_json()) for one in outcomes if one.planned])
    if not all(one.is_sound for one in outcomes):
        raise typer.Exit(1)


@bench.command()
def measure(
    day: DayOption = "2026-11-24",
    districts: CountOption = 10,
    time_limit: Annotated[float, typer.Option(min=0, help="seconds for each district; 0: the greedy plan alone")] = 0.0,
    on: OnOption = On.PROCESSES,
    workers: WorkersOption = None,
    report: ReportOption = None,
) -> None:
    """Plan a made-up city twice, one district after the other and side by side, and compare."""
    requests = _requests(example_city(load(), districts), day, 1)
    began_s = time.monotonic()
    alone = [plan_and_check(request, time_limit) for request in requests]
    one_by_one_s = time.monotonic() - began_s
    began_s = time.monotonic()
    outcomes = _planned(requests, time_limit, _open(on, workers))
    side_by_side_s = time.monotonic() - began_s
    figures = {
        "districts": len(requests),
        "routes": sum(len(request.district.routes) for request in requests),
        "docks": sum(len(request.district.docks) for request in requests),
        "workers": workers or os.cpu_count(),
        "one_by_one_s": round(one_by_one_s, 1),
        "side_by_side_s": round(side_by_side_s, 1),
        "speedup": round(one_by_one_s / side_by_side_s, 2),
        "failed": sum(one.planned is None for one in outcomes),
        "violations": sum(len(one.planned.violations) for one in outcomes if one.planned),
        "value_ratio": round(_value(outcomes) / sum(one.schedule.value for one in alone), 4),
    }
    Console().print(json.dumps(figures, indent=1), highlight=False)
    _write(report, figures)


def _requests(city: list[District], day: str, seed: int) -> list[DayRequest]:
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise InvalidInput("--date", day, "is no day: write YYYY-MM-DD") from error
    return [request_for(district, on, seed + number, DayConditions()) for number, district in enumerate(city)]


def _open(on: On, workers: int | None) -> OpenWorkers:
    return lambda: processes(workers) if on is On.PROCESSES else ray_cluster(workers)


def _planned(requests: list[DayRequest], time_limit_s: float, open_workers: OpenWorkers) -> list[Outcome]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("districts", total=len(requests))
        return plan_city(requests, time_limit_s, open_workers, on_done=lambda _: progress.advance(task))


def _show(outcomes: list[Outcome]) -> None:
    table = Table("district", "passes", "not flown", "flights", "hours", "value", "faults", "seconds")
    for one in outcomes:
        figures = _figures(one)
        if one.planned is None:
            table.add_row(one.district_id, escape(one.error))
        else:
            table.add_row(one.district_id, *(str(value) for name, value in figures.items() if name != "district"))
    Console().print(table)


def _figures(outcome: Outcome) -> dict[str, Any]:
    if outcome.planned is None:
        return {"district": outcome.district_id, "error": outcome.error}
    schedule = outcome.planned.schedule
    return {
        "district": outcome.district_id,
        "passes": len(schedule.passes),
        "unserved": len(schedule.unserved),
        "flights": len(schedule.flights),
        "flight_h": round(schedule.flight_h, 2),
        "value": round(schedule.value, 1),
        "violations": len(outcome.planned.violations),
        "final_plan_s": round(outcome.planned.final_plan_s, 1),
    }


def _value(outcomes: list[Outcome]) -> float:
    return sum(one.planned.schedule.value for one in outcomes if one.planned)


def _write(path: Path | None, value: object) -> None:
    if path is not None:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

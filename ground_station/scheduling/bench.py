"""`oneflight bench planning`: measures the planner on the shipped district, on random polygons and on growing districts."""

import json
import resource
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Annotated, Any, TypeVar

import numpy as np
import typer
from rich.console import Console
from shapely import LineString, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

from ground_station.scheduling import landings_bench
from ground_station.scheduling.improving import improve
from ground_station.scheduling.layers_bench import layer_figures
from ground_station.scheduling.least_flight import least_flight_s
from ground_station.scheduling.planner import Planned, plan_and_check
from ground_station.scheduling.rehearsal import request_for
from ground_station.scheduling.repairing import replan_and_check, urgent_at
from missions.aircraft import AircraftType
from missions.catalog import load
from missions.district import District
from missions.geometry import GeoPoint
from missions.planning.performance import Performance, WindyEffort
from missions.planning.sweep import every_degree, sweep_polygon, way_m
from missions.schedule import DayConditions, Schedule
from missions.scheduling.day import DayRequest, first_plan, plan_day, prepare_day
from missions.scheduling.growth import grown
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.repair import Change
from missions.scheduling.timeline import evaluate
from missions.wind import Wind
from missions.working_time import DISTRICT_TIME

app = typer.Typer(add_completion=False)
T = TypeVar("T")

DAY = date(2026, 11, 24)
URGENT_AT = datetime(2026, 11, 24, 9, 0, tzinfo=DISTRICT_TIME)
URGENT_PLACE = GeoPoint(lat_deg=31.765, lon_deg=119.90)
INTERRUPTED = 130
"""The exit code that shells give to what Ctrl+C has ended."""

GROWTH = (100, 200, 375, 750, 1500, 3000)
POLYGONS = 200
WINDY_MPS = 11.0


@app.command()
def planning(
    report: Annotated[Path | None, typer.Option(help="JSON file for the figures")] = None,
    time_limit: Annotated[float, typer.Option(min=1, help="seconds for the shipped day")] = 60.0,
    seeds: Annotated[int, typer.Option(min=1, help="rehearsed days for the medians")] = 10,
    seed_limit: Annotated[float, typer.Option(min=1, help="seconds for each of those")] = 12.0,
    toptw: Annotated[
        Path | None, typer.Option(help="folder with published TOPTW instances and best.csv: those instead")
    ] = None,
    landings: Annotated[
        bool, typer.Option("--landings", help="what landing at other docks brings: that instead, over days of seed-limit")
    ] = False,
) -> None:
    """Measure planning. With --toptw, the gap of the same solver to the best values known of published instances."""
    console = Console()
    if toptw is not None:
        _published(toptw, time_limit, report, console)
        return
    if landings:
        figures = landings_bench.landings(load(), DAY, range(1, seeds + 1), seed_limit, console)
    else:
        figures = _figures(load(), time_limit, seeds, seed_limit, console)
    console.print(json.dumps(figures, indent=1), highlight=False)
    _keep(report, figures)


def _published(folder: Path, time_limit_s: float, report: Path | None, console: Console) -> None:
    """Gaps on published instances; the report grows with each, so that an interrupted run leaves what it had."""
    from ground_station.scheduling.toptw_bench import gaps

    figures = gaps(folder, time_limit_s, console, lambda so_far: _keep(report, so_far))
    console.print(json.dumps(figures, indent=1), highlight=False)
    if figures["instances"] < figures["of"]:
        raise typer.Exit(INTERRUPTED)


def _keep(report: Path | None, figures: dict[str, Any]) -> None:
    if report is not None:
        report.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _figures(district: District, time_limit_s: float, seeds: int, seed_limit_s: float, console: Console) -> dict[str, Any]:
    shipped = _step(console, "the shipped day", lambda: _shipped(district, time_limit_s))
    saved = _step(console, "department by department", lambda: _saved_ratio(district, seed_limit_s))
    days = _step(console, f"{seeds} rehearsed days", lambda: _days(district, seeds, seed_limit_s))
    short = _step(console, f"{seeds} days with half of the drones", lambda: _short_days(district, seeds, seed_limit_s))
    paths = _step(console, f"{POLYGONS} polygons", lambda: _paths(district.aircraft_types[0]))
    repaired = _step(console, "an urgent task", lambda: _repaired(shipped.schedule, district))
    layers = _step(console, "layers of height", lambda: layer_figures(district, DAY))
    exponent = _step(console, "growing districts", lambda: _scaling(district))
    return {
        "first_plan_s": round(shipped.first_plan_s, 2),
        "final_plan_s": round(shipped.final_plan_s, 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "violations": len(shipped.violations),
        "hours_saved_ratio": round(saved, 4),
        "lower_bound_gap": round(_lower_bound_gap(district, seed_limit_s), 4),
        **days,
        **short,
        **paths,
        **repaired,
        **layers,
        "greedy_scaling_exponent": round(exponent, 3),
    }


def _step(console: Console, what: str, measure: Callable[[], T]) -> T:
    began_s = time.monotonic()
    with console.status(what):
        result = measure()
    console.print(f"{what}: {time.monotonic() - began_s:.0f} s", highlight=False)
    return result


def _shipped(district: District, time_limit_s: float) -> Planned:
    return plan_and_check(request_for(district, DAY, 1, DayConditions()), time_limit_s)


def _better(seconds: float, seed: int) -> Callable[[Problem, Solution], Solution]:
    return lambda problem, start: improve(problem, start, time_limit_s=seconds, seed=seed)


def _saved_ratio(district: District, seconds: float) -> float:
    """The share of flight hours that merging saves, against each department planned for itself by the same planner."""
    whole = request_for(district, DAY, 1, DayConditions())
    together = plan_day(whole, _better(seconds, 1), "improved").flight_h
    alone_h = 0.0
    for department in district.departments:
        own = [demand for demand in whole.demands if demand.department_id == department.id]
        if own:
            request = DayRequest(district, DAY, own, whole.history, 1)
            alone_h += plan_day(request, _better(seconds, 1), "improved").flight_h
    return 1 - together / alone_h


def _lower_bound_gap(district: District, seconds: float) -> float:
    """How far the flying time lies above the least that its passes could take, both in the planner's numbers."""
    work = prepare_day(request_for(district, DAY, 1, DayConditions()))
    solution = improve(work.problem, first_plan(work), time_limit_s=seconds, seed=1)
    flown_s = evaluate(work.problem, solution).flight_s
    return 1 - least_flight_s(work.problem, sorted(solution.served)) / flown_s


def _days(district: District, seeds: int, seconds: float) -> dict[str, float]:
    planned = _rehearsed(district, seeds, seconds, DayConditions())
    return {"value_over_greedy_median": _over_greedy(planned), "upper_bound_gap": _bound_gap(planned)}


def _short_days(district: District, seeds: int, seconds: float) -> dict[str, float]:
    """The same with every other drone grounded: more is due than can be flown."""
    grounded = tuple(drone.id for drone in district.drones[1::2])
    planned = _rehearsed(district, seeds, seconds, DayConditions(grounded_drones=grounded))
    return {
        "short_value_over_greedy_median": _over_greedy(planned),
        "short_upper_bound_gap": _bound_gap(planned),
        "short_greedy_upper_bound_gap": round(median(1 - one.first.value / one.value_bound for one in planned), 4),
        "short_violations": sum(len(one.violations) for one in planned),
    }


def _rehearsed(district: District, seeds: int, seconds: float, conditions: DayConditions) -> list[Planned]:
    """The day after that many rehearsed pasts."""
    return [plan_and_check(request_for(district, DAY, seed, conditions), seconds) for seed in range(1, seeds + 1)]


def _over_greedy(planned: list[Planned]) -> float:
    return round(median(one.schedule.value / one.first.value for one in planned), 4)


def _bound_gap(planned: list[Planned]) -> float:
    return round(median(1 - one.schedule.value / one.value_bound for one in planned), 4)


def _paths(aircraft: AircraftType) -> dict[str, float]:
    """The sweeps against the best of every whole degree, in still air and in a wind that leaves 4 to 10 m/s over ground."""
    rng = np.random.default_rng(5)
    ratios, windy_ratios, covered = [], [], []
    for _ in range(POLYGONS):
        area, across_m = _random_polygon(rng), float(rng.uniform(60, 150))
        spacing_m = across_m * float(rng.uniform(0.6, 0.9))
        lines = sweep_polygon(area, across_m, spacing_m)
        every = list(every_degree(area, across_m, spacing_m))
        ratios.append(way_m(lines) / min(way_m(one) for one in every))
        effort = WindyEffort(Performance(aircraft, Wind(WINDY_MPS, 360 * len(ratios) / POLYGONS)), aircraft.cruise_mps)
        windy = way_m(sweep_polygon(area, across_m, spacing_m, effort), effort)
        windy_ratios.append(windy / min(way_m(one, effort) for one in every))
        seen = unary_union([LineString(line).buffer(across_m / 2 + 0.01) for line in lines])
        covered.append(area.intersection(seen).area / area.area)
    return {
        "path_ratio_p95": round(float(np.percentile(ratios, 95)), 4),
        "windy_path_ratio_p95": round(float(np.percentile(windy_ratios, 95)), 4),
        "coverage_min": round(min(covered), 5),
    }


def _random_polygon(rng: np.random.Generator) -> Polygon:
    """Star-shaped, of 5 to 11 corners, with up to two holes of five corners."""
    while True:
        angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(5, 12))))
        radii = rng.uniform(120, 500, len(angles))
        area: BaseGeometry = Polygon(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]))
        for _ in range(int(rng.integers(0, 3))):
            hole = _random_hole(rng)
            if area.is_valid and area.contains(hole.buffer(10)):
                area = area.difference(hole)
        if isinstance(area, Polygon) and area.is_valid:
            return area


def _random_hole(rng: np.random.Generator) -> Polygon:
    at, away = rng.uniform(0, 2 * np.pi), rng.uniform(0, 120)
    angles, radii = np.linspace(0, 2 * np.pi, 6)[:-1], rng.uniform(20, 60, 5)
    return Polygon(np.column_stack([away * np.cos(at) + radii * np.cos(angles), away * np.sin(at) + radii * np.sin(angles)]))


def _repaired(schedule: Schedule, district: District) -> dict[str, float]:
    urgent = urgent_at(URGENT_PLACE, "fire_hazard", district, URGENT_AT)
    done = replan_and_check(schedule, Change(URGENT_AT, schedule.conditions, [urgent]), district)
    figures = done.figures()
    return {"replan_s": figures["replan_s"], "moved_ratio": figures["moved_ratio"]}


def _scaling(district: District) -> float:
    """The slope of log time over log routes of the greedy plan, from demands to trips: the best of three runs each."""
    seconds = []
    for routes in GROWTH:
        request = request_for(grown(district, routes), DAY, 1, DayConditions())
        seconds.append(min(_greedy_s(request) for _ in range(3)))
    return float(np.polyfit(np.log(GROWTH), np.log(seconds), 1)[0])


def _greedy_s(request: DayRequest) -> float:
    began_s = time.monotonic()
    first_plan(prepare_day(request))
    return time.monotonic() - began_s

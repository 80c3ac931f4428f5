"""The same solver on published TOPTW instances: its gap to the best values known."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Console

from ground_station.scheduling.improving import improve
from ground_station.scheduling.toptw import BEST_KNOWN, gap, read_best_known, read_instance
from missions.errors import InvalidInput
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem

ENDINGS = ("", ".txt")
"""Of the files that are taken for instances."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """An instance for a number of vehicles, with the best value known of it."""

    name: str
    vehicles: int
    best: float
    problem: Problem


@dataclass(frozen=True, slots=True)
class Result:
    """What the solver made of a case, in how many seconds."""

    case: Case
    value: float
    seconds: float

    @property
    def gap(self) -> float:
        """How far the value is below the best known, as a share of that."""
        return gap(self.value, self.case.best)

    @property
    def series(self) -> str:
        """What instances of a kind have in common: the name without its last two digits, as c1 for c101."""
        return re.sub(r"\d\d$", "", self.case.name)


def gaps(folder: Path, time_limit_s: float, console: Console, keep: Callable[[Figures], None] = lambda _: None) -> Figures:
    """The gaps of all cases, one after the other: each is told, and `keep` is given the figures so far.

    Ctrl+C ends it with the figures so far. Raises InvalidInput or FormatError for files that are missing or malformed, before
    the first case.
    """
    cases, unlisted = read_cases(folder)
    if unlisted:
        console.print(f"not measured, as {BEST_KNOWN} has no line for them: {', '.join(unlisted)}", highlight=False)
    results: list[Result] = []
    try:
        for number, case in enumerate(cases, start=1):
            with console.status(f"{number} of {len(cases)}: {case.name} with {case.vehicles}"):
                results.append(_solved(case, time_limit_s))
            console.print(f"{number} of {len(cases)}: {_line(results[-1])}", highlight=False)
            keep(figures(results, len(cases), time_limit_s))
    except KeyboardInterrupt:
        console.print(f"interrupted after {len(results)} of {len(cases)} cases", highlight=False)
    return figures(results, len(cases), time_limit_s)


def read_cases(folder: Path) -> tuple[list[Case], list[str]]:
    """The cases that `best.csv` names, and the files beside it for which it has no line.

    Raises InvalidInput where a file is missing, FormatError where one is malformed.
    """
    best, files = read_best_known(folder), _files(folder)
    names = {name for name, _ in best}
    if missing := sorted(names - set(files)):
        raise InvalidInput(str(folder), BEST_KNOWN, f"names instances of which there is no file: {', '.join(missing)}")
    cases = [Case(name, m, best[name, m], read_instance(files[name], m)) for name, m in sorted(best)]
    return cases, sorted(set(files) - names)


def figures(results: Sequence[Result], cases: int, time_limit_s: float) -> Figures:
    """Mean and worst gap, the means by series and number of vehicles, and every gap."""
    worst = max(results, key=lambda one: one.gap, default=None)
    keys = sorted({(one.series, one.case.vehicles) for one in results})
    return {
        "instances": len(results),
        "of": cases,
        "time_limit_s": time_limit_s,
        "mean_gap": _mean(results),
        "worst": worst and {"case": _name(worst.case), "gap": round(worst.gap, 4)},
        "by_series": {
            f"{series} m={m}": _mean(one for one in results if (one.series, one.case.vehicles) == (series, m))
            for series, m in keys
        },
        "gaps": {_name(one.case): round(one.gap, 4) for one in results},
        "values": {_name(one.case): one.value for one in results},
    }


def _solved(case: Case, time_limit_s: float) -> Result:
    began_s = time.monotonic()
    solution = improve(case.problem, greedy(case.problem), time_limit_s=time_limit_s)
    return Result(case, solution.value(case.problem), time.monotonic() - began_s)


def _mean(results: Iterable[Result]) -> float | None:
    found = [one.gap for one in results]
    return round(mean(found), 4) if found else None


def _line(result: Result) -> str:
    case = result.case
    return (
        f"{case.name} with {case.vehicles}: {result.value:.0f} of {case.best:.0f}, gap {result.gap:.1%}, {result.seconds:.0f} s"
    )


def _name(case: Case) -> str:
    return f"{case.name} m={case.vehicles}"


def _files(folder: Path) -> dict[str, Path]:
    """The instances of a folder, by their names in small letters."""
    found = (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() in ENDINGS)
    return {path.stem.lower(): path for path in found}

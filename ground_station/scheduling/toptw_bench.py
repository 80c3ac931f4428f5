"""The same solver on published TOPTW instances: its gap to the best values known."""

from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Console

from ground_station.scheduling.improving import improve
from ground_station.scheduling.toptw import gap, read_best_known, read_instance
from missions.errors import InvalidInput
from missions.scheduling.greedy import greedy

ENDINGS = ("", ".txt")


def gaps(folder: Path, time_limit_s: float, console: Console) -> dict[str, Any]:
    """The gap of every instance that `best.csv` names, and their mean. Raises InvalidInput where a file is missing."""
    found: dict[str, float] = {}
    for (name, vehicles), best in sorted(read_best_known(folder).items()):
        problem = read_instance(_file(folder, name), vehicles)
        solution = improve(problem, greedy(problem), time_limit_s=time_limit_s)
        found[f"{name} m={vehicles}"] = round(gap(solution.value(problem), best), 4)
        console.print(f"{name} with {vehicles}: {solution.value(problem):.0f} of {best:.0f}", highlight=False)
    return {"instances": len(found), "mean_gap": round(mean(found.values()), 4) if found else None, "gaps": found}


def _file(folder: Path, name: str) -> Path:
    for path in folder.iterdir():
        if path.stem.lower() == name and path.suffix.lower() in ENDINGS:
            return path
    raise InvalidInput(str(folder), name, "best.csv names this instance, and there is no such file")

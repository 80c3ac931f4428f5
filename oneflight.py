"""The command line's front door: hands over to each package's cli, and imports it only when it is asked for."""

import importlib
import sys
from typing import NoReturn

import typer

COMMANDS: dict[str, tuple[str, str]] = {
    "catalog": ("missions.cli:catalog", "Check a district's catalogue"),
    "routes": ("missions.cli:routes", "Import routes from other programs' files, and look at them"),
    "ground": ("ground_station.cli:app", "Run the ground station and its broker; accounts and keys"),
    "bench planning": ("ground_station.scheduling.bench:app", "Measure the planner"),
    "bench city": ("ground_station.scheduling.city_cli:bench", "Measure planning many districts side by side"),
    "bench accuracy": ("edge_agent.bench.footage_cli:accuracy", "Measure how far places are off, and what their ellipses hold"),
    "bench clutter": ("edge_agent.bench.footage_cli:clutter", "Count what is reported where there is nothing to find"),
    "bench perception": (
        "edge_agent.bench.perception_cli:app",
        "Measure seeing: how fast, in how much memory, how well placed",
    ),
    "plan city": (
        "ground_station.scheduling.city_cli:plan",
        "Plan a day of many districts side by side, on one machine or several",
    ),
    "plan": ("ground_station.scheduling.cli:app", "Plan days and weeks, check plans, repair them, share their cost"),
    "evidence": ("missions.evidence.cli:app", "Tell true evidence from altered"),
    "agent": ("edge_agent.cli:app", "Run the agent of one aircraft"),
    "inspect": ("edge_agent.inspection.cli:app", "Find what matters on photos, a video or a log, without any drone"),
    "locate": ("edge_agent.locate_cli:app", "Place a pixel of a photo or of a video's frame on the ground"),
    "calibrate": ("edge_agent.calibrate_cli:app", "Find how a camera really looks on its aircraft, from marked known points"),
    "simulate": ("simulator.cli:app", "Simulated world, aircraft and cameras"),
    "model": ("models.cli:app", "Train, evaluate and export detection models"),
    "demo": ("simulator.demo.cli:app", "Fly a whole demonstration, from take-off to work order"),
}
"""Command -> (module:typer app, help line)."""


def main() -> None:
    """Runs `oneflight`; a OneFlightError is shown as one line on standard error, with exit code 2."""
    from missions.errors import OneFlightError

    name, *arguments = _named(sys.argv[1:] or ["--help"])
    if name not in COMMANDS:
        _show_commands(name)
    module, attribute = COMMANDS[name][0].split(":")
    command: typer.Typer = getattr(importlib.import_module(module), attribute)
    try:
        command(args=arguments, prog_name=f"oneflight {name}")
    except OneFlightError as error:
        typer.echo(f"oneflight: {error}", err=True)
        sys.exit(2)


def _named(words: list[str]) -> list[str]:
    """The words with a command of two of them (`bench planning`) as one."""
    two = " ".join(words[:2])
    return [two, *words[2:]] if two in COMMANDS else words


def _show_commands(asked: str) -> NoReturn:
    """Lists the commands and ends: with code 0 where they were asked for, 2 where `asked` is none of them."""
    wanted = asked in ("--help", "-h")
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {line}" for name, (_, line) in COMMANDS.items()]
    opening = "OneFlight, mission control for a drone fleet: one flight serves many departments."
    unknown = [] if wanted else [f"oneflight: there is no command '{asked}'", ""]
    text = "\n".join([*unknown, "Usage: oneflight COMMAND [ARGS]...", "", opening, "", "Commands:", *lines])
    typer.echo(text, err=not wanted)
    sys.exit(0 if wanted else 2)


if __name__ == "__main__":
    main()

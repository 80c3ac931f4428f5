"""`oneflight demo`."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from missions.errors import OneFlightError
from simulator.demo.scenario import SHIPPED
from simulator.demo.setting import Options

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    headless: Annotated[bool, typer.Option(help="End by itself: exit code 0 when every bar was reached, else 1.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the report to this JSON file.")] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="Where logs and data go; a new folder by default.")] = None,
    scenario: Annotated[Path, typer.Option(help="Which flights to fly.")] = SHIPPED,
    port: Annotated[int, typer.Option(help="HTTP port of the console; 0 takes a free one.")] = 0,
    speed_factor: Annotated[float, typer.Option(min=0.5, max=20, help="How much faster than real time is flown.")] = 4.0,
    frames_per_s: Annotated[float, typer.Option(min=0.1, max=30, help="Camera frames a second of flight time.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Of the world, its matters and the wind.")] = 1,
    px4: Annotated[str | None, typer.Option(help="Fly a real PX4 SITL: the path of its build, or 'docker'.")] = None,
    model: Annotated[str | None, typer.Option(help="Detection model: a name or path; the shipped one by default.")] = None,
    first_instance: Annotated[int, typer.Option(min=0, max=90, help="First PX4 instance number, which the ports follow.")] = 0,
    time_limit_s: Annotated[float, typer.Option(help="Report as it stands after this time.")] = 900.0,
) -> None:
    """Fly a demonstration: broker, ground station and several aircraft as processes of their own, over real sockets."""
    options = Options(
        folder=folder or Path(tempfile.mkdtemp(prefix="oneflight-demo-")),
        scenario=scenario,
        headless=headless,
        report=report,
        http_port=port,
        speed_factor=speed_factor,
        seed=seed,
        px4=px4,
        model=model,
        first_instance=first_instance,
        time_limit_s=time_limit_s,
        frames_per_s=frames_per_s,
    )
    sys.exit(_perform(options))


def _perform(options: Options) -> int:
    from simulator.demo.performance import perform

    console = Console()
    try:
        report = perform(options, console)
    except OneFlightError as error:
        console.print(f"The demonstration failed: {error}", style="red", highlight=False)
        return 1
    except KeyboardInterrupt:
        console.print("Interrupted.")
        return 130
    text = report.model_dump_json(indent=2)
    if options.report:
        options.report.write_text(text + "\n")
    if options.headless:
        console.print(text, highlight=False)
    for failure in report.failures:
        console.print(f"Not reached: {failure}", style="red", highlight=False)
    return 1 if report.failures else 0

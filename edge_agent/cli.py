"""`oneflight agent`: runs the agent of one aircraft."""

import asyncio
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from edge_agent.config import AgentSettings

app = typer.Typer(no_args_is_help=True, help="Run the agent of one aircraft.", add_completion=False)


@app.command()
def run(
    config: Annotated[Path, typer.Option(help="The agent's settings (TOML); see `agent config-example`.")],
    log_level: Annotated[str, typer.Option(help="DEBUG, INFO, WARNING or ERROR.")] = "INFO",
) -> None:
    """Fly, see, place, store and tell, until the process is ended."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from edge_agent.config import load_settings

    settings = load_settings(config)
    logging.basicConfig(level=log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(_run(settings))


async def _run(settings: "AgentSettings") -> None:
    import cv2

    from edge_agent.agent import Agent

    cv2.setNumThreads(1)
    await Agent(settings).run()


@app.command("config-example")
def config_example() -> None:
    """Print a settings file with every key, its default and its meaning."""
    from edge_agent.config import example_toml

    typer.echo(example_toml(), nl=False)

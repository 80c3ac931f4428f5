"""Inspects a made-up flight (FOLDER OUT), and asks on standard output, after each picture, for a line to go on."""

import sys
from pathlib import Path

from edge_agent.inspection.inspection import look_at_all
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopped, Stopping
from edge_agent.shot import Shot
from tests.edge_agent.inspection.made_flight import job_of, line_with_things


def ask(shot: Shot) -> None:
    print(shot.name, flush=True)  # noqa: T201
    sys.stdin.readline()


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    bench, state, stopping = line_with_things(folder).bench(), State(out), Stopping()
    state.begin(job_of(bench))
    try:
        with stopping.listening():
            look_at_all(bench, state, stopping, ask)
    except Stopped as stopped:
        sys.exit(128 + stopped.signal_number)


if __name__ == "__main__":
    main()

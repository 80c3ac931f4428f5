"""What a demonstration shows in the terminal: a table that keeps up on a screen, a line for each change in a log."""

from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from simulator.demo.crew import Crew, Wish


class Show:
    """Shows the progress of the flights. Use as a context manager and call `update` now and then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, refresh_per_second=4, transient=True) if console.is_terminal else None
        self._said: dict[str, str] = {}

    def __enter__(self) -> "Show":
        if self._live:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._live:
            self._live.stop()

    def say(self, text: str) -> None:
        """One line, above the table."""
        self._console.print(text, highlight=False)

    def update(self, crew: Crew, seconds: float, work_orders: int) -> None:
        """The state of things."""
        if self._live:
            self._live.update(_table(crew, seconds, work_orders))
        else:
            self._log(crew, seconds, work_orders)

    def _log(self, crew: Crew, seconds: float, work_orders: int) -> None:
        lines = {wish.drone_id + ",".join(wish.route_ids): f"{wish.drone_id}: {_standing(wish)}" for wish in crew.wishes}
        lines["work orders"] = f"work orders: {work_orders}"
        for key, line in lines.items():
            if self._said.get(key) != line:
                self._said[key] = line
                self.say(f"[{seconds:5.0f} s] {line}")


def _table(crew: Crew, seconds: float, work_orders: int) -> Table:
    table = Table(title=f"{seconds:.0f} s, {work_orders} work orders", title_justify="left")
    for heading in ("drone", "routes", "flight", "link", "battery", "height", "to deliver"):
        table.add_column(heading)
    for wish in crew.wishes:
        item = crew.fleet.get(wish.drone_id, {})
        known = item.get("telemetry")
        telemetry = known if isinstance(known, dict) else {}
        table.add_row(
            wish.drone_id,
            str(len(wish.route_ids)),
            _standing(wish),
            str(item.get("link", "-")),
            _number(telemetry.get("battery_share"), "{:.0%}"),
            _number(telemetry.get("height_m"), "{:.0f} m"),
            _number(telemetry.get("outbox_waiting"), "{}"),
        )
    return table


def _standing(wish: Wish) -> str:
    if wish.refused:
        return f"refused: {wish.refused}"
    if wish.flight is None:
        return "waiting"
    legs = f", leg {len(wish.flight.legs_completed)} of {len(wish.flight.plan.legs)} done"
    reason = f" ({wish.flight.reason})" if wish.flight.reason else ""
    return f"{wish.flight.state}{legs}{reason}"


def _number(value: object, form: str) -> str:
    return "-" if value is None else form.format(value)

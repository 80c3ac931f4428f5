"""When what the ground has not acknowledged is sent again, and what makes room for newer messages meanwhile."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from edge_agent.outbox import Waiting

SENDINGS_IN_WINDOW = 5
"""A message that was sent so often without an answer is passed over: perhaps the ground can never answer it."""


@dataclass(slots=True)
class _Turn:
    due_s: float
    pause_s: float
    sendings: int


class ResendSchedule:
    """A message is due at once, and again after pauses that double. When it was sent SENDINGS_IN_WINDOW times it is passed
    over: it leaves the window to newer messages, and is sent by turns with others like it, at the slowest pace, while it waits.
    """

    def __init__(self, first_s: float, at_most_s: float) -> None:
        self._first_s = first_s
        self._at_most_s = at_most_s
        self._turns: dict[str, _Turn] = {}
        self._passed_over: dict[str, None] = {}
        self._next_round_s = 0.0

    @property
    def passed_over(self) -> Collection[str]:
        """Ids of the messages that take no room in the window; whose turn is next comes first."""
        return self._passed_over.keys()

    def due(self, window: Sequence[Waiting], now_s: float) -> list[Waiting]:
        """Those of the window that are due, in their order; each is then due again later, or is passed over."""
        self._turns = {message.id: self._turns[message.id] for message in window if message.id in self._turns}
        return [message for message in window if self._takes_turn(message.id, now_s)]

    def next_round(self, size: int, now_s: float) -> list[str]:
        """Ids of the passed-over messages that are to be sent now: `size` of them in each of the longest pauses."""
        if now_s < self._next_round_s:
            return []
        ids = list(self._passed_over)[:size]
        for id in ids:
            self._passed_over[id] = self._passed_over.pop(id)
        if ids:
            self._next_round_s = now_s + self._at_most_s
        return ids

    def acknowledged(self, message_id: str) -> None:
        """The ground answers: what it has missed of the window is due after the first pause again."""
        self._turns.pop(message_id, None)
        self._passed_over.pop(message_id, None)
        soon_s = time.monotonic() + self._first_s
        for turn in self._turns.values():
            turn.due_s, turn.pause_s = min(turn.due_s, soon_s), min(turn.pause_s, self._first_s * 2)

    def forget(self) -> None:
        """Everything is due, and nothing is passed over."""
        self._turns.clear()
        self._passed_over.clear()

    def _takes_turn(self, id: str, now_s: float) -> bool:
        turn = self._turns.setdefault(id, _Turn(now_s, self._first_s, 0))
        if turn.due_s > now_s:
            return False
        if turn.sendings == SENDINGS_IN_WINDOW:
            del self._turns[id]
            self._passed_over[id] = None
            return False
        turn.due_s, turn.pause_s = now_s + turn.pause_s, min(turn.pause_s * 2, self._at_most_s)
        turn.sendings += 1
        return True

"""The Shapley value: what each player bears of a cost that arises together (Shapley 1953, "A value for n-person games").

It is the only sharing that adds up to the total, treats equals equally, charges nothing to whom nothing is due, and adds over
games: a player's share is what it adds to the cost when it comes, averaged over all orders of coming.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from math import factorial, fsum, sqrt
from random import Random

from missions.errors import InvalidInput

Coalition = frozenset[str]
Cost = Callable[[Coalition], float]

FEWEST_SAMPLES = 4
"""Two pairs: with fewer there is no spread to take an error from."""

NOISE_DECIMALS = 6
"""Digits beyond the last one kept that still count when it is rounded; differences below are the computer's."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The total cost and who bears how much of it. The standard errors are 0 where the shares are exact."""

    total: float
    by_player: dict[str, float]
    standard_error: dict[str, float]
    is_exact: bool


def shapley(players: Sequence[str], cost: Cost, *, exact_up_to: int = 9, samples: int = 2000, seed: int = 0) -> Shares:
    """Shares `cost` of all players among them; it is asked at most once for each coalition, and never for the empty one (0).

    Exact up to `exact_up_to` players (2^n coalitions), estimated from `samples` orders beyond. Raises InvalidInput.
    """
    if len(set(players)) < len(players):
        raise InvalidInput("players", "", "one is named twice")
    if len(players) <= exact_up_to:
        return _exact(players, cost)
    if samples < FEWEST_SAMPLES:
        raise InvalidInput("samples", str(samples), f"at least {FEWEST_SAMPLES} are needed")
    return _sampled(players, cache(cost), samples // 2, Random(seed))


def rounded(shares: Shares, decimals: int) -> dict[str, Decimal]:
    """The shares to so many decimals, adding up exactly to the rounded total.

    By largest remainder: all are rounded down, and what is missing goes one unit each to those who lost most, of equals to
    the first by name.
    """
    unit = Decimal(1).scaleb(-decimals)
    exact = {player: to_decimal(share, decimals + NOISE_DECIMALS) for player, share in shares.by_player.items()}
    down = {player: share.quantize(unit, ROUND_FLOOR) for player, share in exact.items()}
    missing = int((to_decimal(shares.total, decimals) - sum(down.values())) / unit)
    by_loss = sorted(down, key=lambda player: (down[player] - exact[player], player))
    return down | {player: down[player] + unit for player in by_loss[:missing]}


def to_decimal(value: float, decimals: int) -> Decimal:
    """Rounded to so many decimals, halves away from zero, as people round (2.675 is 2.68)."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _exact(players: Sequence[str], cost: Cost) -> Shares:
    """The sum over coalitions S without i of |S|! (n - |S| - 1)! / n! (c(S with i) - c(S)); bit k of a mask is player k."""
    n = len(players)
    costs = [cost(_members(players, mask)) if mask else 0.0 for mask in range(1 << n)]
    weights = [factorial(size) * factorial(n - size - 1) / factorial(n) for size in range(n)]
    by_player = {
        player: fsum(
            weights[mask.bit_count()] * (costs[mask | 1 << number] - costs[mask])
            for mask in range(1 << n)
            if not mask >> number & 1
        )
        for number, player in enumerate(players)
    }
    return Shares(total=costs[-1], by_player=by_player, standard_error=dict.fromkeys(players, 0.0), is_exact=True)


def _members(players: Sequence[str], mask: int) -> Coalition:
    return frozenset(player for number, player in enumerate(players) if mask >> number & 1)


def _sampled(players: Sequence[str], cost: Cost, pairs: int, random: Random) -> Shares:
    """The mean over random orders (Castro, Gómez & Tejada 2009), each with its reverse: a player late in one is early in the
    other, which takes out much of the spread (antithetic sampling). The error is that of the mean over independent pairs.
    """
    drawn: dict[str, list[float]] = {player: [] for player in players}
    for _ in range(pairs):
        order = random.sample(players, len(players))
        there, back = _added(order, cost), _added(order[::-1], cost)
        for player in players:
            drawn[player].append((there[player] + back[player]) / 2)
    means = {player: fsum(values) / pairs for player, values in drawn.items()}
    errors = {player: _error_of_mean(values, means[player]) for player, values in drawn.items()}
    return Shares(total=cost(frozenset(players)), by_player=means, standard_error=errors, is_exact=False)


def _added(order: Sequence[str], cost: Cost) -> dict[str, float]:
    """What each adds to the cost when they come in this order."""
    added: dict[str, float] = {}
    before = 0.0
    for place, player in enumerate(order, start=1):
        after = cost(frozenset(order[:place]))
        added[player] = after - before
        before = after
    return added


def _error_of_mean(values: Sequence[float], mean: float) -> float:
    return sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values))

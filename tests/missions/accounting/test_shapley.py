"""The Shapley value against games whose value is known, and what it promises in every game."""

from collections import Counter
from decimal import Decimal
from itertools import combinations
from math import fsum, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.accounting.shapley import Coalition, Cost, Shares, rounded, shapley, to_decimal
from missions.errors import InvalidInput

RUNWAYS = {"small": 1.0, "middle": 2.0, "large": 3.0}


def runway(coalition: Coalition) -> float:
    """The airport game: the longest runway that someone needs."""
    return max(RUNWAYS[player] for player in coalition)


@st.composite
def monotone_games(draw: st.DrawFn) -> tuple[list[str], Cost]:
    """Players and a cost that never falls when one joins: the dearest of what the coalition's parts cost."""
    players = [f"p{number}" for number in range(draw(st.integers(1, 5)))]
    parts = [frozenset(part) for size in range(1, len(players) + 1) for part in combinations(players, size)]
    prices = draw(st.lists(st.floats(0, 1e4), min_size=len(parts), max_size=len(parts)))
    price_of = dict(zip(parts, prices, strict=True))
    return players, lambda coalition: max(price for part, price in price_of.items() if part <= coalition)


@st.composite
def shared_resources(draw: st.DrawFn) -> list[tuple[float, Coalition]]:
    """Resources by their cost and their users: some of six players."""
    users = st.frozensets(st.sampled_from("abcdef"), min_size=1)
    return draw(st.lists(st.tuples(st.floats(0, 1000), users), max_size=8))


def test_airport_game() -> None:
    """Each stretch of runway is shared by who needs it (Littlechild & Owen 1973): 1/3, 1/3 + 1/2, 1/3 + 1/2 + 1."""
    shares = shapley(list(RUNWAYS), runway)
    assert shares.is_exact
    assert shares.total == 3
    assert shares.by_player == pytest.approx({"small": 1 / 3, "middle": 5 / 6, "large": 11 / 6})
    assert set(shares.standard_error.values()) == {0}


def test_glove_game() -> None:
    """One left glove and two right ones, a pair is worth 1: the left one gets 2/3, each right one 1/6 (Shapley 1953)."""
    shares = shapley(["left", "right", "other"], lambda hands: float("left" in hands and len(hands) > 1))
    assert shares.by_player == pytest.approx({"left": 2 / 3, "right": 1 / 6, "other": 1 / 6})


def test_equals_share_equally() -> None:
    """Where only the number of players counts, each bears the same: sqrt(4) / 4."""
    shares = shapley(list("abcd"), lambda coalition: sqrt(len(coalition)))
    assert shares.by_player == pytest.approx(dict.fromkeys("abcd", 0.5))


@pytest.mark.parametrize("exact_up_to", [9, 0])
def test_null_player_bears_nothing(exact_up_to: int) -> None:
    """Who never adds to the cost pays exactly nothing, be it computed or sampled."""
    shares = shapley(["guest", *RUNWAYS], lambda s: runway(s - {"guest"}) if s - {"guest"} else 0.0, exact_up_to=exact_up_to)
    assert shares.by_player["guest"] == 0


@given(resources=shared_resources())
def test_every_resource_is_shared_by_its_users(resources: list[tuple[float, Coalition]]) -> None:
    """Additivity, symmetry and null players in one: each resource's cost falls in equal parts on who uses it."""
    shares = shapley(list("abcdef"), lambda coalition: fsum(price for price, users in resources if users & coalition))
    for player in "abcdef":
        due = fsum(price / len(users) for price, users in resources if player in users)
        assert shares.by_player[player] == pytest.approx(due, abs=1e-9)


@given(first=monotone_games(), second=monotone_games(), factor=st.floats(0, 10))
def test_additivity(first: tuple[list[str], Cost], second: tuple[list[str], Cost], factor: float) -> None:
    """The shares of two games played together are the sums of their shares."""
    players = min(first[0], second[0], key=len)
    together = shapley(players, lambda coalition: first[1](coalition) + factor * second[1](coalition))
    one, other = shapley(players, first[1]), shapley(players, second[1])
    summed = {player: one.by_player[player] + factor * other.by_player[player] for player in players}
    assert together.by_player == pytest.approx(summed, abs=1e-6)


@settings(max_examples=50)
@given(game=monotone_games(), exact_up_to=st.sampled_from([0, 9]))
def test_efficiency(game: tuple[list[str], Cost], exact_up_to: int) -> None:
    """Computed or sampled, shares add up to the cost of all, none is negative, and rounded ones add up to the last cent."""
    players, cost = game
    shares = shapley(players, cost, exact_up_to=exact_up_to, samples=20)
    assert shares.total == cost(frozenset(players))
    assert fsum(shares.by_player.values()) == pytest.approx(shares.total, rel=1e-12, abs=1e-9)
    assert min(shares.by_player.values()) >= -1e-9
    cents = rounded(shares, 2)
    assert sum(cents.values()) == to_decimal(shares.total, 2)
    assert all(abs(float(cents[player]) - shares.by_player[player]) < 0.01 + 1e-6 for player in players)


@pytest.mark.parametrize("exact_up_to", [9, 0])
def test_each_coalition_is_asked_once(exact_up_to: int) -> None:
    """The cost of five players is asked at most once for each of the 31 coalitions, and never for the empty one."""
    asked: Counter[Coalition] = Counter()

    def cost(coalition: Coalition) -> float:
        asked[coalition] += 1
        return float(len(coalition) ** 2)

    shapley(list("abcde"), cost, exact_up_to=exact_up_to)
    assert len(asked) == 31
    assert set(asked.values()) == {1}
    assert frozenset() not in asked


@pytest.mark.parametrize("seed", range(5))
def test_sampled_within_four_standard_errors(seed: int) -> None:
    """Twelve runways: the estimate is the exact value within four of its standard errors, which are under 2 % of the total."""
    lengths = {f"p{number}": float(number**2) for number in range(1, 13)}

    def cost(coalition: Coalition) -> float:
        return max(lengths[player] for player in coalition)

    exact = shapley(list(lengths), cost, exact_up_to=12)
    sampled = shapley(list(lengths), cost, seed=seed)
    assert not sampled.is_exact
    assert sum(rounded(sampled, 2).values()) == 144
    for player, value in exact.by_player.items():
        assert 0 < sampled.standard_error[player] < 0.02 * exact.total
        assert abs(sampled.by_player[player] - value) <= 4 * sampled.standard_error[player]


def test_reversed_orders_take_out_linear_spread() -> None:
    """Where a player adds as much as it comes late (k at place k), an order and its reverse average to the value: no error."""
    shares = shapley(list("abcd"), lambda s: len(s) * (len(s) + 1) / 2, exact_up_to=0, samples=20)
    assert shares.by_player == pytest.approx(dict.fromkeys("abcd", 2.5))
    assert shares.standard_error == pytest.approx(dict.fromkeys("abcd", 0))


def test_seed_repeats() -> None:
    """The same seed gives the same estimate, another one another."""
    first, again, other = (shapley(list(RUNWAYS), runway, exact_up_to=0, samples=10, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_rounded_by_largest_remainder() -> None:
    """Ten in three: a unit is missing after rounding down, and of equals the first by name gets it."""
    shares = Shares(total=10, by_player=dict.fromkeys("cab", 10 / 3), standard_error={}, is_exact=True)
    assert rounded(shares, 2) == {"c": Decimal("3.33"), "a": Decimal("3.34"), "b": Decimal("3.33")}
    assert rounded(shares, 0) == {"c": 3, "a": 4, "b": 3}


def test_largest_remainder_goes_first() -> None:
    """1.16 + 2.27 + 0.57 = 4: down to 1.1, 2.2 and 0.5, two tenths are missing, which the two sevens get."""
    shares = Shares(total=4.0, by_player={"a": 1.16, "b": 2.27, "c": 0.57}, standard_error={}, is_exact=True)
    assert rounded(shares, 1) == {"a": Decimal("1.1"), "b": Decimal("2.3"), "c": Decimal("0.6")}


def test_rounding_of_gains() -> None:
    """Negative shares round to the same total: -0.005 and 1.005 are 1.00."""
    shares = Shares(total=1.0, by_player={"a": -0.005, "b": 1.005}, standard_error={}, is_exact=True)
    assert rounded(shares, 2) == {"a": Decimal("0.00"), "b": Decimal("1.00")}


def test_nobody() -> None:
    """No players bear no cost."""
    assert rounded(shapley([], runway), 2) == {}


def test_refusals() -> None:
    """A player twice and too few samples to tell an error are refused."""
    with pytest.raises(InvalidInput, match="twice"):
        shapley(["a", "a"], runway)
    with pytest.raises(InvalidInput, match="at least 4"):
        shapley(list(RUNWAYS), runway, exact_up_to=2, samples=3)

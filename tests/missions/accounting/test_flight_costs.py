"""The square flight's cost for its departments, against sums done by hand."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from missions.accounting.flight_costs import FlightCosts, FlightShare, flight_costs, share_flight
from missions.errors import InvalidInput
from missions.operations import Operations
from missions.schedule import Pass, ScheduledFlight


@pytest.fixture(scope="session")
def make_costs(
    make_flight: Callable[..., ScheduledFlight], make_pass: Callable[..., Pass], operations: Operations
) -> Callable[..., FlightCosts]:
    """The square flight's costs, by who wants its two passes."""

    def make(a: tuple[str, ...], b: tuple[str, ...]) -> FlightCosts:
        return flight_costs(make_flight(), {"a": make_pass("a", *a), "b": make_pass("b", *b)}, operations)

    return make


def by_department(costs: FlightCosts) -> dict[str, FlightShare]:
    return {share.department_id: share for share in share_flight(costs)}


def test_costs_of_coalitions(make_costs: Callable[..., FlightCosts]) -> None:
    """Alone 425 s and 33.25 yuan, together 10 min and 42; parks wants both passes, so it brings all; strangers cost nothing."""
    costs = make_costs(("urban", "parks"), ("water", "parks"))
    assert costs.departments == ["parks", "urban", "water"]
    assert costs.minutes_for(frozenset({"urban"})) == pytest.approx(425 / 60)
    assert costs.cost_for(frozenset({"urban"})) == pytest.approx(33.25)
    assert costs.cost_for(frozenset({"urban", "water"})) == 42
    assert costs.cost_for(frozenset({"parks"})) == 42
    assert costs.cost_for(frozenset()) == 0
    assert costs.cost_for(frozenset({"fire"})) == 0


def test_equal_departments_halve(make_costs: Callable[..., FlightCosts]) -> None:
    """A pass each, equally long: five minutes and 21 yuan each, where alone each had paid 33.25."""
    for share in share_flight(make_costs(("urban",), ("water",))):
        assert (share.passes, share.minutes, share.cost_yuan) == (1, 5, 21)
        assert (share.alone_minutes, share.alone_cost_yuan) == (Decimal("7.08"), Decimal("33.25"))
        assert share.error_yuan == 0


def test_who_wants_more_bears_more(make_costs: Callable[..., FlightCosts]) -> None:
    """Parks wants both passes, urban and water one each.

    Seconds: first to come, parks adds 600 (1/3), second 175 (1/3), last 0: 775/3. Urban adds 425 first (1/3), 175 after water
    (1/6), else 0: 1025/6. That is 4.3056 and 2.8472 min: rounded down 9.98 in all, and the two with .72 get the two missing.
    Yuan: three a minute and four each for the take-off: 16.917 and 12.542, of which parks gets the missing cent.
    """
    shares = by_department(make_costs(("urban", "parks"), ("water", "parks")))
    assert (shares["parks"].minutes, shares["parks"].cost_yuan) == (Decimal("4.30"), Decimal("16.92"))
    for one in ("urban", "water"):
        assert (shares[one].minutes, shares[one].cost_yuan) == (Decimal("2.85"), Decimal("12.54"))
    assert sum(share.minutes for share in shares.values()) == 10
    assert sum(share.cost_yuan for share in shares.values()) == 42
    assert shares["parks"].passes == 2


def test_single_department_bears_all(make_costs: Callable[..., FlightCosts]) -> None:
    """Who has the flight to itself pays what it costs, and saves nothing."""
    (share,) = share_flight(make_costs(("urban",), ("urban",)))
    assert (share.passes, share.minutes, share.cost_yuan) == (2, 10, 42)
    assert (share.alone_minutes, share.alone_cost_yuan) == (10, 42)


def test_another_planner_through_the_port(
    make_flight: Callable[..., ScheduledFlight], make_pass: Callable[..., Pass], operations: Operations
) -> None:
    """Any function of flight and passes may tell the minutes; it is asked once for each set of passes, never for none."""
    asked = []

    def two_minutes_a_pass(flight: ScheduledFlight, kept: frozenset[str]) -> float:
        asked.append((flight.id, kept))
        return 2.0 * len(kept)

    passes = {"a": make_pass("a", "urban", "parks"), "b": make_pass("b", "water")}
    shares = by_department(flight_costs(make_flight(), passes, operations, two_minutes_a_pass))
    assert {id: share.minutes for id, share in shares.items()} == {"parks": 1, "urban": 1, "water": 2}
    assert {id: share.cost_yuan for id, share in shares.items()} == {"parks": 7, "urban": 7, "water": 10}
    assert sorted(asked, key=str) == sorted(
        [("f-1", frozenset("a")), ("f-1", frozenset("b")), ("f-1", frozenset("ab"))], key=str
    )


def test_many_departments_are_sampled(make_costs: Callable[..., FlightCosts]) -> None:
    """Eleven departments, ten on A and one on B: an error is told, and the cents still add up."""
    shares = share_flight(make_costs(tuple(f"d{number}" for number in range(10)), ("water",)), seed=3)
    assert sum(share.cost_yuan for share in shares) == 42
    assert sum(share.minutes for share in shares) == 10
    assert all(share.error_yuan > 0 for share in shares)
    water = next(share for share in shares if share.department_id == "water")
    # water comes first with 1/11 and adds 33.25 yuan, else 42 - 33.25 = 8.75
    assert abs(float(water.cost_yuan) - (33.25 + 10 * 8.75) / 11) <= 4 * water.error_yuan + 0.01


def test_refusals(make_flight: Callable[..., ScheduledFlight], make_pass: Callable[..., Pass], operations: Operations) -> None:
    """A pass that is not in the schedule, and one that nobody asks for, cannot be charged: the flight or pass is named."""
    with pytest.raises(InvalidInput, match=r"flight 'f-1'.*'b'"):
        flight_costs(make_flight(), {"a": make_pass("a", "urban")}, operations)
    with pytest.raises(InvalidInput, match=r"pass 'b'.*no department"):
        flight_costs(make_flight(), {"a": make_pass("a", "urban"), "b": make_pass("b")}, operations)

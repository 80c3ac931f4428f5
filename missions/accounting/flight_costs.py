"""What one flight costs, what it would cost for some of its departments only, and how they share it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from missions.accounting.shapley import Coalition, rounded, shapley, to_decimal
from missions.accounting.sub_flight import SubFlightMinutes, skipping_minutes
from missions.errors import InvalidInput
from missions.operations import Operations
from missions.schedule import Pass, ScheduledFlight

DECIMALS = 2
"""Shares are booked in cents and in hundredths of a minute."""


@dataclass(frozen=True, slots=True)
class FlightShare:
    """What one department bears of one flight, and what its own passes would have taken alone; in hundredths.

    `error_yuan` is the standard error of its cost: 0 unless there are too many departments for an exact share.
    """

    department_id: str
    passes: int
    minutes: Decimal
    cost_yuan: Decimal
    alone_minutes: Decimal
    alone_cost_yuan: Decimal
    error_yuan: float


@dataclass(frozen=True, slots=True)
class FlightCosts:
    """What a flight costs for a coalition of its departments: with only the passes that at least one of them wants.

    `wanted_by` names the departments of each pass, by id; `minutes_with` gives the minutes with these passes only.
    """

    wanted_by: Mapping[str, frozenset[str]]
    minutes_with: Callable[[frozenset[str]], float]
    cost_per_minute: float
    cost_per_flight: float

    @property
    def departments(self) -> list[str]:
        """Who is served, in order of name."""
        return sorted({department for departments in self.wanted_by.values() for department in departments})

    def passes_for(self, coalition: Coalition) -> frozenset[str]:
        """The passes that at least one of them wants."""
        return frozenset(pass_id for pass_id, departments in self.wanted_by.items() if departments & coalition)

    def minutes_for(self, coalition: Coalition) -> float:
        """Minutes in the air; 0 for who wants none of its passes."""
        kept = self.passes_for(coalition)
        return self.minutes_with(kept) if kept else 0.0

    def cost_for(self, coalition: Coalition) -> float:
        """Yuan, by the minute and for the take-off; 0 for who wants none of its passes."""
        if not self.passes_for(coalition):
            return 0.0
        return self.minutes_for(coalition) * self.cost_per_minute + self.cost_per_flight


def flight_costs(
    flight: ScheduledFlight,
    passes: Mapping[str, Pass],
    operations: Operations,
    sub_flight_minutes: SubFlightMinutes = skipping_minutes,
) -> FlightCosts:
    """The costs of a flight, `passes` by id; raises InvalidInput where it makes a pass that is unknown or nobody's."""
    return FlightCosts(
        wanted_by={visit.pass_id: _departments(flight, visit.pass_id, passes) for visit in flight.visits},
        minutes_with=cache(partial(sub_flight_minutes, flight)),
        cost_per_minute=operations.cost_per_minute,
        cost_per_flight=operations.cost_per_flight,
    )


def share_flight(costs: FlightCosts, *, seed: int = 0) -> list[FlightShare]:
    """Each department's share, in order of name; minutes and cents add up exactly to the whole flight's in hundredths."""
    minutes = rounded(shapley(costs.departments, costs.minutes_for, seed=seed), DECIMALS)
    yuan = shapley(costs.departments, costs.cost_for, seed=seed)
    cost_yuan = rounded(yuan, DECIMALS)
    return [
        FlightShare(
            department_id=department,
            passes=len(costs.passes_for(frozenset({department}))),
            minutes=minutes[department],
            cost_yuan=cost_yuan[department],
            alone_minutes=to_decimal(costs.minutes_for(frozenset({department})), DECIMALS),
            alone_cost_yuan=to_decimal(costs.cost_for(frozenset({department})), DECIMALS),
            error_yuan=yuan.standard_error[department],
        )
        for department in costs.departments
    ]


def _departments(flight: ScheduledFlight, pass_id: str, passes: Mapping[str, Pass]) -> frozenset[str]:
    if pass_id not in passes:
        raise InvalidInput("schedule", f"flight '{flight.id}'", f"its pass '{pass_id}' is not in the schedule")
    if not passes[pass_id].departments:
        raise InvalidInput("schedule", f"pass '{pass_id}'", "no department asks for it, so nobody can be charged")
    return frozenset(passes[pass_id].departments)

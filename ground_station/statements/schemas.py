"""What the statement endpoints give."""

from missions.accounting import DepartmentStatement


class StatementOut(DepartmentStatement):
    """A department's statement with what it would have taken by itself, planned by the same planner.

    That is known of `compared_days` of the `days` alone: `compared_*` is what it bears of those, `apart_*` what its own flights
    would have taken on them; `apart_missed` passes would not have been flown then.
    """

    days: int
    compared_days: int
    compared_minutes: float
    compared_cost_yuan: float
    apart_flights: int
    apart_minutes: float
    apart_cost_yuan: float
    apart_missed: int

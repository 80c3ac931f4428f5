"""A demand that cannot be served, told with the nearest that could be."""

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from ground_station.errors import Complaint, Refused
from missions.demand import Demand
from missions.district import District
from missions.planning.limits import Infeasible, Reason
from missions.scheduling.nearest import nearest_possible


class Impossible(Complaint):
    """One reason against a demand. `nearest`: the fields to change, each with the nearest possible value."""

    nearest: dict[str, Any] | None = None


def refusal(demand: Demand, against: Infeasible, district: District, at: datetime) -> Refused:
    """Every reason, each with the nearest possible."""
    return Refused("demand", [_impossible(demand, reason, district, at) for reason in against.reasons])


def contradiction(error: ValidationError) -> Refused:
    """What a demand contradicts itself in."""
    return Refused("demand", [Complaint(where=_where(one["loc"]), cause=one["msg"]) for one in error.errors()])


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "demand"


def _impossible(demand: Demand, reason: Reason, district: District, at: datetime) -> Impossible:
    near = nearest_possible(demand, reason, district, at)
    changes = near.model_dump(mode="json", exclude_none=True) if near else None
    return Impossible(where=reason.code, cause=reason.text, nearest=changes)

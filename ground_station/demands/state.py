"""How a demand stands at a moment."""

from datetime import datetime, timedelta

from ground_station.demands.schemas import DemandState
from missions.demand import Demand
from missions.working_time import DISTRICT_TIME

OVERDUE = 1.5
"""Intervals without a look from which a demand counts as overdue rather than due."""


def state_of(demand: Demand, last_seen_at: datetime | None, now: datetime) -> DemandState:
    """By the intervals that have passed since it was last seen to; what never was is overdue, once asked for it is due."""
    interval_h = demand.interval_h
    if interval_h is None and last_seen_at is not None:
        return DemandState.DONE
    if not demand.holds_on(now.astimezone(DISTRICT_TIME).date()):
        return DemandState.DORMANT
    if interval_h is None:
        return DemandState.DUE
    if last_seen_at is None:
        return DemandState.OVERDUE
    waited = (now - last_seen_at) / timedelta(hours=interval_h)
    if waited < 1:
        return DemandState.FRESH
    return DemandState.OVERDUE if waited > OVERDUE else DemandState.DUE


def next_due_at(demand: Demand, last_seen_at: datetime | None) -> datetime | None:
    """When its interval runs out; None where it never was seen to, or is asked for once."""
    if last_seen_at is None or demand.interval_h is None:
        return None
    return last_seen_at + timedelta(hours=demand.interval_h)

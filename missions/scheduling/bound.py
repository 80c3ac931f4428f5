"""How much a day could bring at most, so that a plan can be held against it.

The bound is a Lagrangian one, of a relaxation in which jobs may be served in fractions and in any order, and only need
their share of things of which there is a limited amount. Write x[k, j] for the share of job j that kind k serves. Every
plan without faults keeps sum over k of x[k, j] <= 1, and the limits of `_limits` below, all of the form
sum over k, j of w[r, k, j] x[k, j] <= b[r]. So for any prices p[r] >= 0 its value is

    sum v[j] x[k, j]  <=  sum v[j] x[k, j] + sum over r of p[r] (b[r] - sum w[r, k, j] x[k, j])
                      <=  sum over r of p[r] b[r] + sum over j of max(0, max over k of (v[j] - sum over r of p[r] w[r, k, j])),

the last because the x of a job add up to at most 1. The prices only decide how close the bound is, never whether it holds.

Why plans keep the limits. Give each half of a leg to either of its ends. A job served by kind k then takes at least
s = service + half the shortest way in + half the shortest way out seconds, and e Wh by the same count, whatever comes before
and after it; a trip takes at least o_s = climb and landing + half the shortest way out of a depot + half the shortest way into
one seconds besides, and o_e Wh. (Shortest: over all places from which and to which the kind may come, so no triangle
inequality is needed.) A trip draws at most the usable capacity C, so its jobs' e add up to at most C - o_e: a kind's T trips
number at least sum of e / (C - o_e). Let F be a vehicle's seconds in the air, E the Wh it draws, t the turnaround, and H the
seconds from when it is ready to the day's end.

- Charge. It charges in at most H - F - t (T - 1) seconds, at rate q. So E + q F + q t T <= charge at the beginning over the
  reserve + q (H + t), where E >= sum of e + T o_e and F >= sum of s + T o_s. Put the least T in: linear in x. Left out for a
  kind whose batteries are swapped in a depot that takes it.
- Time. F + t (T - 1) <= H, likewise. And, as it holds that T >= 1 if it serves anything, sum of s <= H - o_s.
- Trips, where their number is limited: sum of e <= number (C - o_e).
- Crew. All F together are at most crew times the length of the day.
- Windows. Jobs whose windows all lie in a stretch of time are served in it, each by a vehicle that does nothing else
  meanwhile: their service adds up to at most the seconds in it of the vehicles that are ready, or of the crew.

The first three are added up over the vehicles of a kind. A job with e > C - o_e, or no window as long as its service, cannot
be served by that kind at all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from missions.scheduling.guest_places import may_land
from missions.scheduling.problem import Floats, Problem

ROUNDING = 1e-6
"""Share added for rounding, as a plan's limits may be missed by a little and still count as kept."""

STRETCHES = 40
"""Stretches of time looked at: those into which the windows of most jobs fall."""

STEPS = 3000
"""Steps in the search for prices."""

PATIENCE = 40
"""Steps without gain after which they become half as long."""


@dataclass(frozen=True, slots=True)
class _Needs:
    """What jobs take at least of one kind (n), and what a trip takes besides."""

    job_s: Floats
    job_wh: Floats
    trip_s: float
    trip_wh: float
    room_wh: float

    @property
    def trips(self) -> Floats:
        """The share of a trip that each job takes."""
        return self.job_wh / self.room_wh if self.room_wh > 0 else np.zeros_like(self.job_wh)


@dataclass(frozen=True, slots=True)
class _Limit:
    """Of `amount` there is so much, and job j served by kind k takes `taken[k, j]`."""

    taken: Floats
    amount: float


def upper_bound(problem: Problem) -> float:
    """A value that no plan without faults exceeds; the module says why."""
    needs = [_needs(problem, kind) for kind in range(len(problem.kinds))]
    possible = np.array([_possible(problem, kind, need) for kind, need in enumerate(needs)]).reshape(len(needs), problem.jobs)
    if not possible.any():
        return 0.0
    gain = np.where(possible, problem.value, -np.inf)
    shares = np.stack([np.where(possible, limit.taken, 0.0) / max(limit.amount, 1e-9) for limit in _limits(problem, needs)])
    return _cheapest(gain, shares) * (1 + ROUNDING)


def _cheapest(gain: Floats, shares: Floats) -> float:
    """The least bound found by a subgradient search over prices, for limits scaled to an amount of 1."""
    prices = np.zeros(len(shares))
    best, best_prices, step, waited = np.inf, prices, 0.1, 0
    jobs = np.arange(gain.shape[1])
    for _ in range(STEPS):
        net = gain - np.tensordot(prices, shares, axes=1)
        kind = net.argmax(axis=0)
        served = net[kind, jobs] > 0
        bound = float(prices.sum() + net[kind, jobs][served].sum())
        if bound < best:
            best, best_prices, waited = bound, prices, 0
        else:
            waited += 1
        if waited > PATIENCE:
            prices, step, waited = best_prices, step / 2, 0
            continue
        slope = 1 - shares[:, kind[served], jobs[served]].sum(axis=1)
        slope[(prices <= 0) & (slope > 0)] = 0.0
        steepness = float(slope @ slope)
        if steepness == 0:
            break
        prices = np.maximum(prices - step * bound / steepness * slope, 0.0)
    return best


def _needs(problem: Problem, kind: int) -> _Needs:
    """The least that jobs and trips of a kind take; the module says why."""
    jobs = problem.jobs
    depots = [jobs + depot for depot in _depots(problem, kind)]
    places = np.array([*np.flatnonzero(problem.able[kind]), *depots], dtype=int)
    ways_s, ways_wh = (_half_ways(table[kind], places) for table in (problem.travel_s, problem.travel_wh))
    what = problem.kinds[kind]
    trip_s = what.trip_s + (float(ways_s[depots].min()) if depots else 0.0)
    trip_wh = what.trip_wh + (float(ways_wh[depots].min()) if depots else 0.0)
    return _Needs(
        job_s=problem.service_s[kind] + ways_s[:jobs],
        job_wh=problem.energy_wh[kind] + ways_wh[:jobs],
        trip_s=trip_s,
        trip_wh=trip_wh,
        room_wh=what.capacity_wh - trip_wh,
    )


def _depots(problem: Problem, kind: int) -> list[int]:
    """The depots in which vehicles of a kind may land."""
    own = [number for number, vehicle in enumerate(problem.vehicles) if vehicle.kind == kind]
    return [depot for depot in range(problem.depots) if any(may_land(problem, vehicle, depot) for vehicle in own)]


def _half_ways(table: Floats, places: NDArray[np.int_]) -> Floats:
    """Of each of `places` half the shortest way in and half the shortest way out, among `places`; 0 for the rest."""
    halves = np.zeros(len(table))
    if len(places) < 2:
        return halves
    among = table[np.ix_(places, places)].astype(np.float64)
    np.fill_diagonal(among, np.inf)
    halves[places] = (among.min(axis=0) + among.min(axis=1)) / 2
    return halves


def _possible(problem: Problem, kind: int, needs: _Needs) -> list[bool]:
    """Which jobs the kind may be able to serve."""
    if not any(vehicle.kind == kind for vehicle in problem.vehicles):
        return [False] * problem.jobs
    longest_s = [max((end - begin for begin, end in windows), default=-1.0) for windows in problem.windows]
    fits = (problem.service_s[kind] <= np.array(longest_s) + 1e-6) & (needs.job_wh <= needs.room_wh + 1e-6)
    possible: list[bool] = (problem.able[kind] & fits).tolist()
    return possible


def _limits(problem: Problem, needs: list[_Needs]) -> list[_Limit]:
    """All the limits of the module's text."""
    limits = [limit for kind, need in enumerate(needs) for limit in _limits_of_kind(problem, kind, need)]
    if problem.crew_binds:
        taken = np.stack([need.job_s + need.trip_s * need.trips for need in needs])
        limits.append(_Limit(taken, problem.crew * (problem.end_s - problem.begin_s)))
    return limits + _stretch_limits(problem)


def _limits_of_kind(problem: Problem, kind: int, need: _Needs) -> list[_Limit]:
    what, vehicles = problem.kinds[kind], [vehicle for vehicle in problem.vehicles if vehicle.kind == kind]
    rate, turnaround_s = what.wh_per_s, problem.turnaround_s
    hours_s = [max(problem.end_s - vehicle.ready_s, 0.0) for vehicle in vehicles]
    charge = [
        max(vehicle.charge_wh - what.reserve_wh + rate * (length_s + turnaround_s), 0.0)
        for vehicle, length_s in zip(vehicles, hours_s, strict=True)
    ]
    in_air_s = [min(one, problem.end_s - problem.begin_s) for one in hours_s]

    def limit(taken: Floats, amount: float) -> _Limit:
        table = np.zeros((len(problem.kinds), problem.jobs))
        table[kind] = taken
        return _Limit(table, amount)

    cycle_s = need.trip_s + turnaround_s
    limits = [
        limit(need.job_s + cycle_s * need.trips, sum(one + turnaround_s for one in in_air_s)),
        limit(need.job_s, sum(max(one - need.trip_s, 0.0) for one in in_air_s)),
    ]
    if all(problem.offer(depot).swap_s is None for depot in _depots(problem, kind)):
        limits.append(limit(need.job_wh + rate * need.job_s + (need.trip_wh + rate * cycle_s) * need.trips, sum(charge)))
    if problem.max_trips is not None:
        limits.append(limit(need.job_wh, problem.max_trips * len(vehicles) * max(need.room_wh, 0.0)))
    return limits


def _stretch_limits(problem: Problem) -> list[_Limit]:
    """The limits of the stretches of time into which windows fall."""
    begins = np.array([windows[0].earliest_s if windows else np.nan for windows in problem.windows])
    ends = np.array([windows[-1].latest_s if windows else np.nan for windows in problem.windows])
    stretches = {
        (b, e) for b, e in zip(begins.tolist(), ends.tolist(), strict=True) if b > problem.begin_s or e < problem.end_s
    }
    inside = {(b, e): (begins >= b) & (ends <= e) for b, e in stretches if b < e}
    most = sorted(inside, key=lambda one: (-int(inside[one].sum()), one))[:STRETCHES]
    limits = []
    for begin_s, end_s in most:
        ready_s = sum(max(end_s - max(begin_s, vehicle.ready_s), 0.0) for vehicle in problem.vehicles)
        amount_s = min(ready_s, problem.crew * (end_s - begin_s))
        limits.append(_Limit(problem.service_s * inside[begin_s, end_s], amount_s))
    return limits

"""How full a battery is after a stay: charged in time, or swapped for a full one."""

from math import inf

from missions.scheduling.problem import TOLERANCE, Problem


def charged_wh(problem: Problem, kind: int, depot: int, charge_wh: float, stay_s: float) -> float:
    """What the battery of a vehicle holds that came to a depot with `charge_wh` and may leave since `stay_s`, at most full.

    Where batteries are swapped it is the old one until the new one is in, and then full: a depot has spare batteries enough.
    """
    what, swap_s = problem.kinds[kind], problem.offer(depot).swap_s
    if swap_s is None:
        return min(charge_wh + max(stay_s, 0.0) * what.wh_per_s, what.full_wh)
    return what.full_wh if stay_s >= swap_s - TOLERANCE else charge_wh


def charging_s(problem: Problem, kind: int, depot: int, charge_wh: float, wanted_wh: float) -> float:
    """How long it must stay until it holds `wanted_wh`, at most a full battery; infinite where nothing charges it."""
    what, swap_s = problem.kinds[kind], problem.offer(depot).swap_s
    missing_wh = wanted_wh - charge_wh
    if missing_wh <= 0:
        return 0.0
    if swap_s is not None:
        return swap_s
    return missing_wh / what.wh_per_s if what.recharge_w > 0 else inf

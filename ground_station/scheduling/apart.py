"""Flying department by department, by the same planner: what merging has saved."""

from collections.abc import Sequence

from ground_station.scheduling.improving import improve
from missions.district import District
from missions.route import Route
from missions.schedule import Schedule
from missions.scheduling.apart import ApartDay, apart_work, as_flown_apart, departments_of
from missions.scheduling.day import first_plan, schedule_of

SHARE = 15.0
"""A department has so small a part of the time that the whole day had."""


def fly_apart(schedule: Schedule, district: District, routes: Sequence[Route], time_limit_s: float) -> ApartDay:
    """Every department's part of the schedule planned alone, for a fifteenth of the time each. For a process of its own."""
    departments = []
    for id in departments_of(schedule):
        work = apart_work(schedule, id, district, routes)
        solution = improve(work.problem, first_plan(work), time_limit_s=time_limit_s / SHARE, seed=schedule.seed)
        departments.append(as_flown_apart(id, schedule_of(work, solution, "alone")))
    return ApartDay(departments=tuple(departments))

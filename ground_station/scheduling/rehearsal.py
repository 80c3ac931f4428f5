"""Days planned without a station: the standing demands of a catalogue after a made-up past."""

from collections.abc import Mapping
from datetime import date, datetime

from missions.district import District
from missions.ground import Ground
from missions.schedule import DayConditions, Schedule
from missions.scheduling.day import DayRequest
from missions.scheduling.due import rehearsed_history
from missions.scheduling.standing import standing_demands


def request_for(
    district: District,
    day: date,
    seed: int,
    conditions: DayConditions,
    history: Mapping[str, datetime] | None = None,
    ground: Ground | None = None,
) -> DayRequest:
    """What to plan on `day`; the past is rehearsed from `seed` where none is given."""
    demands = standing_demands(district)
    past = rehearsed_history(demands, day, seed) if history is None else history
    return DayRequest(district, day, demands, past, seed, conditions, ground=ground)


def history_after(history: Mapping[str, datetime], schedule: Schedule, since: datetime | None = None) -> dict[str, datetime]:
    """The past once the day has been flown as planned; of a day that has begun, only what is still to come at `since`."""
    demands = {one.id: one.demand_ids for one in schedule.passes}
    visits = [visit for flight in schedule.flights for visit in flight.visits if since is None or visit.ends_at > since]
    return {**history, **{id: visit.ends_at for visit in visits for id in demands[visit.pass_id]}}

"""What drops out of a plan says so, and is told to whom it concerns."""

from datetime import timedelta

import pytest

from missions.district import District
from missions.schedule import DayConditions, MergeKind, MergeNote, Schedule, Unserved, UnservedCode
from missions.scheduling.dropping import LEFT, still_waiting, to_be_told, with_dropped
from missions.scheduling.repair import Change, repair
from tests.missions.scheduling.conftest import PlannedDay
from tests.missions.scheduling.made_district import moment


def unplanned(schedule: Schedule, pass_id: str, code: UnservedCode = UnservedCode.NO_ROOM) -> Schedule:
    """The schedule without its flights that see a pass, which waits."""
    [wanted] = [one for one in schedule.passes if one.id == pass_id]
    waits = Unserved(
        pass_id=pass_id,
        route_id=wanted.route_id,
        code=code,
        text="no room",
        expires_at=moment(86400),
        departments=wanted.departments,
    )
    flights = tuple(one for one in schedule.flights if pass_id not in {visit.pass_id for visit in one.visits})
    return schedule.model_copy(update={"flights": flights, "unserved": (waits,)})


def test_planned_before_is_dropped(planned: PlannedDay) -> None:
    """What the others leave no room for was dropped; when and in which flight it was planned is said."""
    flight = planned.schedule.flights[0]
    visit = flight.visits[0]
    [waits] = with_dropped(unplanned(planned.schedule, visit.pass_id), planned.schedule).unserved
    at = visit.begins_at + timedelta(hours=8)
    assert (waits.code, waits.text) == (
        UnservedCode.DROPPED,
        f"it was planned for {at:%H:%M} in flight {flight.id}: no room",
    )


def test_its_own_reason_stays(planned: PlannedDay) -> None:
    """What the weather or a closure is the reason of keeps that code."""
    pass_id = planned.schedule.flights[0].visits[0].pass_id
    [waits] = with_dropped(unplanned(planned.schedule, pass_id, UnservedCode.WEATHER), planned.schedule).unserved
    assert waits.code == UnservedCode.WEATHER
    assert waits.text.startswith("it was planned for")


def test_dropped_stays_dropped(planned: PlannedDay) -> None:
    """A second repair leaves it one of those that were planned; what never was planned stays one of the others."""
    pass_id = planned.schedule.flights[0].visits[0].pass_id
    never = unplanned(planned.schedule, pass_id)
    assert with_dropped(never, never).unserved == never.unserved
    once = with_dropped(never, planned.schedule)
    assert with_dropped(never, once).unserved == once.unserved


def test_lost_drones_drop_their_flights(planned: PlannedDay, small: District) -> None:
    """Without any drone everything that had not begun drops out, for want of one, each with its departments and its expiry."""
    everyone = tuple(drone.id for drone in small.drones)
    at = planned.schedule.flights[0].takes_off_at - timedelta(hours=1)
    done = repair(planned.schedule, Change(at, DayConditions(grounded_drones=everyone)), small)
    departments = {one.id: one.departments for one in planned.schedule.passes}
    planned_ids = {visit.pass_id for flight in planned.schedule.flights for visit in flight.visits}
    assert planned_ids
    dropped = [one for one in done.schedule.unserved if one.pass_id in planned_ids]
    assert {one.pass_id for one in dropped} == planned_ids
    assert all(one.code == UnservedCode.NO_ABLE_DRONE and "it was planned for" in one.text for one in dropped)
    assert all(one.departments == departments[one.pass_id] for one in dropped)
    told = list(to_be_told(done.schedule, planned.schedule, ()))
    assert {(one.subject, one.department_id) for one in told} == {(id, who) for id in planned_ids for who in departments[id]}


@pytest.mark.parametrize(("beside", "told"), [((), False), (("river:water",), True)])
def test_what_never_was_planned_is_told_where_somebody_asked_for_it(
    planned: PlannedDay, beside: tuple[str, ...], told: bool
) -> None:
    """A standing demand that waits is usual; one asked for beside the catalogue is told to each department of its pass."""
    pass_id = next(one.id for one in planned.schedule.passes if "river:water" in one.demand_ids)
    schedule = unplanned(planned.schedule, pass_id)
    expected = [(pass_id, "urban"), (pass_id, "water_bureau")] if told else []
    assert [(one.subject, one.department_id) for one in to_be_told(schedule, None, beside)] == expected
    assert still_waiting(schedule) == {pass_id}


def test_demand_that_no_pass_serves_is_told(planned: PlannedDay) -> None:
    """To its department, with the reason and until when it waits."""
    note = MergeNote(
        kind=MergeKind.LEFT, demand_id="d", department_id="police", category="event", reason="too fine", expires_at=moment(9)
    )
    schedule = planned.schedule.model_copy(update={"unserved": (), "merging": (note,)})
    [one] = to_be_told(schedule, None, ())
    assert (one.subject, one.department_id, one.code, one.text, one.expires_at) == ("d", "police", LEFT, "too fine", moment(9))
    assert still_waiting(schedule) == {"d"}

"""The table of roles against the endpoints, and every phase x action of a work order for every role."""

from itertools import product

import pytest

from ground_station.access.permissions import ACTIONS, Role
from ground_station.access.service import Principal
from ground_station.work_orders.schemas import NewAction
from missions.errors import Conflict, Forbidden
from missions.work_order import TRANSITIONS, Action, Phase


class Undone(Exception):
    """Undoes a step, for the next one to be tried on the same phase."""


READ = ("/api/district", "/api/settings", "/api/routes", "/api/fleet", "/api/flights", "/api/findings", "/api/work-orders")
ADMINISTER = ("/api/users", "/api/api-keys", "/api/rejected-messages")


@pytest.mark.parametrize("role", Role)
def test_who_may_open_what(client_of, role: Role) -> None:
    """Everybody looks; only the administrator administers; changes are for those the table names (403 for the others)."""
    client = client_of(role, "police" if role is Role.DEPARTMENT else None)
    assert [client.get(path).status_code for path in READ] == [200] * len(READ)
    expected = 200 if role is Role.ADMINISTRATOR else 403
    assert [client.get(path).status_code for path in ADMINISTER] == [expected] * len(ADMINISTER)
    flight = {"drone_id": "none", "route_ids": ["none"]}
    asked = {
        "plan": client.post("/api/flights", json=flight).status_code,
        "dispatch": client.post("/api/flights/none/dispatch").status_code,
        "command": client.post("/api/flights/none/commands", json={"command": "return"}).status_code,
        "review": client.post("/api/incidents/none/review", json={"verdict": "confirm"}).status_code,
        "import": client.post("/api/routes/import", files={"file": ("a.kml", b"<kml/>")}).status_code,
    }
    may = {
        Role.PILOT: {"plan", "dispatch", "command"},
        Role.DISPATCHER: {"plan", "dispatch", "import"},
        Role.REVIEWER: {"review"},
        Role.DEPARTMENT: set(),
        Role.ADMINISTRATOR: set(asked),
    }[role]
    assert {what for what, status in asked.items() if status != 403} == may


def act_and_undo(station, order_id: str, new: NewAction, principal: Principal, after: Phase | None) -> None:
    with station.database.transaction() as session:
        done = station.work_orders.act(session, order_id, new, principal)
        assert done.phase == after
        assert done.steps[-1].by == "somebody"
        assert all(one in ACTIONS[principal.role] for one in done.allowed_actions)
        raise Undone


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_and_action(station, make_finding, phase: Phase) -> None:
    """The right role takes the step where the machine has it (409 elsewhere); every other role is refused, always."""
    with station.database.transaction() as session:
        station.findings.take_finding(session, make_finding())
        row = station.work_orders._rows(session).page([], 1)[0]
        row.phase = phase
        order_id, department_id = row.id, row.department_id
    for action, role in product(Action, Role):
        new = NewAction(action=action, reason="because", extend_hours=2.0 if action is Action.EXTEND else None)
        principal = Principal("somebody", role, department_id if role is Role.DEPARTMENT else None)
        with pytest.raises((Forbidden, Conflict, Undone)) as ending:
            act_and_undo(station, order_id, new, principal, TRANSITIONS.get((phase, action)))
        possible = Undone if (phase, action) in TRANSITIONS else Conflict
        assert ending.type is (possible if action in ACTIONS[role] else Forbidden), (action, role)

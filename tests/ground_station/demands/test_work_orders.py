"""Work orders that wait for their verification are demands of the next plan."""

import pytest

from ground_station.access.permissions import Role
from tests.ground_station.scheduling.test_endpoints import planned


@pytest.fixture
def planner(client_of):
    """A dispatcher's client."""
    return client_of(Role.DISPATCHER)


@pytest.fixture
def act(client_of, station, make_finding):
    """Takes a step of the one work order that there is, in whoever's role."""
    with station.database.transaction() as session:
        station.findings.take_finding(session, make_finding())
    client = client_of(Role.ADMINISTRATOR)
    [order] = client.get("/api/work-orders").json()["items"]

    def take(*actions: str) -> str:
        for action in actions:
            answer = client.post(f"/api/work-orders/{order['id']}/actions", json={"action": action, "reason": "so"})
            assert answer.status_code == 200, answer.text
        return order["id"]

    return take


def asked(planner) -> dict:
    """The demands of the register that work orders are behind of, after a new plan, with the passes that serve them."""
    passes = planned(planner)["schedule"]["passes"]
    served = {id: one for one in passes for id in one["demand_ids"]}
    listed = (one for one in planner.get("/api/demands").json() if one["origin"] == "work_order")
    return {one["id"]: (one, served.get(one["id"])) for one in listed}


def test_what_is_reported_done_is_looked_at_again(planner, act) -> None:
    """Nothing while it is handled; reported done, the next plan has a look at its place for its department, in its category."""
    order_id = act("accept")
    assert asked(planner) == {}
    act("report_done")
    [(id, (demand, served))] = asked(planner).items()
    assert id == f"verify-{order_id}-1"
    assert (demand["department_id"], demand["category"], demand["priority"]) == ("urban_management", "sanitation", 4)
    assert demand["geometry"]["points"][0]["lat_deg"] == pytest.approx(31.78, abs=1e-3)
    assert "urban_management" in served["departments"]
    act("verify")
    assert set(asked(planner)) == {id}


def test_it_ends_with_the_verification(planner, act) -> None:
    """Passed, nobody looks again."""
    act("accept", "report_done", "verify")
    assert len(asked(planner)) == 1
    act("pass")
    assert asked(planner) == {}


def test_rejected_and_reported_again_is_looked_at_anew(planner, act) -> None:
    """The second report has a demand of its own, whatever was seen for the first."""
    order_id = act("accept", "report_done", "verify")
    assert set(asked(planner)) == {f"verify-{order_id}-1"}
    act("reject")
    assert asked(planner) == {}
    act("report_done")
    assert set(asked(planner)) == {f"verify-{order_id}-2"}

"""Findings, incidents, pictures and work orders over HTTP: a department sees its own."""

from hashlib import sha256

import pytest

from ground_station.access.permissions import Role


@pytest.fixture
def cases(station, make_finding, jpeg) -> dict[str, str]:
    """One garbage pile with its picture; its ids."""
    digest = sha256(jpeg).hexdigest()
    with station.database.transaction() as session:
        station.findings.take_picture(session, "zl-01", digest, jpeg)
    finding = make_finding()
    with station.database.transaction() as session:
        station.findings.take_finding(session, finding)
        [order] = station.work_orders._rows(session).page([], 10)
        return {
            "findings": finding.id,
            "incidents": order.incident_id,
            "work-orders": order.id,
            "evidence": digest,
            "department": order.department_id,
        }


def test_a_department_sees_its_own_and_no_other(client_of, cases) -> None:
    """Its own: listed and shown. Another's: empty lists and 404, as if it did not exist."""
    own = client_of(Role.DEPARTMENT, cases["department"])
    other = client_of(Role.DEPARTMENT, "police")
    for kind in ("findings", "incidents", "work-orders"):
        assert [one["id"] for one in own.get(f"/api/{kind}").json()["items"]] == [cases[kind]]
        assert own.get(f"/api/{kind}/{cases[kind]}").status_code == 200
        assert other.get(f"/api/{kind}").json()["items"] == []
        assert other.get(f"/api/{kind}/{cases[kind]}").status_code == 404
    assert other.get(f"/api/evidence/{cases['evidence']}").status_code == 404
    body = {"action": "accept"}
    assert other.post(f"/api/work-orders/{cases['work-orders']}/actions", json=body).status_code == 404
    assert own.post(f"/api/work-orders/{cases['work-orders']}/actions", json=body).json()["phase"] == "handling"


def test_the_picture_comes_back_byte_for_byte(client_of, cases, jpeg) -> None:
    """As image/jpeg, to whoever may see the case."""
    answer = client_of(Role.DEPARTMENT, cases["department"]).get(f"/api/evidence/{cases['evidence']}")
    assert answer.content == jpeg
    assert answer.headers["content-type"] == "image/jpeg"


def test_a_work_order_is_followed_to_its_closing(client_of, cases) -> None:
    """Department and reviewer in turn; every step is kept with who and why; the incident closes when it is verified."""
    department = client_of(Role.DEPARTMENT, cases["department"])
    reviewer = client_of(Role.REVIEWER)
    at = f"/api/work-orders/{cases['work-orders']}"
    assert department.get(at).json()["allowed_actions"] == ["accept", "send_back", "extend"]
    due_at = department.get(at).json()["due_at"]
    extended = department.post(f"{at}/actions", json={"action": "extend", "reason": "crane needed", "extend_hours": 24}).json()
    assert extended["due_at"][:10] > due_at[:10]
    assert department.post(f"{at}/actions", json={"action": "send_back"}).status_code == 422
    for client, action in (
        (department, "accept"),
        (department, "report_done"),
        (reviewer, "verify"),
        (reviewer, "pass"),
        (reviewer, "evaluate"),
    ):
        answer = client.post(f"{at}/actions", json={"action": action})
        assert answer.status_code == 200, answer.text
    done = reviewer.get(at).json()
    assert done["phase"] == "closed"
    assert done["incident"]["state"] == "closed"
    assert [(one["action"], one["reason"]) for one in done["steps"]] == [
        ("file", ""),
        ("dispatch", ""),
        ("extend", "crane needed"),
        ("accept", ""),
        ("report_done", ""),
        ("verify", ""),
        ("pass", ""),
        ("evaluate", ""),
    ]


def test_long_lists_come_in_pages_without_gaps(client_of, station, make_finding) -> None:
    """Seven findings in pages of three: 3, 3 and 1, each once."""
    for number in range(7):
        with station.database.transaction() as session:
            station.findings.take_finding(session, make_finding(north_m=100.0 * number))
    client = client_of()
    cursor, seen, sizes = None, [], []
    while True:
        page = client.get("/api/findings", params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["id"] for one in page["items"]]
        sizes.append(len(page["items"]))
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sizes == [3, 3, 1]
    assert len(set(seen)) == 7

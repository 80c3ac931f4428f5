"""Merging findings into incidents, with distances worked out by hand.

The catalogue's garbage pile is `extent_m` across. Two sightings with ellipses of at most 4 m semi-major axis are one matter
at most at extent + sqrt(4^2 + 4^2) = extent + 5.7 m apart.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from ground_station.access.permissions import Role
from ground_station.access.service import Principal
from ground_station.findings.schemas import Review
from ground_station.findings.tables import FindingRow, IncidentRow
from ground_station.work_orders.schemas import NewAction
from ground_station.work_orders.tables import WorkOrderRow
from missions.contracts import messages
from missions.contracts.topics import Channel
from missions.errors import Conflict, InvalidInput
from missions.geometry import ErrorEllipse, GeoPoint
from missions.work_order import Action

PLACE = GeoPoint(lat_deg=31.7800, lon_deg=119.9000)
SEEN = datetime(2026, 11, 23, 1, tzinfo=UTC)


def take(station, *findings) -> list[bool]:
    taken = []
    for finding in findings:
        with station.database.transaction() as session:
            taken.append(station.findings.take_finding(session, finding))
    return taken


def count(station) -> tuple[int, int, int]:
    """Findings, incidents, work orders."""
    with station.database.reading() as session:
        return session.query(FindingRow).count(), session.query(IncidentRow).count(), session.query(WorkOrderRow).count()


def incidents(station) -> list[IncidentRow]:
    with station.database.reading() as session:
        return list(session.query(IncidentRow).order_by(IncidentRow.first_seen_at, IncidentRow.id))


def act_to_end(station, order_id: str, *actions: Action) -> None:
    chief = Principal("chief", Role.ADMINISTRATOR)
    for action in actions:
        with station.database.transaction() as session:
            station.work_orders.act(session, order_id, NewAction(action=action, reason="seen to"), chief)


def test_three_metres_apart_is_one_incident_with_one_work_order(station, make_finding) -> None:
    """From two drones: one incident of two findings, half way between (equal ellipses), and one work order."""
    assert take(station, make_finding(), make_finding(north_m=3.0, drone_id="zl-02")) == [True, True]
    assert count(station) == (2, 1, 1)
    [incident] = incidents(station)
    assert incident.findings == 2
    moved_m = make_finding().position.distance_m(
        make_finding(north_m=0).position.model_copy(update={"lat_deg": incident.lat_deg})
    )
    assert moved_m == pytest.approx(1.5, abs=0.01)
    assert incident.semi_major_m == pytest.approx(4.0 / 2**0.5, abs=0.01)


def test_sixty_metres_apart_are_two(station, make_finding) -> None:
    """Two incidents, two work orders."""
    take(station, make_finding(), make_finding(north_m=60.0))
    assert count(station) == (2, 2, 2)


def test_another_class_at_the_same_place_is_another_matter(station, make_finding) -> None:
    """Garbage and an overflowing bin on one spot are two incidents."""
    take(station, make_finding(), make_finding(class_key="overflowing_bin"))
    assert count(station) == (2, 2, 2)


def test_a_replay_changes_nothing(station, make_finding) -> None:
    """The same finding again: neither finding nor incident nor work order is new, and the count stays."""
    finding = make_finding()
    assert take(station, finding, finding, finding) == [True, False, False]
    assert count(station) == (1, 1, 1)
    assert incidents(station)[0].findings == 1


def test_the_reach_is_the_extent_and_the_doubt(station, make_finding, district) -> None:
    """Just inside extent + sqrt(2) x 4 m one matter, just outside two; with round ellipses, so the direction does not count."""
    reach_m = district.detector_classes["garbage_pile"].extent_m + 4.0 * 2**0.5
    around = {"ellipse": ErrorEllipse(semi_major_m=4.0, semi_minor_m=4.0, orientation_deg=0.0)}
    take(station, make_finding(**around), make_finding(north_m=reach_m - 0.1, **around))
    assert count(station)[1] == 1
    take(station, make_finding(north_m=1000, **around), make_finding(north_m=1000 + reach_m + 0.1, **around))
    assert count(station)[1] == 3


def test_a_very_uncertain_place_is_still_compared(station, make_finding) -> None:
    """An ellipse of 400 m reaches across many cells: it is found from afar, in both orders."""
    wide = {"ellipse": ErrorEllipse(semi_major_m=400.0, semi_minor_m=400.0, orientation_deg=0.0)}
    take(station, make_finding(), make_finding(north_m=300.0, **wide))
    assert count(station)[1] == 1
    take(station, make_finding(north_m=5000.0, **wide), make_finding(north_m=5300.0))
    assert count(station)[1] == 2


def test_the_work_order_goes_to_the_lead_department_in_time(station, make_finding, clock) -> None:
    """Garbage is urban management's, within 4 working hours: from Monday 10:00 to 12:00 and 13:30 to 15:30."""
    take(station, make_finding())
    with station.database.reading() as session:
        [row] = session.query(WorkOrderRow)
        assert row.department_id == station.district.category("sanitation").department_id
        assert row.due_at == clock() + timedelta(hours=5.5)
        assert row.sub_district_id is not None
        assert [(s.by, s.action, s.before, s.after) for s in row.steps] == [
            ("system", "file", "collection", "filing"),
            ("system", "dispatch", "filing", "dispatch"),
        ]
        assert session.get(IncidentRow, row.incident_id).work_order_id == row.id


def test_an_unsure_finding_waits_for_a_person(station, make_finding, district) -> None:
    """Below the class's bound there is no work order until somebody confirms; the verdict is recorded, and final."""
    bound = district.detector_classes["garbage_pile"].review_below
    take(station, make_finding(confidence=bound - 0.01))
    assert count(station) == (1, 1, 0)
    [incident] = incidents(station)
    assert incident.state == "awaiting_review"
    with station.database.transaction() as session:
        station.findings.review(session, incident.id, Review(verdict="confirm", reason="clear"), "wang")
    assert count(station) == (1, 1, 1)
    [incident] = incidents(station)
    assert (incident.state, incident.reviewed_by, incident.review_reason) == ("confirmed", "wang", "clear")
    with pytest.raises(Conflict, match="does not wait"), station.database.transaction() as session:
        station.findings.review(session, incident.id, Review(verdict="dismiss", reason="no"), "wang")


def test_a_models_own_threshold_makes_a_finding_wait(station, make_finding, district) -> None:
    """The higher of category's and model's bound counts; the lower one missed so far is what is shown as lacking."""
    bound = district.detector_classes["garbage_pile"].review_below
    take(station, make_finding(confidence=0.9, review_below=0.95), make_finding(confidence=0.91, review_below=0.92))
    [incident] = incidents(station)
    assert (incident.state, incident.review_below) == ("awaiting_review", 0.92)
    take(station, make_finding(confidence=bound, review_below=0.1))
    assert incidents(station)[0].state == "confirmed"


def test_a_class_the_model_is_never_sure_of_always_waits(station, make_finding) -> None:
    """With a threshold of 1 even a confidence of 1 needs a person."""
    take(station, make_finding(confidence=1.0, review_below=1.0))
    [incident] = incidents(station)
    assert (incident.state, incident.review_below) == ("awaiting_review", 1.0)


def test_a_second_surer_finding_confirms(station, make_finding) -> None:
    """What waits for review is confirmed by a finding above the bound; its picture becomes the incident's."""
    take(station, make_finding(confidence=0.1, evidence_sha256="c" * 64), make_finding(confidence=0.8))
    [incident] = incidents(station)
    assert (incident.state, incident.confidence) == ("confirmed", 0.8)
    assert incident.evidence_sha256 == make_finding().evidence_sha256
    assert count(station) == (2, 1, 1)


def test_what_people_dismissed_is_theirs_to_decide_again(station, make_finding, clock) -> None:
    """Seen again after a dismissal: a new incident that names the earlier one and waits, however sure the network is."""
    take(station, make_finding(confidence=0.1))
    [first] = incidents(station)
    with pytest.raises(InvalidInput, match="needs a reason"), station.database.transaction() as session:
        station.findings.review(session, first.id, Review(verdict="dismiss"), "wang")
    with station.database.transaction() as session:
        station.findings.review(session, first.id, Review(verdict="dismiss", reason="a permitted store"), "wang")
    clock.forward(86_400)
    later = clock()
    take(station, make_finding(confidence=0.99, first_seen_at=later, last_seen_at=later))
    again = incidents(station)[1]
    assert (again.state, again.earlier_incident_id) == ("awaiting_review", first.id)
    assert count(station) == (2, 2, 0)


def test_a_closed_matter_that_comes_back_is_a_new_incident(station, make_finding, clock) -> None:
    """Verified as gone, then seen again: a new incident with a work order of its own, referring to the earlier."""
    take(station, make_finding())
    [first] = incidents(station)
    act_to_end(station, first.work_order_id, Action.ACCEPT, Action.REPORT_DONE, Action.VERIFY, Action.PASS)
    assert incidents(station)[0].state == "closed"
    clock.forward(3600)
    take(station, make_finding(first_seen_at=clock(), last_seen_at=clock()))
    again = incidents(station)[1]
    assert (again.state, again.earlier_incident_id) == ("confirmed", first.id)
    assert count(station) == (2, 2, 2)


def test_a_late_delivery_from_before_the_closing_opens_nothing(station, make_finding) -> None:
    """A drone without link delivers days later what it saw before the case was closed: it joins the closed incident."""
    take(station, make_finding())
    [first] = incidents(station)
    act_to_end(station, first.work_order_id, Action.DISMISS)
    assert incidents(station)[0].state == "dismissed"
    take(station, make_finding(north_m=2.0))
    assert count(station) == (2, 1, 1)
    assert incidents(station)[0].findings == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"class_key": "garbage_pile", "category": "fire_hazard"}, "belongs to sanitation"),
        ({"id": "x" * 65}, "65 characters"),
        ({"flight_id": ""}, "0 characters"),
        ({"first_seen_at": SEEN + timedelta(seconds=1), "last_seen_at": SEEN}, "first_seen_at: comes after"),
        ({"last_seen_at": datetime(2099, 1, 1, tzinfo=UTC)}, "last_seen_at: .* ahead of the ground's clock"),
        ({"position": GeoPoint(lat_deg=0, lon_deg=0)}, "position: lies .* km outside"),
        ({"position": PLACE.moved(0, 40_000)}, "position: lies .* km outside"),
        ({"ellipse": ErrorEllipse(semi_major_m=1, semi_minor_m=100, orientation_deg=0)}, "ellipse.semi_minor_m: 100.0 m"),
        ({"ellipse": ErrorEllipse(semi_major_m=1001, semi_minor_m=1, orientation_deg=0)}, "ellipse.semi_major_m: 1001 m"),
    ],
)
def test_a_finding_that_contradicts_the_catalogue_or_itself_is_refused(station, make_finding, changes, reason) -> None:
    """The reason is named, and nothing is stored."""
    with pytest.raises(InvalidInput, match=reason):
        take(station, make_finding(**changes))
    assert count(station) == (0, 0, 0)


def test_what_lies_just_outside_the_district_is_taken(station, make_finding, district) -> None:
    """5 km beyond the outline's easternmost corner is the bound: 4.9 km to its east is taken, 5.1 km is refused."""
    corner = max(district.outline, key=lambda point: point.lon_deg)
    assert take(station, make_finding(position=corner.moved(90, 4900.0))) == [True]
    with pytest.raises(InvalidInput, match=r"position: lies 5\.1 km outside"):
        take(station, make_finding(position=corner.moved(90, 5100.0)))


@pytest.mark.parametrize("flight_id", ["never-flown", "flight-zl-02"])
def test_a_finding_of_no_known_flight_waits_for_a_person(station, make_finding, flight_id: str) -> None:
    """A flight the ground does not know, or another drone's: kept, with the reason, and without a work order. Another unsure
    finding does not confirm it either; a sure one of a known flight does, and the reason is gone.
    """
    take(station, make_finding(flight_id=flight_id, confidence=0.99))
    [incident] = incidents(station)
    assert incident.state == "awaiting_review"
    assert incident.review_reason == f"zl-01 found it on flight '{flight_id}', which is not known here"
    take(station, make_finding(confidence=0.1))
    assert count(station) == (2, 1, 0)
    take(station, make_finding(confidence=0.8))
    [incident] = incidents(station)
    assert (incident.state, incident.review_reason) == ("confirmed", "")
    assert count(station) == (3, 1, 1)


def test_an_unknown_class_and_a_stolen_id_are_refused(station, make_finding, say, ears) -> None:
    """A class that is not in the catalogue, another drone's id, another drone's topic: refused for good, with the reason."""
    finding = make_finding()
    assert say(Channel.FINDING, messages.RAISED, finding)
    for one, drone_id, reason in (
        (finding.model_copy(update={"id": "n1", "class_key": "unicorn"}), "zl-01", "not in the catalogue"),
        (finding.model_copy(update={"drone_id": "zl-02"}), "zl-02", "raised by zl-01 already"),
        (finding.model_copy(update={"id": "n2"}), "zl-02", "not the drone of the topic"),
    ):
        assert not say(Channel.FINDING, messages.RAISED, one, drone_id=drone_id)
        assert ears.acks[-1][1].outcome == "refused"
        assert reason in ears.acks[-1][1].reason
    assert count(station) == (1, 1, 1)


def test_many_at_once_still_make_one_incident(station, make_finding) -> None:
    """Sixteen findings of one matter through four threads: one incident, one work order, none lost."""
    findings = [make_finding(north_m=number / 8) for number in range(16)]
    with ThreadPoolExecutor(4) as pool:
        assert Counter(pool.map(lambda one: take(station, one)[0], findings)) == {True: 16}
    assert count(station) == (16, 1, 1)
    assert incidents(station)[0].findings == 16

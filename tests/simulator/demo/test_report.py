"""The report's figures, on a district with two matters worked out by hand."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from missions.catalog import load
from missions.district import District
from missions.finding import Finding, ModelRef
from missions.flight import Flight
from missions.geometry import Attitude, ErrorEllipse, GeoPoint, PixelBox
from missions.incident import Incident, IncidentState
from missions.plan import Plan
from missions.planning.flight_plan import plan_flight
from missions.telemetry import Pose
from simulator.demo.report import (
    Measured,
    OrderOnFile,
    PlantedMatter,
    Records,
    Report,
    compute,
    matters_in_view,
    nearest_matter,
)

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
HERE = GeoPoint(lat_deg=31.78, lon_deg=119.90)
THERE = HERE.moved(90.0, 500.0)
ROUND = ErrorEllipse(semi_major_m=2, semi_minor_m=2, orientation_deg=0)
MEASURED = Measured(seconds_to_first_work_order=31.26, seconds=120.04, peak_memory_mb=1999.6, restarts=0)


@pytest.fixture(scope="module")
def district() -> District:
    return load()


def matters() -> list[PlantedMatter]:
    return [PlantedMatter("m-1", "garbage_pile", HERE), PlantedMatter("m-2", "fishing_net", THERE)]


def incident(id: str, class_key: str, position: GeoPoint) -> Incident:
    return Incident(
        id=id,
        district_id="zhonglou",
        class_key=class_key,
        category="any",
        state=IncidentState.CONFIRMED,
        position=position,
        ellipse=ROUND,
        confidence=0.9,
        sub_district_id=None,
        findings=1,
        first_seen_at=NOW,
        last_seen_at=NOW,
    )


def finding(id: str, class_key: str, position: GeoPoint) -> Finding:
    pose = Pose(time_boot_ms=0, point=position, height_m=100, camera=Attitude.from_euler(0, -90, 0))
    return Finding(
        id=id,
        flight_id="f",
        drone_id="d",
        route_id=None,
        class_key=class_key,
        category="any",
        confidence=0.9,
        position=position,
        ellipse=ROUND,
        observations=3,
        first_seen_at=NOW,
        last_seen_at=NOW,
        best_frame_pose=pose,
        best_frame_box=PixelBox(x_min=0, y_min=0, x_max=9, y_max=9),
        best_frame_sha256="0" * 64,
        evidence_sha256="1" * 64,
        model=ModelRef(name="n", version="1", weights_sha256="2" * 64),
        software_version="0",
    )


def report(
    district: District, incidents: list[Incident], orders: list[OrderOnFile], findings: list[Finding] | None = None
) -> Report:
    return compute(district, matters(), {"m-1", "m-2"}, Records([], findings or [], incidents, orders), MEASURED)


def test_a_matter_with_one_work_order_at_its_department_is_found(district: District) -> None:
    """One right order and one matter without: one of two found, and the error is the distance of the incident (3 m)."""
    incidents = [incident("i-1", "garbage_pile", HERE.moved(0.0, 3.0))]
    lead = district.category("sanitation").department_id
    result = report(district, incidents, [OrderOnFile("w-1", "i-1", lead)])
    assert (result.matters_in_view, result.matters_found, result.wrong_department) == (2, 1, 0)
    assert result.position_error_m.median == pytest.approx(3.0, abs=0.01)
    assert result.missed == ["fishing_net (m-2)"]


def test_a_second_work_order_is_a_duplicate_and_the_matter_not_found(district: District) -> None:
    """'Exactly one work order' is meant: two for one matter count as one duplicate and as not found."""
    lead = district.category("sanitation").department_id
    incidents = [incident(f"i-{n}", "garbage_pile", HERE.moved(0.0, n)) for n in (1, 2)]
    result = report(district, incidents, [OrderOnFile(f"w-{n}", f"i-{n}", lead) for n in (1, 2)])
    assert (result.duplicate_work_orders, result.matters_found) == (1, 0)


def test_the_wrong_department_is_counted(district: District) -> None:
    """An order for rubbish that went to the police is wrong, and the matter not found."""
    police = district.category("public_gathering").department_id
    result = report(district, [incident("i-1", "garbage_pile", HERE)], [OrderOnFile("w-1", "i-1", police)])
    assert (result.wrong_department, result.matters_found) == (1, 0)


def test_a_finding_where_nothing_of_its_class_lies_is_false(district: District) -> None:
    """A net reported where the rubbish lies is false; rubbish there is not."""
    found = [finding("a", "fishing_net", HERE), finding("b", "garbage_pile", HERE)]
    assert report(district, [], [], found).false_findings == 1


def test_a_work_order_where_nothing_lies_is_false(district: District) -> None:
    """One order at the rubbish, one 200 m off: one of the two is false, more than one in ten."""
    incidents = [incident("i-1", "garbage_pile", HERE), incident("i-2", "garbage_pile", HERE.moved(180.0, 200.0))]
    lead = district.category("sanitation").department_id
    result = report(district, incidents, [OrderOnFile(f"w-{n}", f"i-{n}", lead) for n in (1, 2)])
    assert result.false_work_orders == 1
    assert "more than one in ten work orders is false" in result.failures


def test_a_report_beyond_reach_belongs_to_no_matter(district: District) -> None:
    """The reach is the class's extent or 12 m, whichever is more."""
    reach_m = max(12.0, district.detector_classes["garbage_pile"].extent_m)
    near = nearest_matter("garbage_pile", HERE.moved(0.0, reach_m - 0.5), matters(), district)
    assert near is not None
    assert near[0].id == "m-1"
    assert nearest_matter("garbage_pile", HERE.moved(0.0, reach_m + 0.5), matters(), district) is None


def test_the_bars_that_were_missed_are_named(district: District) -> None:
    """A demonstration that found nothing says so in words; the JSON has the keys that were promised."""
    result = report(district, [], [])
    assert "no flight was flown" in result.failures
    assert any("90 %" in text for text in result.failures)
    promised = {"flights_flown", "routes_flown", "categories_covered", "matters_in_view", "matters_found", "false_findings"}
    promised |= {"incidents", "work_orders", "wrong_department", "duplicate_work_orders", "position_error_m"}
    promised |= {"seconds_to_first_work_order", "seconds", "peak_memory_mb"}
    assert promised <= set(json.loads(result.model_dump_json()))


def test_only_matters_seen_whole_in_three_frames_count_as_in_view(tmp_path: Path) -> None:
    """Two frames are not enough; three are; and a class that the flight does not look for never counts."""
    box = [0, 0, 9, 9]
    frames = [{"m-1": box, "m-2": box}, {"m-1": box, "m-2": box}, {"m-1": box}]
    log = tmp_path / "dr-01.jsonl"
    log.write_text("".join(json.dumps({"time_boot_ms": n, "matters": f}) + "\n" for n, f in enumerate(frames)))
    plan = plan_flight(load(), "zl-04", ["zl-r-0011"], at=NOW)
    assert isinstance(plan, Plan)
    looking = Flight(id="f", plan=plan.model_copy(update={"drone_id": "dr-01"}), created_at=NOW)
    assert {"garbage_pile", "fishing_net"} <= set(looking.plan.classes)
    assert matters_in_view([log], [looking], matters()) == {"m-1"}
    assert matters_in_view([log], [], matters()) == set()

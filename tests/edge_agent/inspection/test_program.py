from edge_agent.inspection.job import Job
from edge_agent.inspection.program import private_in_words
from missions.airspace import PrivateZone
from missions.district import District
from tests.edge_agent.inspection.made_flight import DISTRICT, HOME, MODEL


def with_zones(*half_m: float) -> District:
    zones = [
        PrivateZone(
            id=f"z{index}", name="Yard", outline=tuple(HOME.moved(bearing_deg, size_m) for bearing_deg in (0, 120, 240))
        )
        for index, size_m in enumerate(half_m)
    ]
    return DISTRICT.model_copy(update={"airspace": DISTRICT.airspace.model_copy(update={"private_zones": tuple(zones)})})


def job(district: District) -> Job:
    return Job(material="m", files={}, asked=private_in_words(district), model=MODEL, software_version="1")


def test_looks_of_before_a_zone_was_marked_are_not_taken_over() -> None:
    """A zone that is added, moved or taken away makes another job of it; without any, jobs of before go on."""
    assert private_in_words(DISTRICT) == {}
    assert job(with_zones(20)).differences(job(with_zones(20))) == []
    assert job(with_zones(20)).differences(job(DISTRICT))
    assert job(with_zones(20)).differences(job(with_zones(30)))
    assert job(with_zones(20)).differences(job(with_zones(20, 30)))

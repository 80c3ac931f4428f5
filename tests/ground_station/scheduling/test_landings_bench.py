"""What landing at other docks brings, measured side by side."""

from rich.console import Console

from ground_station.scheduling.landings_bench import landings, with_guest_places
from tests.missions.scheduling.made_district import DAY, make_district


def test_every_dock_has_a_place_more() -> None:
    """Two and one become three and two, and guests may land."""
    district = with_guest_places(make_district())
    assert [dock.capacity for dock in district.docks] == [3, 2]
    assert district.operations.land_elsewhere


def test_days_are_planned_side_by_side() -> None:
    """With time for a first plan only, which lands nowhere else, both are the same."""
    figures = landings(make_district(), DAY, [1], 0.01, Console(quiet=True))
    assert figures == {
        "landings_violations": 0,
        "landings_value_ratio_whole_fleet": 1.0,
        "landings_hours_ratio_whole_fleet": 1.0,
        "landings_value_ratio_half_fleet": 1.0,
        "landings_hours_ratio_half_fleet": 1.0,
    }

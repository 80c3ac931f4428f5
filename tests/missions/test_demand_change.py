"""Changes of standing demands."""

from datetime import date

import pytest
from pydantic import ValidationError

from missions.demand_change import DemandChange
from missions.route import Frequency
from tests.missions.scheduling.made_district import make_demand


def test_what_is_not_changed_stays() -> None:
    """Priority and frequency as changed; ground, resolution and validity as they were."""
    demand = make_demand("road:traffic", valid_until=date(2027, 1, 1))
    changed = DemandChange(priority=5, frequency=Frequency(times=2, per="week")).of(demand)
    assert (changed.priority, changed.interval_h) == (5, 84)
    assert changed.model_copy(update={"priority": demand.priority, "frequency": demand.frequency}) == demand
    assert DemandChange().of(demand) == demand


def test_a_contradiction_is_refused() -> None:
    """Valid from a day after its end is not valid at all."""
    with pytest.raises(ValidationError, match="valid_until lies before valid_from"):
        DemandChange(valid_from=date(2027, 2, 1)).of(make_demand("d", valid_until=date(2027, 1, 1)))

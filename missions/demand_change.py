"""What a ground station has changed of a standing demand: kept beside the catalogue, which stays as it is."""

from datetime import date
from typing import Annotated

from pydantic import Field

from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.noun import StrictNoun
from missions.route import Frequency


class DemandChange(StrictNoun):
    """Changes of one standing demand; None: as the catalogue has it. `suspended`: it is not wanted for the time being."""

    suspended: bool = False
    frequency: Frequency | None = None
    windows: tuple[TimeWindow, ...] | None = None
    priority: Annotated[int | None, Field(ge=1, le=5)] = None
    valid_from: date | None = None
    valid_until: date | None = None
    note: Annotated[str | None, Field(max_length=200)] = None

    def of(self, demand: Demand) -> Demand:
        """The demand with these changes; raises pydantic's ValidationError where they contradict what stays."""
        changes = {key: value for key, value in dict(self).items() if key != "suspended" and value is not None}
        return Demand.model_validate({**dict(demand), **changes})

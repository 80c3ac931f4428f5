"""What the work-order endpoints take and give."""

from typing import Annotated

from pydantic import Field

from ground_station.findings.schemas import IncidentOut
from missions.noun import StrictNoun
from missions.work_order import Action, WorkOrder


class NewAction(StrictNoun):
    """A step to be taken; some need a reason, and `extend` the hours asked for."""

    action: Action
    reason: Annotated[str, Field(max_length=2000)] = ""
    extend_hours: Annotated[float | None, Field(gt=0, le=24 * 90, allow_inf_nan=False)] = None


class WorkOrderOut(WorkOrder):
    """A work order, what the caller may do with it now, and its incident."""

    allowed_actions: list[Action]
    incident: IncidentOut

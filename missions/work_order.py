"""A work order: one incident followed to its end through the seven phases of GB/T 30428."""

from datetime import timedelta
from enum import StrEnum

from missions.errors import Conflict, InvalidInput
from missions.noun import Instant, Noun


class Phase(StrEnum):
    """The seven phases, and CLOSED behind them."""

    COLLECTION = "collection"
    FILING = "filing"
    DISPATCH = "dispatch"
    HANDLING = "handling"
    FEEDBACK = "feedback"
    VERIFICATION = "verification"
    EVALUATION = "evaluation"
    CLOSED = "closed"


class Action(StrEnum):
    """What people and the system do with a work order."""

    FILE = "file"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    REPORT_DONE = "report_done"
    VERIFY = "verify"
    REJECT = "reject"
    PASS = "pass"
    EVALUATE = "evaluate"
    EXTEND = "extend"
    SUPERVISE = "supervise"
    DISMISS = "dismiss"


_P, _A = Phase, Action
_OPEN = (_P.COLLECTION, _P.FILING, _P.DISPATCH, _P.HANDLING, _P.FEEDBACK, _P.VERIFICATION)
_WITH_DEPARTMENT = (_P.DISPATCH, _P.HANDLING, _P.FEEDBACK)

TRANSITIONS: dict[tuple[Phase, Action], Phase] = {
    (_P.COLLECTION, _A.FILE): _P.FILING,
    (_P.FILING, _A.DISPATCH): _P.DISPATCH,
    (_P.DISPATCH, _A.ACCEPT): _P.HANDLING,
    (_P.DISPATCH, _A.SEND_BACK): _P.FILING,
    (_P.HANDLING, _A.SEND_BACK): _P.FILING,
    (_P.HANDLING, _A.REPORT_DONE): _P.FEEDBACK,
    (_P.FEEDBACK, _A.VERIFY): _P.VERIFICATION,
    (_P.VERIFICATION, _A.REJECT): _P.HANDLING,
    (_P.VERIFICATION, _A.PASS): _P.EVALUATION,
    (_P.EVALUATION, _A.EVALUATE): _P.CLOSED,
    **{(phase, _A.EXTEND): phase for phase in _WITH_DEPARTMENT},
    **{(phase, _A.SUPERVISE): phase for phase in _WITH_DEPARTMENT},
    **{(phase, _A.DISMISS): _P.CLOSED for phase in _OPEN},
}
"""The whole machine. What is not here is refused."""

NEEDS_REASON = frozenset({_A.SEND_BACK, _A.REJECT, _A.EXTEND, _A.SUPERVISE, _A.DISMISS})


class Step(Noun):
    """One recorded step: who did what, when, from where to where, and why."""

    at: Instant
    by: str
    action: Action
    before: Phase | None
    after: Phase
    reason: str = ""


class WorkOrder(Noun):
    """One incident on its way to being dealt with by one department."""

    id: str
    incident_id: str
    district_id: str
    category: str
    department_id: str
    sub_district_id: str | None
    phase: Phase
    opened_at: Instant
    due_at: Instant
    steps: tuple[Step, ...] = ()


def allowed_actions(phase: Phase) -> tuple[Action, ...]:
    """What may be done in `phase`, in a fixed order."""
    return tuple(action for action in Action if (phase, action) in TRANSITIONS)


def act(
    order: WorkOrder, action: Action, *, by: str, at: Instant, reason: str = "", extend_hours: float | None = None
) -> WorkOrder:
    """The work order after `action`, with the step recorded.

    Raises Conflict where the action does not fit the phase, InvalidInput where a reason or an extension is missing.
    """
    after = TRANSITIONS.get((order.phase, action))
    if after is None:
        raise Conflict(f"work order {order.id} is in phase {order.phase}: '{action}' cannot be done now")
    if action in NEEDS_REASON and not reason.strip():
        raise InvalidInput("work order action", "reason", f"'{action}' needs a reason")
    if (action is Action.EXTEND) != (extend_hours is not None):
        raise InvalidInput("work order action", "extend_hours", "is given exactly with 'extend'")
    step = Step(at=at, by=by, action=action, before=order.phase, after=after, reason=reason.strip())
    due_at = order.due_at + timedelta(hours=extend_hours or 0)
    return order.model_copy(update={"phase": after, "due_at": due_at, "steps": (*order.steps, step)})

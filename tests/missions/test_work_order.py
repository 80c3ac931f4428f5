"""The work order's state machine: every phase with every action."""

from datetime import UTC, datetime, timedelta

import pytest

from missions.errors import Conflict, InvalidInput
from missions.work_order import NEEDS_REASON, TRANSITIONS, Action, Phase, WorkOrder, act, allowed_actions

AT = datetime(2025, 6, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def order(phase: Phase) -> WorkOrder:
    """A work order in a phase, due in a day."""
    return WorkOrder(
        id="w",
        incident_id="i",
        district_id="d",
        category="sanitation",
        department_id="urban",
        sub_district_id=None,
        phase=phase,
        opened_at=AT,
        due_at=AT + timedelta(days=1),
    )


def extension(action: Action) -> float | None:
    """The hours that an action needs."""
    return 2.0 if action is Action.EXTEND else None


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("action", Action)
def test_every_phase_with_every_action(phase: Phase, action: Action) -> None:
    """What the table has leads where it says and is recorded; all else is refused, in words that name phase and action."""
    if (phase, action) not in TRANSITIONS:
        with pytest.raises(Conflict, match=rf"work order w is in phase {phase}: '{action}'"):
            act(order(phase), action, by="me", at=LATER, reason="because", extend_hours=extension(action))
        return
    after = act(order(phase), action, by="me", at=LATER, reason=" because ", extend_hours=extension(action))
    assert after.phase is TRANSITIONS[phase, action]
    (step,) = after.steps
    assert (step.by, step.at, step.action, step.before, step.after) == ("me", LATER, action, phase, after.phase)
    assert step.reason == "because"


@pytest.mark.parametrize("action", sorted(NEEDS_REASON))
def test_some_actions_need_a_reason(action: Action) -> None:
    """Sending back, rejecting, extending, supervising and dismissing say why."""
    phase = next(phase for phase, possible in TRANSITIONS if possible is action)
    with pytest.raises(InvalidInput, match="reason"):
        act(order(phase), action, by="me", at=LATER, reason="  ", extend_hours=extension(action))


def test_extension_moves_the_due_time() -> None:
    """Two hours more are two hours more; an extension without time, or time without one, is refused."""
    more = act(order(Phase.HANDLING), Action.EXTEND, by="me", at=LATER, reason="rain", extend_hours=2)
    assert more.due_at == AT + timedelta(days=1, hours=2)
    with pytest.raises(InvalidInput, match="extend_hours"):
        act(order(Phase.HANDLING), Action.EXTEND, by="me", at=LATER, reason="rain")
    with pytest.raises(InvalidInput, match="extend_hours"):
        act(order(Phase.DISPATCH), Action.ACCEPT, by="me", at=LATER, extend_hours=2)


def test_the_seven_phases_in_order() -> None:
    """The straight way passes all seven phases and closes."""
    one = order(Phase.COLLECTION)
    way = (Action.FILE, Action.DISPATCH, Action.ACCEPT, Action.REPORT_DONE, Action.VERIFY, Action.PASS, Action.EVALUATE)
    for action in way:
        one = act(one, action, by="me", at=LATER)
    assert [step.before for step in one.steps] == [phase for phase in Phase if phase is not Phase.CLOSED]
    assert one.phase is Phase.CLOSED
    assert allowed_actions(Phase.CLOSED) == ()

"""The table of roles and what each may do. This is the only place that says so."""

from enum import StrEnum

from missions.work_order import Action


class Role(StrEnum):
    """What a user is in the house."""

    PILOT = "pilot"
    DISPATCHER = "dispatcher"
    REVIEWER = "reviewer"
    DEPARTMENT = "department"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What an endpoint asks for."""

    LOOK = "look"
    """The district, its routes, fleet and flights."""
    SEE_CASES = "see_cases"
    """Findings, incidents, work orders and their pictures; a department its own."""
    SEE_PEOPLE = "see_people"
    """Pictures in which people are not masked, where the category asks for them; a department its own."""
    IMPORT_ROUTES = "import_routes"
    PLAN_FLIGHTS = "plan_flights"
    """Days and flights, and the demand register behind them."""
    PROPOSE_DEMANDS = "propose_demands"
    """Demands that wait for a planner; a department its own."""
    DISPATCH_FLIGHTS = "dispatch_flights"
    COMMAND_FLIGHTS = "command_flights"
    REVIEW_INCIDENTS = "review_incidents"
    HANDLE_WORK_ORDERS = "handle_work_orders"
    """Which actions: see ACTIONS."""
    ADMINISTER = "administer"


_P, _A = Permission, Action
_EVERYBODY = frozenset({_P.LOOK, _P.SEE_CASES})
_FLYING = frozenset({_P.PLAN_FLIGHTS, _P.PROPOSE_DEMANDS, _P.DISPATCH_FLIGHTS})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PILOT: _EVERYBODY | _FLYING | {_P.COMMAND_FLIGHTS},
    Role.DISPATCHER: _EVERYBODY | _FLYING | {_P.IMPORT_ROUTES, _P.HANDLE_WORK_ORDERS},
    Role.REVIEWER: _EVERYBODY | {_P.SEE_PEOPLE, _P.REVIEW_INCIDENTS, _P.HANDLE_WORK_ORDERS},
    Role.DEPARTMENT: _EVERYBODY | {_P.SEE_PEOPLE, _P.PROPOSE_DEMANDS, _P.HANDLE_WORK_ORDERS},
    Role.ADMINISTRATOR: frozenset(_P),
}

ACTIONS: dict[Role, frozenset[Action]] = {
    Role.PILOT: frozenset(),
    Role.DISPATCHER: frozenset({_A.FILE, _A.DISPATCH, _A.EXTEND, _A.SUPERVISE, _A.DISMISS}),
    Role.REVIEWER: frozenset({_A.VERIFY, _A.REJECT, _A.PASS, _A.EVALUATE, _A.DISMISS}),
    Role.DEPARTMENT: frozenset({_A.ACCEPT, _A.SEND_BACK, _A.REPORT_DONE, _A.EXTEND}),
    Role.ADMINISTRATOR: frozenset(_A),
}
"""Which steps of a work order each role may take."""

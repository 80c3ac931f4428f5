"""The demand register of a district: registered, proposed, changed, withdrawn; and what of it there is to plan for."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.orm import Session

from ground_station.access.permissions import Permission
from ground_station.access.service import Principal
from ground_station.database import after_commit, hold_lock
from ground_station.demands.completing import complete
from ground_station.demands.refusing import contradiction, refusal
from ground_station.demands.repository import DemandRepository
from ground_station.demands.schemas import DemandOut, DemandState, NewDemand
from ground_station.demands.state import next_due_at, state_of
from ground_station.demands.tables import DemandChangeRow, DemandRow
from ground_station.ports import Clock, LiveEvent, Publish
from missions.demand import Demand, DemandOrigin
from missions.demand_change import DemandChange
from missions.district import District
from missions.errors import Conflict, Forbidden, NotFound
from missions.planning.limits import Infeasible, ReasonCode
from missions.route import Route
from missions.scheduling.registration import register, route_for
from missions.scheduling.standing import standing_demands

logger = logging.getLogger(__name__)

SYSTEM = "system"
"""Registers what nobody has to ask for."""

RouteOf = Callable[[Session, str], Route]
"""The route with an id; raises NotFound."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What there is to plan for: every demand that is wanted, the routes of those registered, when each was last seen to."""

    demands: Sequence[Demand]
    routes: Sequence[Route]
    seen: dict[str, datetime]


class DemandRegister:
    """Demands of one district."""

    def __init__(self, district: District, clock: Clock, publish: Publish, route_of: RouteOf) -> None:
        self._district = district
        self._clock = clock
        self._publish = publish
        self._route_of = route_of
        self._standing = {demand.id: demand for demand in standing_demands(district)}

    def is_standing(self, id: str) -> bool:
        """Whether a demand is the catalogue's, changed or not."""
        return id in self._standing

    def wanted(self, session: Session) -> Wanted:
        """Standing demands with their changes, those suspended left out, and the registered ones that are accepted."""
        rows = self._rows(session)
        changes = rows.changes()
        standing = [self._changed(demand, changes) for id, demand in self._standing.items() if not _suspended(changes, id)]
        registered = [row for row in rows.registered() if row.accepted_at is not None]
        demands = [*standing, *(row.demand for row in registered)]
        return Wanted(demands, [row.route for row in registered], rows.seen(demands))

    def listed(self, session: Session, principal: Principal) -> list[DemandOut]:
        """Every demand that the caller may see, suspended and proposed ones too, with how it stands."""
        rows = self._rows(session)
        changes, registered = rows.changes(), {row.id: row for row in rows.registered()}
        demands = [self._changed(demand, changes) for demand in self._standing.values()]
        demands += [row.demand for row in registered.values()]
        seen = rows.seen(demands)
        shown = (demand for demand in demands if principal.sees(demand.department_id))
        return [self._out(one, seen.get(one.id), changes.get(one.id), registered.get(one.id)) for one in shown]

    def register(self, session: Session, new: NewDemand, principal: Principal) -> Demand:
        """Keeps a demand with its route, as a proposal where the caller may not plan.

        Raises Refused with every reason and the nearest possible, Conflict for a taken id, Forbidden for another's demand.
        """
        demand = self._demand(session, new, principal)
        self._check_free(session, demand)
        route = self._route(demand)
        return self.keep(session, demand, route, principal.name, accepted=principal.may(Permission.PLAN_FLIGHTS)).demand

    def replace(self, session: Session, id: str, new: NewDemand, principal: Principal) -> Demand:
        """Puts another demand in a registered one's place, under its id; raises as `register` does, and NotFound."""
        row = self._registered(session, id, principal)
        demand = self._demand(session, new.model_copy(update={"id": id}), principal)
        row.route = self._route(demand)
        row.demand = _at_route(demand, row.route)
        row.accepted_at = self._clock() if principal.may(Permission.PLAN_FLIGHTS) else None
        self._tell(session, demand.id, f"{principal.name} changed demand {id}")
        return row.demand

    def accept(self, session: Session, id: str, by: str) -> Demand:
        """Has a proposed demand planned for; raises NotFound."""
        row = self._found(session, id)
        row.accepted_at = row.accepted_at or self._clock()
        self._tell(session, id, f"{by} accepted demand {id}")
        return row.demand

    def withdraw(self, session: Session, id: str, principal: Principal) -> None:
        """Ends a registered demand; raises NotFound, and Conflict for a standing one (it can be suspended)."""
        if id in self._standing:
            raise Conflict(f"demand '{id}' is the catalogue's: it can be suspended, not withdrawn")
        self._registered(session, id, principal).withdrawn_at = self._clock()
        self._tell(session, id, f"{principal.name} withdrew demand {id}")

    def change(self, session: Session, id: str, change: DemandChange, by: str) -> Demand:
        """Changes a standing demand, the catalogue's own staying as it is; raises NotFound, Refused for what is impossible."""
        if id not in self._standing:
            raise NotFound(f"there is no standing demand '{id}'")
        try:
            demand = change.of(self._standing[id])
        except ValidationError as error:
            raise contradiction(error) from error
        self._check_windows(demand)
        self._rows(session).put_change(
            DemandChangeRow(id=id, district_id=self._district.id, change=change, changed_at=self._clock(), changed_by=by)
        )
        self._tell(session, id, f"{by} changed standing demand {id}")
        return demand

    def restore(self, session: Session, id: str, by: str) -> None:
        """Has a standing demand be as the catalogue has it; raises NotFound where nothing of it was changed."""
        if id not in self._rows(session).changes():
            raise NotFound(f"nothing was changed of a standing demand '{id}'")
        self._rows(session).drop_change(id)
        self._tell(session, id, f"{by} restored standing demand {id}")

    def keep(self, session: Session, demand: Demand, route: Route, by: str, *, accepted: bool = True) -> DemandRow:
        """Keeps a demand with the route that serves it, without asking whether it can be served."""
        now = self._clock()
        row = DemandRow(
            id=demand.id,
            district_id=self._district.id,
            demand=_at_route(demand, route),
            route=route,
            registered_at=now,
            registered_by=by,
            accepted_at=now if accepted else None,
            withdrawn_at=None,
        )
        self._rows(session).add(row)
        self._tell(session, demand.id, f"{by} {'registered' if accepted else 'proposed'} demand {demand.id}")
        return row

    def follow(self, session: Session, to_verify: Sequence[Demand]) -> None:
        """Keeps a demand for each work order that waits for its verification, and ends those of orders that do not any more."""
        rows = self._rows(session)
        wanted = {demand.id: demand for demand in to_verify}
        kept = {
            row.id for row in rows.registered() if row.demand.origin is DemandOrigin.WORK_ORDER and row.registered_by == SYSTEM
        }
        for id in kept - set(wanted):
            self._found(session, id).withdrawn_at = self._clock()
            self._tell(session, id, f"demand {id} has ended: its work order does not wait for a look any more")
        finest = max(self._district.aircraft_types, key=lambda one: one.camera.focal_px)
        for id, demand in wanted.items():
            if rows.get(id) is None:
                self.keep(session, demand, route_for(demand, self._district, finest), SYSTEM)

    def _demand(self, session: Session, new: NewDemand, principal: Principal) -> Demand:
        """The demand in full; raises NotFound, Forbidden, Refused."""
        department_id = new.department_id or principal.department_id or self._district.category(new.category).department_id
        if not principal.sees(department_id):
            raise Forbidden(f"'{principal.name}' proposes demands of '{principal.department_id}' alone")
        route = self._route_of(session, new.route_id) if new.route_id else None
        return complete(new, route, department_id, self._district)

    def _check_free(self, session: Session, demand: Demand) -> None:
        """Raises Conflict where its id is taken, or its own route would have that of another."""
        hold_lock(session, f"demands {self._district.id}")
        if demand.id in self._standing or self._rows(session).get(demand.id) is not None:
            raise Conflict(f"there is a demand '{demand.id}' already")
        taken = {one.id for one in self._district.routes} | {row.route.id for row in self._rows(session).registered()}
        if demand.own_route_id in taken:
            raise Conflict(
                f"there is a route '{demand.own_route_id}' already, which is what the demand's would be: choose an id"
            )

    def _route(self, demand: Demand) -> Route:
        """The route that serves it; raises Refused."""
        now = self._clock()
        answer = register(demand, self._district, now)
        if isinstance(answer, Infeasible):
            raise refusal(demand, answer, self._district, now)
        return answer

    def _check_windows(self, demand: Demand) -> None:
        """Raises Refused where a changed standing demand has no window long enough; all else is its route's, which is flown."""
        now = self._clock()
        answer = register(demand, self._district, now)
        reasons = answer.reasons if isinstance(answer, Infeasible) else ()
        short = tuple(one for one in reasons if one.code is ReasonCode.WINDOW_TOO_SHORT)
        if short:
            raise refusal(demand, Infeasible(reasons=short), self._district, now)

    def _registered(self, session: Session, id: str, principal: Principal) -> DemandRow:
        """The demand, if it is the caller's to change; raises NotFound."""
        row = self._found(session, id)
        if not principal.sees(row.demand.department_id):
            raise NotFound(f"there is no registered demand '{id}'")
        return row

    def _found(self, session: Session, id: str) -> DemandRow:
        row = self._rows(session).get(id)
        if row is None or row.withdrawn_at is not None:
            raise NotFound(f"there is no registered demand '{id}'")
        return row

    def _changed(self, demand: Demand, changes: dict[str, DemandChangeRow]) -> Demand:
        """With what was changed of it. A change that a new catalogue contradicts is left out, and told in the log."""
        row = changes.get(demand.id)
        if row is None:
            return demand
        try:
            return row.change.of(demand)
        except ValidationError as error:
            logger.warning("the change of demand %s contradicts the catalogue and is left out: %s", demand.id, error)
            return demand

    def _out(
        self, demand: Demand, last_seen_at: datetime | None, change: DemandChangeRow | None, row: DemandRow | None
    ) -> DemandOut:
        state = state_of(demand, last_seen_at, self._clock())
        if change is not None and change.change.suspended:
            state = DemandState.SUSPENDED
        if row is not None and row.accepted_at is None:
            state = DemandState.PROPOSED
        return DemandOut(
            **dict(demand),
            state=state,
            last_seen_at=last_seen_at,
            next_due_at=next_due_at(demand, last_seen_at),
            changed=change is not None,
            registered_by=row.registered_by if row else None,
        )

    def _tell(self, session: Session, id: str, text: str) -> None:
        logger.info("%s", text)
        after_commit(session, lambda: self._publish(LiveEvent("demand", f'{{"id": "{id}"}}')))

    def _rows(self, session: Session) -> DemandRepository:
        return DemandRepository(session, self._district.id)


def _suspended(changes: dict[str, DemandChangeRow], id: str) -> bool:
    return id in changes and changes[id].change.suspended


def _at_route(demand: Demand, route: Route) -> Demand:
    """The demand with the route whose ground it is: the one it names, else its own."""
    return demand if demand.route_id else demand.model_copy(update={"route_id": route.id})

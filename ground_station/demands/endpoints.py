"""The demand register over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile
from fastapi import Path as PathParameter

from ground_station.access.guard import Looker, Planner, Proposer, ReadSession, WriteSession
from ground_station.demands.schemas import DemandOut, DrawnGround, NewDemand
from ground_station.demands.service import DemandRegister
from ground_station.parts import TheDistrict, given
from ground_station.routes.importing import ImportForm, import_form, read_upload
from missions.demand import Demand
from missions.demand_change import DemandChange

router = APIRouter(tags=["demands"])
TheDemands = Annotated[DemandRegister, Depends(given(DemandRegister))]
Id = Annotated[str, PathParameter(max_length=96)]


@router.get("/demands")
def list_demands(principal: Looker, demands: TheDemands, session: ReadSession) -> list[DemandOut]:
    """The catalogue's standing demands, and those registered beside them, with how each stands; a department sees its own."""
    return demands.listed(session, principal)


@router.post("/demands", status_code=201)
def register_demand(body: NewDemand, principal: Proposer, demands: TheDemands, session: WriteSession) -> Demand:
    """Registers a demand; 422 with each reason, and the nearest that is possible, where it cannot be served.

    A department's is a proposal until a planner accepts it.
    """
    return demands.register(session, body, principal)


@router.post("/demands/ground")
def read_ground(
    file: Annotated[UploadFile, File(description=".kml, .kmz, .geojson or .plan")],
    form: Annotated[ImportForm, Depends(import_form)],
    principal: Proposer,
    district: TheDistrict,
) -> list[DrawnGround]:
    """The grounds that a file draws, to register demands over; nothing is kept."""
    routes = read_upload(file, form, district).routes
    return [DrawnGround(name=route.name, geometry=route.geometry) for route in routes]


@router.put("/demands/{demand_id}")
def replace_demand(demand_id: Id, body: NewDemand, principal: Proposer, demands: TheDemands, session: WriteSession) -> Demand:
    """Puts another demand in a registered one's place; 422 as for a new one."""
    return demands.replace(session, demand_id, body, principal)


@router.delete("/demands/{demand_id}", status_code=204)
def withdraw_demand(demand_id: Id, principal: Proposer, demands: TheDemands, session: WriteSession) -> None:
    """Ends a registered demand; 409 for a standing one, which can be suspended."""
    demands.withdraw(session, demand_id, principal)


@router.post("/demands/{demand_id}/accept")
def accept_demand(demand_id: Id, principal: Planner, demands: TheDemands, session: WriteSession) -> Demand:
    """Has a proposed demand planned for."""
    return demands.accept(session, demand_id, principal.name)


@router.put("/demands/{demand_id}/change")
def change_standing_demand(
    demand_id: Id, body: DemandChange, principal: Planner, demands: TheDemands, session: WriteSession
) -> Demand:
    """Changes a standing demand on this station; the catalogue stays as it is."""
    return demands.change(session, demand_id, body, principal.name)


@router.delete("/demands/{demand_id}/change", status_code=204)
def restore_standing_demand(demand_id: Id, principal: Planner, demands: TheDemands, session: WriteSession) -> None:
    """Has a standing demand be as the catalogue has it again."""
    demands.restore(session, demand_id, principal.name)

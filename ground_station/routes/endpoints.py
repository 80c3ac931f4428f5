"""The district and its routes over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi import Path as PathParameter

from ground_station.access.guard import Importer, Looker, ReadSession, WriteSession
from ground_station.paging import Page, Paging
from ground_station.parts import TheDistrict, TheSettings, given
from ground_station.routes.importing import ImportForm, import_form, read_upload
from ground_station.routes.schemas import DistrictOut, ImportedRoutes, SettingsOut
from ground_station.routes.service import RouteService
from missions.route import Route

router = APIRouter(tags=["routes"])
TheRoutes = Annotated[RouteService, Depends(given(RouteService))]


@router.get("/district")
def get_district(principal: Looker, district: TheDistrict) -> DistrictOut:
    """The catalogue without its routes."""
    return DistrictOut.model_validate(district, from_attributes=True)


@router.get("/settings")
def get_settings(request: Request, principal: Looker, settings: TheSettings) -> SettingsOut:
    """What the console needs to know of this station."""
    return SettingsOut(
        software_version=request.app.version,
        tile_url=settings.http.tile_url,
        stale_after_s=settings.fleet.stale_after_s,
        offline_after_s=settings.fleet.offline_after_s,
    )


@router.get("/routes")
def list_routes(principal: Looker, routes: TheRoutes, session: ReadSession, paging: Paging) -> Page[Route]:
    """Routes by id."""
    return routes.page(session, paging)


@router.get("/routes/{route_id}")
def get_route(
    route_id: Annotated[str, PathParameter(max_length=64)], principal: Looker, routes: TheRoutes, session: ReadSession
) -> Route:
    """One route."""
    return routes.get(session, route_id)


@router.delete("/routes/{route_id}", status_code=204)
def remove_route(
    route_id: Annotated[str, PathParameter(max_length=64)], principal: Importer, routes: TheRoutes, session: WriteSession
) -> None:
    """Deletes an imported route; 409 for one of the catalogue, or of a flight that is not over."""
    routes.remove_imported(session, route_id, principal.name)


@router.post("/routes/import", status_code=201)
def import_routes(
    file: Annotated[UploadFile, File(description=".plan, .kml, .kmz or .geojson")],
    form: Annotated[ImportForm, Depends(import_form)],
    principal: Importer,
    district: TheDistrict,
    service: TheRoutes,
    session: WriteSession,
) -> ImportedRoutes:
    """Takes routes from another program's file: all of it or nothing."""
    imported = read_upload(file, form, district)
    routes = service.add_imported(session, imported.routes, principal.name)
    return ImportedRoutes(items=routes, notes=list(imported.notes))

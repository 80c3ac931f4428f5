"""The parts of a QGroundControl plan that are read, as they stand in the file: what is not named here is ignored."""

from typing import Annotated

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

Position = Annotated[list[float], Field(min_length=2, max_length=3)]
"""Latitude and longitude, sometimes an altitude."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class SimpleItem(_Part):
    """One mission command: seven parameters, of which 5 to 7 are latitude, longitude and altitude where it has a place."""

    command: int
    frame: int = 3
    params: Annotated[list[float | None], Field(min_length=7, max_length=7)]


class CameraCalc(_Part):
    """How far the camera is from what it takes pictures of, and the overlaps in percent."""

    distance_m: Annotated[float, Field(validation_alias="DistanceToSurface", gt=0)]
    is_relative: Annotated[bool, Field(validation_alias="DistanceToSurfaceRelative")] = True
    altitude_mode: Annotated[int | None, Field(validation_alias="DistanceMode")] = None
    front_overlap_percent: Annotated[float | None, Field(validation_alias="FrontalOverlap", ge=0, lt=95)] = None
    side_overlap_percent: Annotated[float | None, Field(validation_alias="SideOverlap", ge=0, lt=95)] = None


class TransectStyle(_Part):
    """What surveys and corridor scans share: the camera, and the commands they expand to."""

    camera: Annotated[CameraCalc | None, Field(validation_alias="CameraCalc")] = None
    items: Annotated[list[SimpleItem], Field(validation_alias="Items")] = []


class Grid(_Part):
    """Height of a survey of version 2."""

    altitude_m: Annotated[float, Field(validation_alias="altitude", gt=0)]
    is_relative: Annotated[bool, Field(validation_alias="relativeAltitude")] = True


class Survey(_Part):
    """An area: versions 3 to 5 carry a TransectStyleComplexItem, version 2 a grid."""

    version: Annotated[int, Field(ge=2, le=5)]
    polygon: list[Position] = []
    transects: Annotated[TransectStyle | None, Field(validation_alias="TransectStyleComplexItem")] = None
    grid: Grid | None = None


class CorridorScan(_Part):
    """A line with a width."""

    version: Annotated[int, Field(ge=1, le=2)]
    polyline: Annotated[list[Position], Field(min_length=2)]
    width_m: Annotated[float, Field(validation_alias="CorridorWidth", ge=0)]
    transects: Annotated[TransectStyle | None, Field(validation_alias="TransectStyleComplexItem")] = None


class StructureScan(_Part):
    """A building or mast, seen from all round."""

    version: Annotated[int, Field(ge=1, le=3)]
    polygon: Annotated[list[Position], Field(min_length=3)]
    camera: Annotated[CameraCalc, Field(validation_alias="CameraCalc")]
    height_m: Annotated[
        float, Field(validation_alias=AliasChoices("EntranceAltitude", "ScanBottomAlt", "Altitude", "altitude"), gt=0)
    ]


class Mission(_Part):
    """The mission; `items` are read one by one, so that each error names its own."""

    version: int
    items: list[dict[str, object]]
    hover_mps: Annotated[float | None, Field(validation_alias="hoverSpeed")] = None
    home: Annotated[list[float] | None, Field(validation_alias="plannedHomePosition")] = None


class Fence(_Part):
    """Only to tell whether there is one."""

    polygons: list[object] = []
    circles: list[object] = []


class PlanFile(_Part):
    """The whole file."""

    file_type: Annotated[str, Field(validation_alias="fileType")]
    version: int
    mission: Mission
    fence: Annotated[Fence | None, Field(validation_alias="geoFence")] = None

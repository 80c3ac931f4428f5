"""An uploaded file as routes."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, UploadFile

from missions.district import District
from missions.errors import InvalidInput
from missions.formats.draft import Imported, RouteDefaults
from missions.formats.reading import import_routes

MAX_UPLOAD_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What an imported file does not say itself; unset: as the first category has it."""

    categories: list[str]
    height_m: float | None
    speed_mps: float | None


def import_form(
    categories: Annotated[list[str] | None, Form(max_length=20, description="category keys, where the file has none")] = None,
    height_m: Annotated[float | None, Form(gt=0, le=1000, description="where the file has none")] = None,
    speed_mps: Annotated[float | None, Form(gt=0, le=30, description="where the file has none")] = None,
) -> ImportForm:
    """The form's fields beside the file."""
    keys = [key.strip() for field in categories or [] for key in field.split(",") if key.strip()]
    return ImportForm(categories=keys, height_m=height_m, speed_mps=speed_mps)


def read_upload(file: UploadFile, form: ImportForm, district: District) -> Imported:
    """The routes of an uploaded file; raises FormatError, or InvalidInput for an unknown category or a file too large."""
    name = file.filename or "upload"
    content = file.file.read(MAX_UPLOAD_BYTES + 1)
    if len(content) > MAX_UPLOAD_BYTES:
        raise InvalidInput(name, "file", f"is larger than {MAX_UPLOAD_BYTES} bytes")
    return import_routes(content, _defaults(form, district), name=name)


def _defaults(form: ImportForm, district: District) -> RouteDefaults:
    known = {category.key: category for category in district.categories}
    unknown = [key for key in form.categories if key not in known]
    if unknown:
        raise InvalidInput("routes import", "categories", f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
    defaults = RouteDefaults.of(known[form.categories[0]]) if form.categories else RouteDefaults()
    given = {"height_m": form.height_m, "speed_mps": form.speed_mps}
    changes = {key: value for key, value in given.items() if value is not None}
    return defaults.model_copy(update={"categories": tuple(form.categories), **changes})

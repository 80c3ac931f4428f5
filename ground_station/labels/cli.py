"""`oneflight ground export-labels`: reviewers' verdicts as a data set."""

from pathlib import Path
from typing import Annotated

import typer
import yaml


def export_labels(
    config: Annotated[Path, typer.Option("--config", help="The station's settings file.")],
    out: Annotated[Path, typer.Option("--out", help="New folder for the data set.")],
    names: Annotated[
        Path | None, typer.Option(help="data.yaml whose classes and order to take; else the catalogue's, in its order.")
    ] = None,
) -> None:
    """Writes what people confirmed and rejected as labelled pictures. Exit code 1: something had to be left out."""
    from ground_station.config import load_settings
    from ground_station.database import Database
    from ground_station.findings.evidence_store import EvidenceStore
    from ground_station.labels.label_set import LabelSet
    from ground_station.labels.verdict import verdicts
    from missions.catalog import load
    from missions.errors import InvalidInput

    if out.exists() and any(out.iterdir()):
        raise InvalidInput(str(out), "", "is not empty: labels go into a folder of their own")
    settings = load_settings(config)
    district = load(settings.catalog.directory)
    classes = _names(names) if names else tuple(district.detector_classes)
    labels = LabelSet(out, classes, EvidenceStore(settings.storage.evidence_directory))
    database = Database(settings.database.url)
    with database.reading() as session:
        for finding, incident_id, verdict in verdicts(session, district.id):
            labels.add(finding, incident_id, verdict)
    database.close()
    manifest = labels.finish(district.id)
    right = sum(one.verdict.is_there for one in manifest.pictures)
    print(f"{out}: {right} confirmed, {len(manifest.pictures) - right} rejected, {len(manifest.left_out)} left out")
    for one in manifest.left_out:
        print(f"left out: {one.finding_id}: {one.why}")
    if manifest.left_out:
        raise typer.Exit(1)


def _names(file: Path) -> tuple[str, ...]:
    from missions.errors import InvalidInput

    try:
        stated = yaml.safe_load(file.read_text(encoding="utf-8"))["names"]
        return tuple(stated[key] for key in sorted(stated)) if isinstance(stated, dict) else tuple(stated)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise InvalidInput(str(file), "names", f"no classes can be read: {error}") from error

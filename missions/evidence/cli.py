"""`oneflight evidence`: tells whether pictures are what an aircraft signed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from missions.errors import FormatError, InvalidInput, OneFlightError

if TYPE_CHECKING:
    from missions.evidence.keys import PublicKey
    from missions.evidence.sealing import Verdict

app = typer.Typer(no_args_is_help=True, help="Check the evidence of findings.", add_completion=False)

EXIT_CODES = {"verified": 0, "altered": 1, "unknown_key": 1, "unsigned": 2}
UNREADABLE = 2
WORDS = {
    "verified": "TRUE: the file is as it was signed",
    "altered": "ALTERED: the file is not as it was signed",
    "unknown_key": "UNKNOWN KEY: the file is whole, but nobody known has signed it",
    "unsigned": "UNSIGNED: nothing is proven",
}


@app.callback()
def evidence() -> None:
    """Check the evidence of findings."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The evidence picture (JPEG).")],
    key: Annotated[str | None, typer.Option(help="The public key: a PEM file, or 64 hexadecimal digits.")] = None,
    keys: Annotated[
        Path | None, typer.Option(help="Folder of known public keys (*.pub.pem). Neither option: the keys of this machine.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict and the record as JSON.")] = False,
) -> None:
    """Tell true from altered. Exit code 0: true; 1: altered, forged, or by an unknown key; 2: no record, or unreadable."""
    from missions.evidence.sealing import verify as judge

    try:
        known = _known_keys(key, keys)
        verdict = judge(_read(file), lambda record: record.key_id in known)
    except OneFlightError as error:
        typer.echo(f"oneflight: {error}", err=True)
        raise typer.Exit(UNREADABLE) from error
    typer.echo(_as_json(file, verdict) if as_json else _in_words(file, verdict))
    raise typer.Exit(EXIT_CODES[verdict.outcome])


@app.command("show-key")
def show_key(
    keys: Annotated[Path | None, typer.Option(help="The folder of the key; none: that of this machine.")] = None,
) -> None:
    """Print the public key that this machine (or an agent: DIRECTORY/keys) signs with, making one where there is none."""
    from missions.evidence.key_folder import KeyFolder, machine_folder

    public = (KeyFolder(keys) if keys else machine_folder()).signing_key().public
    typer.echo(f"key {public.id}\n{public.pem()}", nl=False)


@app.command("rotate-key")
def rotate_key(
    keys: Annotated[Path | None, typer.Option(help="The folder of the key; none: that of this machine.")] = None,
) -> None:
    """Make a new signing key in place of the old one. What the old one signed stays true: its public half is kept."""
    from missions.evidence.key_folder import KeyFolder, machine_folder

    public = (KeyFolder(keys) if keys else machine_folder()).rotate().public
    typer.echo(f"new key {public.id}\n{public.pem()}", nl=False)


def _known_keys(key: str | None, keys: Path | None) -> "dict[str, PublicKey]":
    from missions.evidence.key_folder import KeyFolder, machine_folder, read_public_key
    from missions.evidence.keys import PublicKey

    if keys is not None and not keys.is_dir():
        raise InvalidInput(str(keys), "--keys", "there is no such folder")
    if key is None:
        return (KeyFolder(keys) if keys else machine_folder()).known()
    given = read_public_key(Path(key)) if Path(key).exists() else PublicKey.from_text(key)
    return {given.id: given} | (KeyFolder(keys).known() if keys else {})


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise FormatError(str(file), "", f"cannot be read: {error.strerror}") from error


def _as_json(file: Path, verdict: "Verdict") -> str:
    from pydantic_core import to_json

    record = verdict.record.model_dump(mode="json") if verdict.record else None
    shown = {"file": str(file), "verdict": verdict.outcome, "reasons": verdict.reasons, "record": record}
    return to_json(shown, indent=2).decode()


def _in_words(file: Path, verdict: "Verdict") -> str:
    lines = [f"{file}: {WORDS[verdict.outcome]}", *(f"  {reason}" for reason in verdict.reasons)]
    record = verdict.record
    if record is None:
        return "\n".join(lines)
    by = "says" if verdict.outcome == "altered" else "signed"
    masked = f"{len(record.mask.regions)} regions masked ({record.mask.rule})"
    return "\n".join(
        [
            *lines,
            f"  {by}: finding {record.finding_id}, {record.seen.class_key} at {record.seen.confidence:.0%}",
            f"  by:  {record.aircraft_id}, key {record.key_id}",
            f"  taken: {record.taken_at.isoformat() if record.taken_at else 'unknown'}; frame {record.frame_sha256}",
            f"  model: {record.model.name} {record.model.version}, weights {record.model.weights_sha256}",
            f"  software: {record.software_version}; privacy: {masked}",
        ]
    )

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from missions.evidence.cli import app
from missions.evidence.key_folder import KeyFolder
from missions.evidence.record import EvidenceRecord
from missions.evidence.sealing import seal


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFolder:
    """The machine's own keys."""
    monkeypatch.setenv("ONEFLIGHT_KEYS", str(tmp_path / "keys"))
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def file(tmp_path: Path, keys: KeyFolder, picture: bytes, record: EvidenceRecord) -> Path:
    """Evidence of this machine."""
    path = tmp_path / "evidence.jpg"
    path.write_bytes(seal(picture, record, keys.signing_key()))
    return path


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.output


def test_true_evidence_of_this_machine_needs_no_option(file: Path) -> None:
    """Exit code 0, and the record in words."""
    code, text = run("verify", file)
    assert (code, "TRUE" in text, "zl-01" in text, "garbage_pile at 88%" in text) == (0, True, True, True)


def test_altered_evidence_is_named(file: Path) -> None:
    """A changed picture is exit code 1, with what does not fit."""
    file.write_bytes(file.read_bytes()[:-3] + b"\x00\xff\xd9")
    code, text = run("verify", file)
    assert code == 1
    assert "ALTERED" in text
    assert "the picture is not the one that was signed" in text


def test_a_key_may_be_given_or_missing(file: Path, keys: KeyFolder, tmp_path: Path) -> None:
    """With the public key as digits, as a file or in a folder it is true; with another key, or none, the key is unknown."""
    public = keys.signing_key().public
    (tmp_path / "mine.pem").write_text(public.pem())
    assert run("verify", file, "--key", public.text)[0] == 0
    assert run("verify", file, "--key", tmp_path / "mine.pem")[0] == 0
    assert run("verify", file, "--keys", keys.directory)[0] == 0
    (tmp_path / "empty").mkdir()
    code, text = run("verify", file, "--keys", tmp_path / "empty")
    assert (code, "UNKNOWN KEY" in text) == (1, True)
    assert run("verify", file, "--key", "11" * 32)[0] == 1


def test_json_holds_verdict_and_record(file: Path) -> None:
    """With --json the output is one object."""
    code, text = run("verify", file, "--json")
    told = json.loads(text)
    assert (code, told["verdict"], told["reasons"], told["record"]["finding_id"]) == (0, "verified", [], "f-1")


@pytest.mark.parametrize(("content", "words"), [(b"\x89PNG", "does not begin as a JPEG"), (None, "no such file")])
def test_what_cannot_be_read_is_exit_code_2(keys: KeyFolder, tmp_path: Path, content: bytes | None, words: str) -> None:
    """No JPEG, and no file at all, are no verdict."""
    path = tmp_path / "other.jpg"
    if content is not None:
        path.write_bytes(content)
    code, text = run("verify", path)
    assert (code, words in text.lower().replace("jpeg", "JPEG")) == (2, True)


def test_a_picture_without_a_record_is_exit_code_2(keys: KeyFolder, tmp_path: Path, picture: bytes) -> None:
    """Unsigned evidence proves nothing, which is not the same as altered."""
    path = tmp_path / "old.jpg"
    path.write_bytes(picture)
    code, text = run("verify", path)
    assert (code, "UNSIGNED" in text) == (2, True)


def test_the_machines_key_is_shown_and_rotated(file: Path, keys: KeyFolder) -> None:
    """After a rotation another key is shown, and what the old one signed is still true."""
    before, _ = run("show-key")[1].split("\n", 1)
    assert run("rotate-key")[0] == 0
    assert run("show-key")[1].split("\n", 1)[0] != before
    assert run("verify", file)[0] == 0

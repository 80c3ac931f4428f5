from pathlib import Path

import pytest

from missions.errors import InvalidInput
from missions.evidence.key_folder import PRIVATE_NAME, KeyFolder, machine_folder


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """The first call makes the key, readable by its owner alone; later ones, also of another process, give the same."""
    folder = KeyFolder(tmp_path / "keys")
    first = folder.signing_key()
    assert (tmp_path / "keys" / PRIVATE_NAME).stat().st_mode & 0o777 == 0o600
    assert KeyFolder(tmp_path / "keys").signing_key().public == first.public
    assert folder.known() == {first.public.id: first.public}
    assert sorted(path.suffix for path in (tmp_path / "keys").iterdir()) == [".pem", ".pem"]


def test_a_rotated_key_stays_known(tmp_path: Path) -> None:
    """After a rotation the new key signs, and both public keys are known."""
    folder = KeyFolder(tmp_path)
    old, new = folder.signing_key(), folder.rotate()
    assert folder.signing_key().public == new.public != old.public
    assert set(folder.known()) == {old.public.id, new.public.id}


def test_a_key_open_to_others_is_refused(tmp_path: Path) -> None:
    """A private key that others may read proves nothing; the error says what to do."""
    folder = KeyFolder(tmp_path)
    folder.signing_key()
    (tmp_path / PRIVATE_NAME).chmod(0o644)
    with pytest.raises(InvalidInput, match=r"signing-key\.pem: .*mode 644\): chmod 600"):
        folder.signing_key()


def test_broken_files_are_named(tmp_path: Path) -> None:
    """A damaged private key, and a public one that is none, are errors that name the file."""
    (tmp_path / PRIVATE_NAME).write_bytes(b"nothing")
    (tmp_path / PRIVATE_NAME).chmod(0o600)
    with pytest.raises(InvalidInput, match=r"signing-key\.pem"):
        KeyFolder(tmp_path).signing_key()
    (tmp_path / "x.pub.pem").write_text("nothing")
    with pytest.raises(InvalidInput, match=r"x\.pub\.pem"):
        KeyFolder(tmp_path).known()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where the folder's place is taken by a file, no key can be kept, and the error says where."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(InvalidInput, match="taken"):
        KeyFolder(tmp_path / "taken" / "keys").signing_key()


def test_the_machines_keys_lie_where_they_are_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ONEFLIGHT_KEYS outranks the user's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("ONEFLIGHT_KEYS", raising=False)
    assert machine_folder().directory == tmp_path / "oneflight" / "keys"
    monkeypatch.setenv("ONEFLIGHT_KEYS", str(tmp_path / "mine"))
    assert machine_folder().directory == tmp_path / "mine"

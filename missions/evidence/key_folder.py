"""A folder of keys: the private one that its owner signs with, and the public ones that it knows."""

import contextlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from missions.errors import FormatError, InvalidInput
from missions.evidence.keys import PublicKey, SigningKey

PRIVATE_NAME = "signing-key.pem"
PUBLIC_SUFFIX = ".pub.pem"
DIRECTORY_VARIABLE = "ONEFLIGHT_KEYS"


def machine_folder() -> "KeyFolder":
    """The keys of this machine, for work that is no aircraft's: in $ONEFLIGHT_KEYS, else in the user's own data folder."""
    named = os.environ.get(DIRECTORY_VARIABLE)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return KeyFolder(Path(named) if named else data / "oneflight" / "keys")


class KeyFolder:
    """Nothing is written before a key is asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def signing_key(self) -> SigningKey:
        """The private key; at first a new one is made. Raises InvalidInput where it cannot be read or kept."""
        path = self.directory / PRIVATE_NAME
        if not path.exists():
            with contextlib.suppress(FileExistsError):  # somebody was quicker: theirs is taken
                self._keep(SigningKey.generate(), replace=False)
        return _read_private(path)

    def rotate(self) -> SigningKey:
        """A new private key in place of the old one, which is gone; its public half stays known. Raises InvalidInput."""
        key = SigningKey.generate()
        self._keep(key, replace=True)
        return key

    def known(self) -> dict[str, PublicKey]:
        """Key id -> public key of every `*.pub.pem` in the folder; raises InvalidInput naming the file that is none."""
        keys = [read_public_key(path) for path in sorted(self.directory.glob(f"*{PUBLIC_SUFFIX}"))]
        return {key.id: key for key in keys}

    def _keep(self, key: SigningKey, *, replace: bool) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            public = self.directory / f"{key.public.id[:16]}{PUBLIC_SUFFIX}"
            public.write_text(key.public.pem(), encoding="ascii")
            self._write_private(key, replace=replace)
        except FileExistsError:
            public.unlink(missing_ok=True)
            raise
        except OSError as error:
            raise InvalidInput(str(self.directory), "", f"the signing key cannot be kept: {error}") from error

    def _write_private(self, key: SigningKey, *, replace: bool) -> None:
        """Whole or not at all, readable by the owner alone from its first byte (NamedTemporaryFile makes files 0600)."""
        with NamedTemporaryFile(dir=self.directory, prefix=".", suffix=".part") as file:
            file.write(key.pem())
            file.flush()
            os.fsync(file.fileno())
            path = self.directory / PRIVATE_NAME
            if replace:
                path.unlink(missing_ok=True)
            os.link(file.name, path)


def read_public_key(path: Path) -> PublicKey:
    """The public key in a file; raises InvalidInput naming the file."""
    try:
        return PublicKey.from_text(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError, FormatError) as error:
        raise InvalidInput(str(path), "", str(error)) from error


def _read_private(path: Path) -> SigningKey:
    try:
        mode, pem = path.stat().st_mode, path.read_bytes()
    except OSError as error:
        raise InvalidInput(str(path), "", f"the signing key cannot be read: {error.strerror}") from error
    if mode & 0o077:
        raise InvalidInput(str(path), "", f"the signing key is open to others (mode {mode & 0o777:o}): chmod 600 it")
    try:
        return SigningKey.from_pem(pem)
    except FormatError as error:
        raise InvalidInput(str(path), "", str(error)) from error

"""Pictures as files named by their SHA-256: written whole or not at all, and never changed."""

import os
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


class EvidenceStore:
    """A folder of JPEGs, spread over subfolders by the first two digits."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def path(self, digest: str) -> Path:
        """Where the picture lies, if it is there."""
        return self._directory / digest[:2] / f"{digest}.jpg"

    def put(self, digest: str, content: bytes) -> None:
        """Keeps a picture; it is on the disk (fsync) when this returns. The digest must be the content's."""
        if sha256(content).hexdigest() != digest:
            raise ValueError("the digest is not the content's")
        path = self.path(digest)
        if path.exists():
            return
        path.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
        for folder in (path.parent, self._directory):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Models of a user's own, as .pt files."""

import importlib.util
from pathlib import Path

import pytest

from models.errors import ModelError
from models.registry import load


@pytest.mark.skipif(importlib.util.find_spec("ultralytics") is not None, reason="the training extra is installed")
def test_without_the_extra_a_pt_file_says_what_to_install(tmp_path: Path) -> None:
    """The file is there; what reads it is not, and the error names the extra."""
    path = tmp_path / "mine.pt"
    path.touch()
    with pytest.raises(ModelError, match=r"\.pt files need: pip install 'oneflight\[training\]'"):
        load(path)

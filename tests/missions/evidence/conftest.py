"""The made-up record as fixtures."""

import pytest

from missions.evidence.record import EvidenceRecord
from tests.missions.evidence.made_record import PICTURE, RECORD


@pytest.fixture
def picture() -> bytes:
    """A picture without a record."""
    return PICTURE


@pytest.fixture
def record() -> EvidenceRecord:
    """A record whose hashes are not filled in yet."""
    return RECORD

"""What the endpoint for refused messages gives."""

from ground_station.paging import Page
from missions.noun import Instant, Noun


class RejectedMessage(Noun):
    """A message that was refused, and why; bytes that are no text are shown as escapes."""

    id: int
    received_at: Instant
    topic: str
    reason: str
    payload: str
    payload_bytes: int


class RejectedPage(Page[RejectedMessage]):
    """Refused messages: how many are kept, and how many there have been since the database was made."""

    kept: int
    total: int

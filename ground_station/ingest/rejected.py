"""The shelf of refused messages: counted, and the newest kept."""

import logging

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ground_station.ingest.schemas import RejectedMessage, RejectedPage
from ground_station.ingest.tables import RejectedMessageRow
from ground_station.paging import PageRequest
from ground_station.ports import Clock
from missions.errors import InvalidInput

logger = logging.getLogger(__name__)
MAX_PAYLOAD_BYTES = 4096
MAX_REASON_CHARACTERS = 1000


class RejectedShelf:
    """Refused messages of one district."""

    def __init__(self, district_id: str, max_messages: int, clock: Clock) -> None:
        self._district_id = district_id
        self._max_messages = max_messages
        self._clock = clock

    def put(self, session: Session, topic: str, payload: bytes, reason: str) -> None:
        """Keeps a message, and lets go of the oldest where there are too many."""
        logger.warning("refused a message on %s: %s", topic, reason)
        row = RejectedMessageRow(
            district_id=self._district_id,
            received_at=self._clock(),
            topic=topic[:300].replace("\x00", "\ufffd"),
            reason=reason[:MAX_REASON_CHARACTERS].replace("\x00", "\ufffd"),
            payload=payload[:MAX_PAYLOAD_BYTES],
            payload_bytes=len(payload),
        )
        session.add(row)
        session.flush()
        too_old = row.id - self._max_messages
        session.execute(delete(RejectedMessageRow).where(RejectedMessageRow.id <= too_old))

    def page(self, session: Session, request: PageRequest) -> RejectedPage:
        """Refused messages, newest first, and how many there have been in all."""
        own = RejectedMessageRow.district_id == self._district_id
        query = select(RejectedMessageRow).where(own).order_by(RejectedMessageRow.id.desc()).limit(request.limit + 1)
        if request.cursor is not None:
            if not request.cursor.isdecimal() or len(request.cursor) > 18:
                raise InvalidInput("page", "query.cursor", "is not a next_cursor of this list")
            query = query.where(RejectedMessageRow.id < int(request.cursor))
        found = list(session.scalars(query))
        shown = found[: request.limit]
        return RejectedPage(
            items=[_shown(row) for row in shown],
            next_cursor=str(shown[-1].id) if len(found) > request.limit else None,
            kept=session.scalar(select(func.count()).select_from(RejectedMessageRow).where(own)) or 0,
            total=session.scalar(select(func.max(RejectedMessageRow.id)).where(own)) or 0,
        )


def _shown(row: RejectedMessageRow) -> RejectedMessage:
    return RejectedMessage(
        id=row.id,
        received_at=row.received_at,
        topic=row.topic,
        reason=row.reason,
        payload=row.payload.decode("utf-8", errors="backslashreplace"),
        payload_bytes=row.payload_bytes,
    )

"""Notices in the database."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ground_station.notices.tables import NoticeRow


class NoticeRepository:
    """What is asked of the notices of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def open_on(self, day: date) -> list[NoticeRow]:
        """Those of a day that have not ended, oldest first."""
        query = select(NoticeRow).where(
            NoticeRow.district_id == self._district_id, NoticeRow.day == day, NoticeRow.ended_at.is_(None)
        )
        return list(self._session.scalars(query.order_by(NoticeRow.made_at, NoticeRow.id)))

    def page(self, conditions: Iterable[ColumnElement[bool]], limit: int) -> list[NoticeRow]:
        """Notices that fulfil the conditions, latest first."""
        query = select(NoticeRow).where(NoticeRow.district_id == self._district_id, *conditions)
        return list(self._session.scalars(query.order_by(NoticeRow.made_at.desc(), NoticeRow.id.desc()).limit(limit)))

    def add(self, row: NoticeRow) -> None:
        """Keeps a new notice."""
        self._session.add(row)
        self._session.flush()

"""Tells departments what of theirs waits, once, and when it does not wait any more."""

import logging
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from ground_station.access.service import Principal
from ground_station.database import after_commit
from ground_station.notices.repository import NoticeRepository
from ground_station.notices.schemas import NoticeOut
from ground_station.notices.tables import NoticeRow
from ground_station.paging import Page, PageRequest, before_cursor, make_cursor
from ground_station.ports import Clock, LiveEvent, Publish
from missions.district import District
from missions.noun import new_id
from missions.schedule import Schedule
from missions.scheduling.dropping import Waiting, still_waiting, to_be_told

logger = logging.getLogger(__name__)


class NoticeBoard:
    """Notices of one district."""

    def __init__(self, district: District, clock: Clock, publish: Publish) -> None:
        self._district = district
        self._clock = clock
        self._publish = publish

    def tell(self, session: Session, schedule: Schedule, before: Schedule | None, beside: Collection[str]) -> None:
        """What is new of a schedule that takes the place of `before`; `beside` are demands that the catalogue does not have.

        Nobody is told of the same thing of a day twice while it waits. What does not wait any more ends.
        """
        rows = NoticeRepository(session, self._district.id)
        waiting = still_waiting(schedule)
        known: set[tuple[str, str]] = set()
        for row in rows.open_on(schedule.day):
            if row.subject in waiting:
                known.add((row.subject, row.department_id))
            else:
                row.ended_at = self._clock()
                self._announce(session, row)
        for one in to_be_told(schedule, before, beside):
            if (one.subject, one.department_id) not in known:
                row = self._row(one, schedule.day)
                rows.add(row)
                self._announce(session, row)
                logger.info("%s is told that %s waits on %s: %s", one.department_id, one.subject, schedule.day, one.text)

    def page(
        self, session: Session, request: PageRequest, principal: Principal, day: date | None, *, waiting: bool
    ) -> Page[NoticeOut]:
        """Notices that the caller may see, latest first; where `waiting`, those alone that neither ended nor expired."""
        where: list[ColumnElement[bool]] = before_cursor(request.cursor, NoticeRow.made_at, NoticeRow.id)
        if day is not None:
            where.append(NoticeRow.day == day)
        if waiting:
            where += [NoticeRow.ended_at.is_(None), NoticeRow.expires_at > self._clock()]
        if principal.department_id is not None:
            where.append(NoticeRow.department_id == principal.department_id)
        found = NoticeRepository(session, self._district.id).page(where, request.limit + 1)
        shown = found[: request.limit]
        cursor = make_cursor(shown[-1].made_at, shown[-1].id) if len(found) > request.limit else None
        return Page(items=[notice_out(row) for row in shown], next_cursor=cursor)

    def _row(self, one: Waiting, day: date) -> NoticeRow:
        return NoticeRow(
            id=new_id(),
            district_id=self._district.id,
            department_id=one.department_id,
            day=day,
            subject=one.subject,
            route_id=one.route_id,
            code=one.code,
            text=one.text,
            expires_at=one.expires_at,
            made_at=self._clock(),
            ended_at=None,
        )

    def _announce(self, session: Session, row: NoticeRow) -> None:
        event = LiveEvent("notice", notice_out(row).model_dump_json(), row.department_id)
        after_commit(session, lambda: self._publish(event))


def notice_out(row: NoticeRow) -> NoticeOut:
    """The notice of a row."""
    return NoticeOut(**{name: getattr(row, name) for name in NoticeOut.model_fields})

"""What the notice endpoint gives."""

from datetime import date

from missions.noun import Instant, Noun


class NoticeOut(Noun):
    """Something that a department wants of a day and that waits until `expires_at`: then it is due again or has lapsed.

    `subject` is the id of the pass, or of the demand that no pass serves; `code` is one of `UnservedCode`, or `left`.
    `ended_at`: since then it is planned again, or not asked for any more.
    """

    id: str
    department_id: str
    day: date
    subject: str
    route_id: str | None
    code: str
    text: str
    expires_at: Instant
    made_at: Instant
    ended_at: Instant | None

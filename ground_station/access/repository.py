"""Accounts, sessions and keys in the database."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ground_station.access.tables import ApiKeyRow, SessionRow, UserRow


class AccessRepository:
    """What is asked of the access tables of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def user(self, username: str) -> UserRow | None:
        """The account of that name."""
        query = select(UserRow).where(UserRow.district_id == self._district_id, UserRow.username == username)
        return self._session.scalar(query)

    def users(self) -> list[UserRow]:
        """All accounts by name."""
        query = select(UserRow).where(UserRow.district_id == self._district_id).order_by(UserRow.username)
        return list(self._session.scalars(query))

    def user_of_session(self, token_hash: str, at: datetime) -> UserRow | None:
        """The user of a session that has not ended."""
        query = (
            select(UserRow)
            .join(SessionRow, SessionRow.user_id == UserRow.id)
            .where(SessionRow.token_hash == token_hash, SessionRow.expires_at > at, UserRow.district_id == self._district_id)
        )
        return self._session.scalar(query)

    def end_session(self, token_hash: str) -> None:
        """Forgets a session."""
        self._session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def forget_ended_sessions(self, at: datetime) -> None:
        """Forgets every session that has ended."""
        self._session.execute(delete(SessionRow).where(SessionRow.expires_at <= at))

    def key_by_hash(self, key_hash: str) -> ApiKeyRow | None:
        """The key with that hash, unless it is revoked."""
        query = select(ApiKeyRow).where(
            ApiKeyRow.key_hash == key_hash, ApiKeyRow.revoked_at.is_(None), ApiKeyRow.district_id == self._district_id
        )
        return self._session.scalar(query)

    def key_by(self, *, id: str | None = None, name: str | None = None) -> ApiKeyRow | None:
        """The key with that id, or of that name."""
        query = select(ApiKeyRow).where(ApiKeyRow.district_id == self._district_id)
        query = query.where(ApiKeyRow.id == id) if id is not None else query.where(ApiKeyRow.name == name)
        return self._session.scalar(query)

    def api_keys(self) -> list[ApiKeyRow]:
        """All keys by name, the revoked ones too."""
        query = select(ApiKeyRow).where(ApiKeyRow.district_id == self._district_id).order_by(ApiKeyRow.name)
        return list(self._session.scalars(query))

    def add(self, row: UserRow | SessionRow | ApiKeyRow) -> None:
        """Keeps a new row."""
        self._session.add(row)
        self._session.flush()

    def remove_key(self, row: ApiKeyRow) -> None:
        """Deletes a key."""
        self._session.delete(row)
        self._session.flush()

    def remove_user(self, row: UserRow) -> None:
        """Deletes an account and its sessions."""
        self._session.execute(delete(SessionRow).where(SessionRow.user_id == row.id))
        self._session.delete(row)

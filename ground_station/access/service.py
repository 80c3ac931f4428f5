"""Signing in, and finding out who asks."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from ground_station.access.permissions import ACTIONS, PERMISSIONS, Permission, Role
from ground_station.access.rate_limit import SignInLimit
from ground_station.access.repository import AccessRepository
from ground_station.access.schemas import ApiKeyOut, CreatedApiKey, NewApiKey, NewUser, SignIn, UserOut
from ground_station.access.secrets import API_KEY_PREFIX, hash_password, hash_token, new_api_key, new_token, password_fits
from ground_station.access.tables import ApiKeyRow, SessionRow, UserRow
from ground_station.config import AccessSettings
from ground_station.errors import Unauthenticated
from ground_station.ports import Clock
from missions.district import District
from missions.errors import Conflict, Forbidden, InvalidInput, NotFound
from missions.noun import new_id
from missions.work_order import Action

logger = logging.getLogger(__name__)
_WRONG = "user name or password is wrong"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a user, or a program (`key:<name>`)."""

    name: str
    role: Role
    department_id: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role has the permission."""
        return permission in PERMISSIONS[self.role]

    def require(self, permission: Permission) -> None:
        """Raises Forbidden where the role has not the permission."""
        if not self.may(permission):
            raise Forbidden(f"'{self.name}' is a {self.role} and may not {permission.replace('_', ' ')}")

    def may_act(self, action: Action) -> bool:
        """Whether the role takes this step of a work order."""
        return action in ACTIONS[self.role]

    def sees(self, department_id: str | None) -> bool:
        """Whether a case of that department may be shown."""
        return self.role is not Role.DEPARTMENT or department_id == self.department_id


class AccessService:
    """Users, sessions and keys of one district."""

    def __init__(self, district: District, settings: AccessSettings, clock: Clock) -> None:
        self._district = district
        self._settings = settings
        self._clock = clock
        self.limit = SignInLimit(settings)

    def password_hash(self, session: Session, username: str) -> str | None:
        """The hash of a user's password; None where there is no such user."""
        user = self._rows(session).user(username)
        return user.password_hash if user else None

    def check_password(self, request: SignIn, password_hash: str | None) -> None:
        """Raises Unauthenticated where the password is not the one hashed. Slow by intention: not for within a session."""
        if not password_fits(request.password, password_hash):
            raise Unauthenticated(_WRONG)

    def open_session(self, session: Session, username: str, password_hash: str | None) -> tuple[str, Principal]:
        """A new session's token and its user, whose password has been checked; raises Unauthenticated where it has changed
        since.
        """
        rows = self._rows(session)
        user = rows.user(username)
        if user is None or user.password_hash != password_hash:
            raise Unauthenticated(_WRONG)
        now = self._clock()
        rows.forget_ended_sessions(now)
        token = new_token()
        ends = now + timedelta(hours=self._settings.session_hours)
        rows.add(
            SessionRow(
                token_hash=hash_token(token), district_id=self._district.id, user_id=user.id, created_at=now, expires_at=ends
            )
        )
        logger.info("%s signed in", user.username)
        return token, _user_principal(user)

    def sign_out(self, session: Session, token: str) -> None:
        """Ends a session."""
        self._rows(session).end_session(hash_token(token))

    def identify(self, session: Session, *, token: str | None, bearer: str | None) -> Principal:
        """Who holds this session token or API key; raises Unauthenticated."""
        if bearer is not None:
            key = self._rows(session).key_by_hash(hash_token(bearer)) if bearer.startswith(API_KEY_PREFIX) else None
            if key is None:
                raise Unauthenticated("this API key is not known, or is revoked")
            return Principal(f"key:{key.name}", Role(key.role), key.department_id)
        user = self._rows(session).user_of_session(hash_token(token), self._clock()) if token else None
        if user is None:
            raise Unauthenticated("sign in (POST /api/session), or send an API key as 'Authorization: Bearer of_...'")
        return _user_principal(user)

    def users(self, session: Session) -> list[UserOut]:
        """All accounts."""
        return [_user_out(row) for row in self._rows(session).users()]

    def add_user(self, session: Session, new: NewUser) -> UserOut:
        """Makes an account; raises Conflict where the name is taken."""
        self._check_department(new.department_id)
        password_hash = hash_password(new.password)  # before the first query, which takes the lock
        rows = self._rows(session)
        if rows.user(new.username):
            raise Conflict(f"there is a user '{new.username}' already")
        row = UserRow(
            id=new_id(),
            district_id=self._district.id,
            username=new.username,
            password_hash=password_hash,
            role=new.role,
            department_id=new.department_id,
            created_at=self._clock(),
        )
        rows.add(row)
        return _user_out(row)

    def remove_user(self, session: Session, username: str) -> None:
        """Deletes an account and ends its sessions; raises NotFound, and Conflict for the last administrator."""
        rows = self._rows(session)
        row = rows.user(username)
        if row is None:
            raise NotFound(f"there is no user '{username}'")
        administrators = [user for user in rows.users() if user.role == Role.ADMINISTRATOR]
        if administrators == [row]:
            raise Conflict(f"'{username}' is the last administrator")
        rows.remove_user(row)

    def keys(self, session: Session) -> list[ApiKeyOut]:
        """All keys, without their secrets."""
        return [ApiKeyOut.model_validate(row, from_attributes=True) for row in self._rows(session).api_keys()]

    def add_key(self, session: Session, new: NewApiKey) -> CreatedApiKey:
        """Makes a key; raises Conflict where the name is taken. A revoked key gives its name, and its place in the list, up."""
        self._check_department(new.department_id)
        rows = self._rows(session)
        namesake = rows.key_by(name=new.name)
        if namesake is not None and namesake.revoked_at is None:
            raise Conflict(f"there is an API key '{new.name}' already")
        if namesake is not None:
            rows.remove_key(namesake)
        key = new_api_key()
        row = ApiKeyRow(
            id=new_id(),
            district_id=self._district.id,
            name=new.name,
            key_hash=hash_token(key),
            role=new.role,
            department_id=new.department_id,
            created_at=self._clock(),
        )
        rows.add(row)
        return CreatedApiKey(key=key, **ApiKeyOut.model_validate(row, from_attributes=True).model_dump())

    def revoke_key(self, session: Session, id: str) -> None:
        """Ends a key for good; raises NotFound."""
        row = self._rows(session).key_by(id=id)
        if row is None:
            raise NotFound(f"there is no API key '{id}'")
        row.revoked_at = row.revoked_at or self._clock()

    def _rows(self, session: Session) -> AccessRepository:
        return AccessRepository(session, self._district.id)

    def _check_department(self, department_id: str | None) -> None:
        known = [department.id for department in self._district.departments]
        if department_id is not None and department_id not in known:
            raise InvalidInput("account", "department_id", f"'{department_id}' is none of {', '.join(known)}")


def _user_principal(user: UserRow) -> Principal:
    return Principal(user.username, Role(user.role), user.department_id)


def _user_out(row: UserRow) -> UserOut:
    return UserOut(username=row.username, role=Role(row.role), department_id=row.department_id, created_at=row.created_at)

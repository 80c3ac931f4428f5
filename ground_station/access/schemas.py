"""What the access endpoints take and give."""

from typing import Annotated

from pydantic import Field, model_validator

from ground_station.access.permissions import Role
from missions.noun import Instant, Noun, StrictNoun

Username = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$")]


class SignIn(StrictNoun):
    """Who, and the password."""

    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class WhoAmI(Noun):
    """The signed-in user."""

    username: str
    role: Role
    department_id: str | None = None


class _Account(StrictNoun):
    role: Role
    department_id: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "_Account":
        if (self.role is Role.DEPARTMENT) != (self.department_id is not None):
            raise ValueError("department_id is given exactly with the role 'department'")
        return self


class NewUser(_Account):
    """An account to be made."""

    username: Username
    password: Annotated[str, Field(min_length=12, max_length=200)]


class UserOut(WhoAmI):
    """An account."""

    created_at: Instant


class NewApiKey(_Account):
    """A key to be made."""

    name: Username


class ApiKeyOut(Noun):
    """A key, without its secret."""

    id: str
    name: str
    role: Role
    department_id: str | None
    created_at: Instant
    revoked_at: Instant | None


class CreatedApiKey(ApiKeyOut):
    """A new key; `key` is shown this once."""

    key: str

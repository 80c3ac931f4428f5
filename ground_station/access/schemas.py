"""What the access endpoints take and give."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ground_station.access.permissions import Role
from missions.noun import Instant, Noun, StrictNoun

_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,63}")


def _plain(name: str) -> str:
    if not _USERNAME.fullmatch(name):
        raise PydanticCustomError(
            "bad_name",
            "a name has 2 to 64 characters: Latin letters, digits, dots, hyphens and underscores, the first a letter or digit",
        )
    return name


Username = Annotated[str, AfterValidator(_plain), Field(json_schema_extra={"pattern": f"^{_USERNAME.pattern}$"})]


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

"""How each deployable reads its settings: one TOML file, overridden by the environment, with errors that name the key."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from missions.errors import InvalidInput


class FileSettings(BaseSettings):
    """Settings of which the environment outranks the file; unknown keys of the file are refused."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file; nothing else."""
        return env_settings, init_settings


S = TypeVar("S", bound=FileSettings)


def read_settings(settings: type[S], path: Path, *, where_missing: str) -> S:
    """The settings in `path`; raises InvalidInput naming the file, the line or key, and what is wrong.

    `where_missing` tells the user how to get such a file.
    """
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InvalidInput(str(path), "", f"there is no such file; {where_missing}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(str(path), "file", str(error)) from error
    try:
        return settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(str(path), ".".join(str(part) for part in first["loc"]), first["msg"]) from error

"""The ground station's settings: a TOML file, overridden by `ONEFLIGHT_GROUND__SECTION__KEY` in the environment."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, IPvAnyNetwork, model_validator
from pydantic_settings import SettingsConfigDict

from ground_station.broker.config import BrokerServerSettings
from missions.settings import FileSettings, read_settings


class Section(BaseModel):
    """One table of the file; unknown keys are refused, so that a slip shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HttpSettings(Section):
    """Where the ground station listens, and what its pages may load."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8080, description="TCP port; 0 takes a free one.")
    secure_cookies: bool = Field(False, description="Send cookies over HTTPS only: true behind a TLS proxy.")
    trusted_proxies: tuple[IPvAnyNetwork, ...] = Field(
        (), description='Proxies whose X-Forwarded-For is believed: addresses or networks, such as ["127.0.0.1"].'
    )
    tile_url: str | None = Field(None, description="Raster tiles for the map, with {z}, {x} and {y}; none are needed.")


class DatabaseSettings(Section):
    """Where the records are kept."""

    url: str = Field("sqlite:///data/ground.sqlite3", description="SQLAlchemy URL; SQLite, or postgresql+psycopg://...")


class StorageSettings(Section):
    """Where pictures are kept, and how much of what was refused."""

    evidence_directory: Path = Field(Path("data/evidence"), description="Folder of JPEGs named by their SHA-256.")
    max_evidence_bytes: Annotated[int, Field(ge=1024)] = Field(2_000_000, description="A larger picture is refused (bytes).")
    max_rejected_messages: Annotated[int, Field(ge=10)] = Field(10_000, description="Refused messages kept for inspection.")


class CatalogSettings(Section):
    """Which district this is."""

    directory: Path | None = Field(None, description="Catalogue folder; without it the shipped example.")
    terrain: Path | None = Field(None, description="Elevation of the district (GeoTIFF, metres); without it flat ground.")


class BrokerSettings(Section):
    """The broker, as the ground station's client sees it."""

    host: str = Field("127.0.0.1", description="Address of the broker.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(1883, description="TCP port of the broker.")
    username: str = Field("ground", description="Name the ground station signs in with at the broker.")
    password_file: Path = Field(Path("broker/ground.secret"), description="File with that name's password.")
    client_id: str = Field("oneflight-ground", description="MQTT client id (OneFlight's own broker goes by the username).")
    ca_file: Path | None = Field(None, description="Certificate authority of the broker; TLS is used where it is given.")


class FleetSettings(Section):
    """When silence is noticed, and how long commands are waited for. All in seconds."""

    stale_after_s: Annotated[float, Field(gt=0)] = Field(5.0, description="Silence after which a drone is shown as stale.")
    offline_after_s: Annotated[float, Field(gt=0)] = Field(30.0, description="Silence after which a drone is shown as offline.")
    command_expires_s: Annotated[float, Field(gt=0)] = Field(30.0, description="An aircraft ignores an older command.")
    load_expires_s: Annotated[float, Field(gt=0)] = Field(120.0, description="The same for a flight plan to be loaded.")
    track_interval_s: Annotated[float, Field(gt=0)] = Field(1.0, description="Distance in time of stored track points.")
    rebirth_interval_s: Annotated[float, Field(gt=0)] = Field(10.0, description="A rebirth is asked for at most this often.")


class AccessSettings(Section):
    """Signing in."""

    session_hours: Annotated[float, Field(gt=0, le=720)] = Field(12.0, description="A session ends after this many hours.")
    attempts_per_account: Annotated[int, Field(ge=1)] = Field(5, description="Failed sign-ins a minute for one account.")
    attempts_per_address: Annotated[int, Field(ge=1)] = Field(20, description="Failed sign-ins a minute from one address.")


class GroundSettings(FileSettings):
    """All settings. Relative paths start at the folder of the settings file."""

    model_config = SettingsConfigDict(
        env_prefix="ONEFLIGHT_GROUND__",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    http: HttpSettings = HttpSettings()
    database: DatabaseSettings = DatabaseSettings()
    storage: StorageSettings = StorageSettings()
    catalog: CatalogSettings = CatalogSettings()
    broker: BrokerSettings = BrokerSettings()
    broker_server: BrokerServerSettings = BrokerServerSettings()
    fleet: FleetSettings = FleetSettings()
    access: AccessSettings = AccessSettings()
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged.")

    @model_validator(mode="after")
    def _pictures_pass_the_broker(self) -> Self:
        """A picture that is too large is to be refused by us with the reason, not let go by the broker without a word."""
        if self.broker_server.max_payload_bytes <= self.storage.max_evidence_bytes:
            raise ValueError("broker_server.max_payload_bytes must be above storage.max_evidence_bytes")
        return self


def load_settings(path: Path) -> GroundSettings:
    """The settings of a file; raises InvalidInput naming the file, the line or key, and what is wrong."""
    settings = read_settings(GroundSettings, path, where_missing="`oneflight ground init DIR` writes one")
    return _anchored(settings, path.resolve().parent)


def _anchored(settings: GroundSettings, folder: Path) -> GroundSettings:
    """The settings with every path absolute, and a SQLite file's too."""
    sections: dict[str, Any] = {}
    for name in GroundSettings.model_fields:
        section = getattr(settings, name)
        if not isinstance(section, BaseModel):
            continue
        paths = {key: folder / value for key, value in section if isinstance(value, Path)}
        sections[name] = section.model_copy(update=paths)
    scheme, _, file = settings.database.url.partition(":///")
    if scheme.startswith("sqlite") and file:
        sections["database"] = DatabaseSettings(url=f"{scheme}:///{folder / file}")
    return settings.model_copy(update=sections)


def example(overrides: dict[str, Any] | None = None) -> str:
    """A settings file with every key, its default and its sentence; `overrides` maps `section.key` to another value."""
    return "\n".join(_example_lines(overrides or {})) + "\n"


def _example_lines(overrides: dict[str, Any]) -> Iterator[str]:
    yield "# OneFlight ground station. Any key can be set as ONEFLIGHT_GROUND__SECTION__KEY too. Paths start at this folder."
    yield from _key_lines("log_level", GroundSettings.model_fields["log_level"].description, overrides.get("log_level", "INFO"))
    for name, field in GroundSettings.model_fields.items():
        if not isinstance(field.default, BaseModel):
            continue
        yield f"\n# {(type(field.default).__doc__ or '').splitlines()[0]}\n[{name}]"
        for key, inner in type(field.default).model_fields.items():
            value = overrides.get(f"{name}.{key}", getattr(field.default, key))
            yield from _key_lines(key, inner.description, value)


def _key_lines(key: str, description: str | None, value: object) -> Iterator[str]:
    yield f"# {description}"
    if value is None:
        yield f'# {key} = ""'
    elif isinstance(value, bool):
        yield f"{key} = {str(value).lower()}"
    elif isinstance(value, int | float):
        yield f"{key} = {value}"
    elif isinstance(value, tuple):
        yield f"{key} = {json.dumps([str(one) for one in value], ensure_ascii=False)}"
    else:
        yield f"{key} = {json.dumps(str(value), ensure_ascii=False)}"

"""How the broker of a station is run."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class BrokerServerSettings(BaseModel):
    """The broker that `oneflight ground broker` runs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: Annotated[
        Literal["auto", "mosquitto", "embedded"],
        Field(description="auto: Mosquitto where installed, else the embedded broker"),
    ] = "auto"
    host: Annotated[str, Field(description="address to listen on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="port to listen on")] = 1883
    folder: Annotated[Path, Field(description="accounts, and the broker's own files")] = Path("broker")
    certificate_file: Annotated[Path | None, Field(description="PEM certificate chain: given, the port speaks TLS")] = None
    key_file: Annotated[Path | None, Field(description="PEM private key of the certificate")] = None
    max_payload_bytes: Annotated[
        int, Field(ge=1_048_576, le=100_000_000, description="larger messages are let go; above storage.max_evidence_bytes")
    ] = 2_100_000
    max_queued_messages: Annotated[int, Field(ge=100, description="kept for an absent client before any is dropped")] = 100_000

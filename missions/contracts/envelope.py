"""The envelope round every JSON message: CloudEvents 1.0 with a sequence number per session, at most 64 KiB."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import to_json

from missions.errors import MessageError
from missions.noun import Instant, Noun, new_id

MAX_MESSAGE_BYTES = 64 * 1024
"""CloudEvents asks every intermediary to carry 64 KiB. Flight plans in commands may be larger: see MAX_COMMAND_BYTES."""

MAX_COMMAND_BYTES = 1024 * 1024


N = TypeVar("N", bound=Noun)


MessageId = Annotated[str, Field(min_length=1, max_length=64)]


class _Named(Noun):
    id: MessageId


class Envelope(Noun):
    """One message. `session` is new at each start of the sender; `sequence` counts its messages from 1 without gaps."""

    specversion: Literal["1.0"] = "1.0"
    id: MessageId
    source: Annotated[str, Field(min_length=1, max_length=200)]
    type: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]
    time: Instant
    datacontenttype: Literal["application/json"] = "application/json"
    session: str | None = None
    sequence: Annotated[int | None, Field(ge=1)] = None
    data: dict[str, Any]


def seal(
    data: Noun,
    *,
    type: str,
    source: str,
    at: Instant,
    id: str | None = None,
    session: str | None = None,
    sequence: int | None = None,
) -> bytes:
    """The JSON bytes of a message carrying `data`."""
    envelope = Envelope(
        id=id or new_id(),
        source=source,
        type=type,
        time=at,
        session=session,
        sequence=sequence,
        data=data.model_dump(mode="json"),
    )
    return envelope.model_dump_json(exclude_none=True).encode()


def unseal(topic: str, payload: bytes, *, max_bytes: int = MAX_MESSAGE_BYTES) -> Envelope:
    """The envelope in `payload`, strictly read; raises MessageError naming the topic, the key and what is wrong."""
    if len(payload) > max_bytes:
        raise MessageError(topic, "payload", f"{len(payload)} bytes; at most {max_bytes} are allowed")
    try:
        return Envelope.model_validate_json(payload, strict=True)
    except ValidationError as error:
        raise message_error(topic, error) from error


def read_id(payload: bytes) -> str | None:
    """The id of a message, also where the rest of it is wrong, so that it can be refused by name; None where it has none."""
    try:
        return _Named.model_validate_json(payload, strict=True).id
    except ValidationError:
        return None


def unpack(topic: str, envelope: Envelope, noun: type[N]) -> N:
    """The noun that the envelope carries; raises MessageError naming the key under `data` and what is wrong.

    Read as JSON and strictly: a number given as a text ("1", "nan") or as a truth value is refused.
    """
    try:
        return noun.model_validate_json(to_json(envelope.data), strict=True)
    except ValidationError as error:
        raise message_error(topic, error, prefix="data.") from error


def message_error(topic: str, error: ValidationError, prefix: str = "") -> MessageError:
    """A MessageError with the first of pydantic's complaints."""
    first = error.errors()[0]
    where = prefix + ".".join(str(part) for part in first["loc"])
    return MessageError(topic, where.rstrip(".") or "payload", first["msg"])

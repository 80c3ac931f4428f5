"""Ed25519 keys (RFC 8032): an aircraft's own, and the public ones by which others know it."""

import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from missions.errors import FormatError

PUBLIC_BYTES = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The 32 bytes of a public key."""

    raw: bytes

    @property
    def id(self) -> str:
        """The SHA-256 of the raw key, in lower-case hexadecimal digits."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text(self) -> str:
        """The raw key in lower-case hexadecimal digits."""
        return self.raw.hex()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """From 64 hexadecimal digits or a PEM (SubjectPublicKeyInfo); raises FormatError."""
        if text.lstrip().startswith("-----BEGIN"):
            return cls(_public_of_pem(text))
        try:
            raw = bytes.fromhex(text.strip())
        except ValueError as error:
            raise FormatError("public key", "", f"is neither a PEM nor hexadecimal: {error}") from error
        if len(raw) != PUBLIC_BYTES:
            raise FormatError("public key", "", f"has {len(raw)} bytes; an Ed25519 key has {PUBLIC_BYTES}")
        return cls(raw)

    def pem(self) -> str:
        """As other programs read it (OpenSSL: `openssl pkey -pubin`)."""
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's on the content."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """A private key; it shows itself only as a PEM, to be kept."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @classmethod
    def generate(cls) -> Self:
        """A new key of the operating system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """Raises FormatError."""
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise FormatError("signing key", "", f"is no PEM of a private key without a password: {error}") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise FormatError("signing key", "", "is not an Ed25519 key")
        return cls(key)

    def pem(self) -> bytes:
        """PKCS #8, not encrypted."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def sign(self, content: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._key.sign(content)


def _public_of_pem(text: str) -> bytes:
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise FormatError("public key", "", f"cannot be read: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise FormatError("public key", "", "is not an Ed25519 key")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)

"""Random secrets, and their hashes. A password is hashed slowly (Argon2id); a random token needs no more than SHA-256."""

import secrets
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

API_KEY_PREFIX = "of_"
_hasher = PasswordHasher()
_hashing = BoundedSemaphore(4)
"""Each hashing takes 64 MiB (RFC 9106): no crowd of sign-ins may fill the memory."""


def new_token() -> str:
    """A session token: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_api_key() -> str:
    """An API key: `of_` and 256 random bits."""
    return API_KEY_PREFIX + secrets.token_urlsafe(32)


def new_password() -> str:
    """A password for a person to copy: 96 random bits."""
    return secrets.token_urlsafe(12)


def hash_token(token: str) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Argon2id, with its salt and parameters."""
    with _hashing:
        return _hasher.hash(password)


def password_fits(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one hashed. Without a hash (no such user) it takes as long, and is False."""
    try:
        with _hashing:
            _hasher.verify(password_hash or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(new_password())

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from missions.errors import FormatError
from missions.evidence.keys import PublicKey, SigningKey


def test_a_known_signature_comes_out() -> None:
    """The first test vector of RFC 8032, 7.1: its key's signature on nothing is the one printed there."""
    secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    pem_bytes = bytes.fromhex("302e020100300506032b657004220420" + secret)
    pem = b"-----BEGIN PRIVATE KEY-----\n" + base64.b64encode(pem_bytes) + b"\n-----END PRIVATE KEY-----\n"
    key = SigningKey.from_pem(pem)
    assert key.public.text == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


def test_keys_survive_their_writing() -> None:
    """A key read from its PEM, or a public key from its digits, is the same key."""
    key = SigningKey.generate()
    assert SigningKey.from_pem(key.pem()).public == key.public
    assert PublicKey.from_text(key.public.pem()) == PublicKey.from_text(key.public.text + "\n") == key.public


def test_only_the_signer_has_signed() -> None:
    """A signature holds for its key and its content alone."""
    key, other = SigningKey.generate(), SigningKey.generate()
    signature = key.sign(b"content")
    assert key.public.has_signed(b"content", signature)
    assert not key.public.has_signed(b"contents", signature)
    assert not other.public.has_signed(b"content", signature)


@pytest.mark.parametrize("text", ["", "xyz", "00" * 31, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_public_key_is_said(text: str) -> None:
    """Neither too few digits nor a PEM of something else is taken."""
    with pytest.raises(FormatError, match="public key"):
        PublicKey.from_text(text)


def test_keys_of_another_kind_are_refused() -> None:
    """A key on a NIST curve is no Ed25519 key."""
    key = generate_private_key(SECP256R1())
    with pytest.raises(FormatError, match="not an Ed25519 key"):
        SigningKey.from_pem(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(FormatError, match="not an Ed25519 key"):
        PublicKey.from_text(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())

"""DKIM signatures: valid, and invalid after any change of the message."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import dkim
import pytest

from pipeline.delivery.messages.signing import SIGNED, Signer
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.delivery.settings.domains import domain_findings
from pipeline.findings.finding import DeliveryError
from tests.support.message_contents import CONTENT, MESSAGE_ID, TO, TOKEN

MOMENT = dt.datetime(2023, 12, 20, 8, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def keys() -> tuple[bytes, bytes]:
    """Return a private key as PEM, and its DNS record."""
    private = subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, check=True).stdout
    public = subprocess.run(
        ["openssl", "rsa", "-pubout"],
        input=private,
        capture_output=True,
        check=True,
    ).stdout
    public_key = b"".join(line for line in public.splitlines() if not line.startswith(b"-----"))
    return private, b"v=DKIM1; k=rsa; p=" + public_key


def signed(private: bytes) -> bytes:
    message = TemplateMessage(CONTENT).render(TO, MESSAGE_ID, TOKEN)
    return Signer(
        domain="example.bg", selector="bulletin", key=private, name="key.pem", moment=MOMENT
    ).signed(message)


def is_valid(message: bytes, record: bytes) -> bool:
    def looked_up(name: bytes, **_: object) -> bytes:
        assert name == b"bulletin._domainkey.example.bg."
        return record

    return bool(dkim.verify(message, dnsfunc=looked_up))


def test_a_signature_is_valid_and_covers_the_one_click_fields(keys: tuple[bytes, bytes]) -> None:
    private, record = keys
    message = signed(private)
    assert is_valid(message, record)
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from"} <= set(SIGNED)
    head = b" ".join(message.partition(b"\r\nFrom:")[0].split())
    assert all(name in head for name in SIGNED)
    assert b"t=1703059200;" in head


@pytest.mark.parametrize("changed", [b"Subject: ", b"List-Unsubscribe: <https", b"0JfQtNGA"])
def test_a_changed_message_has_an_invalid_signature(keys: tuple[bytes, bytes], changed: bytes) -> None:
    private, record = keys
    message = signed(private)
    assert message.count(changed) >= 1
    assert not is_valid(message.replace(changed, changed[:-1] + b"X", 1), record)


def test_the_same_message_is_signed_the_same(keys: tuple[bytes, bytes]) -> None:
    assert signed(keys[0]) == signed(keys[0])


def test_a_missing_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dkim", None)
    monkeypatch.setitem(sys.modules, "dns.exception", None)
    with pytest.raises(DeliveryError) as raised:
        signed(b"")
    assert raised.value.findings[0].code == "E355"
    with pytest.raises(DeliveryError) as raised:
        list(domain_findings("example.bg", None))
    assert raised.value.findings[0].code == "E355"


@pytest.mark.parametrize(
    "key", [b"", b"not a key", b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"]
)
def test_a_key_that_cannot_sign_is_reported(key: bytes) -> None:
    with pytest.raises(DeliveryError) as raised:
        signed(key)
    assert raised.value.findings[0].code == "E343"

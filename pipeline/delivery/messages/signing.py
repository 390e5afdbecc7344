"""Signatures by DKIM (RFC 6376), where the provider does not sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    import datetime as dt

SIGNED: Final = (
    b"from",
    b"to",
    b"reply-to",
    b"subject",
    b"date",
    b"message-id",
    b"mime-version",
    b"content-type",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)
"""The fields a signature covers; those of the list too, or one click is not trusted (RFC 8058, 4)."""

_RELAXED: Final = (b"relaxed", b"relaxed")


class Signer:
    """Signs messages of one domain.

    Args:
        domain: Whose signature it is.
        selector: Under which name the public key stands in DNS.
        key: The private RSA key as PEM.
        name: Of the key's file, for whoever reads the finding.
        moment: What the signature gives as its time, so that the same message has the same bytes again.

    Raises:
        DeliveryError: The key cannot sign (E343), or the library is not there (E355).
    """

    def __init__(self, domain: str, selector: str, key: bytes, name: str, moment: dt.datetime) -> None:
        """Take the key, and sign nothing with it to see that it can."""
        self._domain = domain.encode("ascii")
        self._selector = selector.encode("ascii")
        self._key = key
        self._moment = str(int(moment.timestamp())).encode("ascii")
        try:
            self.signed(b"From: x@example.org\r\n\r\nx\r\n")
        except ImportError as error:
            raise DeliveryError([found("E355", Place(name), library="dkimpy")]) from error
        except Exception as error:
            # The library raises its own errors, and whatever reading a key that is none brings up.
            problem = str(error) or type(error).__name__
            raise DeliveryError([found("E343", Place(name), name=name, problem=problem)]) from error

    def signed(self, message: bytes) -> bytes:
        """Return a message with its signature before it.

        Args:
            message: Whole, with CRLF.
        """
        import dkim  # noqa: PLC0415 - only where somebody signs

        moment = self._moment

        class AtTheMoment(dkim.DKIM):  # type: ignore[misc]  # the library is not typed
            """A signature whose time is given, and not that of the clock."""

            def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **more: Any) -> bytes:  # noqa: ANN401
                timed = [(tag, moment if tag == b"t" else value) for tag, value in fields]
                made: bytes = super().gen_header(timed, *rest, **more)
                return made

        head = message.partition(b"\r\n\r\n")[0].lower()
        there = [name for name in SIGNED if head.startswith(name + b":") or b"\r\n" + name + b":" in head]
        signature: bytes = AtTheMoment(message).sign(
            self._selector,
            self._domain,
            self._key,
            signature_algorithm=b"rsa-sha256",
            canonicalize=_RELAXED,
            include_headers=there,
        )
        return signature + message

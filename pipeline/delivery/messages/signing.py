"""DKIM signatures (RFC 6376), for providers that do not sign themselves."""

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
"""Header fields the signature covers; RFC 8058, 4 requires those of one-click unsubscribing."""

_RELAXED: Final = (b"relaxed", b"relaxed")


class Signer:
    """Signs messages of one domain.

    Args:
        domain: Signing domain (tag d).
        selector: Selector under which DNS holds the public key (tag s).
        key: Private RSA key as PEM.
        name: Name of the key's file, for findings.
        moment: Time of the signature (tag t); fixed, so that the same message gets the same bytes.

    Raises:
        DeliveryError: The key cannot sign (E343), or dkimpy is not installed (E355).
    """

    def __init__(self, *, domain: str, selector: str, key: bytes, name: str, moment: dt.datetime) -> None:
        """Keep the key, and try it on a short message."""
        self._domain = domain.encode("ascii")
        self._selector = selector.encode("ascii")
        self._key = key
        self._moment = str(int(moment.timestamp())).encode("ascii")
        try:
            self.signed(b"From: x@example.org\r\n\r\nx\r\n")
        except ImportError as error:
            raise DeliveryError([found("E355", Place(name), library="dkimpy")]) from error
        except Exception as error:
            # dkimpy raises its own errors, and any error of the parser for a malformed key.
            problem = str(error) or type(error).__name__
            raise DeliveryError([found("E343", Place(name), name=name, problem=problem)]) from error

    def signed(self, message: bytes) -> bytes:
        """Return a message with a DKIM-Signature field before it.

        Args:
            message: Complete message, with lines ended by CRLF.
        """
        import dkim  # noqa: PLC0415 - an extra, needed only for signing

        moment = self._moment

        class FixedTimeDkim(dkim.DKIM):  # type: ignore[misc]  # the library is not typed
            """Signature with a given time instead of the clock's."""

            def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **more: Any) -> bytes:  # noqa: ANN401
                timed = [(tag, moment if tag == b"t" else value) for tag, value in fields]
                header: bytes = super().gen_header(timed, *rest, **more)
                return header

        header = b"\r\n" + message.partition(b"\r\n\r\n")[0].lower()
        present = [name for name in SIGNED if b"\r\n" + name + b":" in header]
        signature: bytes = FixedTimeDkim(message).sign(
            self._selector,
            self._domain,
            self._key,
            signature_algorithm=b"rsa-sha256",
            canonicalize=_RELAXED,
            include_headers=present,
        )
        return signature + message

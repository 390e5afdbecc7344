"""DNS records of the sender's domain that receiving servers look for: SPF, DKIM and DMARC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.findings.finding import DeliveryError, Finding, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.delivery.settings.model import Signature


def domain_findings(
    domain: str, signature: Signature | None, look_up: Callable[[str], list[str]] | None = None
) -> Iterator[Finding]:
    """Yield the records that are missing (W352).

    Args:
        domain: Domain of the sender.
        signature: DKIM signature made here, or None.
        look_up: Returns the TXT records of a name; queries DNS if left out.

    Raises:
        DeliveryError: dnspython is not installed (E355).
    """
    texts = look_up or _texts
    if not any(text.lower().startswith("v=spf1") for text in texts(domain)):
        yield found("W352", None, record="SPF", domain=domain)
    if not any(text.lower().startswith("v=dmarc1") for text in texts(f"_dmarc.{domain}")):
        yield found("W352", None, record="DMARC", domain=domain)
    if signature is not None:
        name = f"{signature.selector}._domainkey.{signature.domain}"
        if not any("p=" in text for text in texts(name)):
            yield found("W352", None, record=f"DKIM ({name})", domain=signature.domain)


def _texts(name: str) -> list[str]:
    """Return the TXT records of a name (RFC 1035, 3.3.14); none if it has none or no server answers."""
    try:
        import dns.exception  # noqa: PLC0415 - an extra, and only on request
        import dns.resolver  # noqa: PLC0415
    except ImportError as error:
        raise DeliveryError([found("E355", None, library="dnspython")]) from error

    try:
        answer: Any = dns.resolver.resolve(name, "TXT", lifetime=10)
    except dns.exception.DNSException:
        return []
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

"""What every answer tells the browser: nothing from elsewhere, nothing inline, in no frame, never kept.

Only a document of an article or a mail is shown in a frame, of our own pages alone: it has its looks inline,
and runs no script, loads nothing, sends nothing and leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.datastructures import MutableHeaders

_SOURCES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    # Forms are sent by our own script alone, which adds the secret of the tab.
    "form-action": "'none'",
    "frame-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CONTENT_POLICY: Final = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())
"""Content Security Policy Level 3, of our own pages."""

FRAMED_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""That of a document in a frame: `sandbox` takes away its origin, scripts, forms, windows and navigation."""

_POLICIES: Final = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
}
_KEPT_NOWHERE: Final = "no-store"
_OF_OTHERS: Final = ("access-control-allow-origin", "access-control-allow-credentials", "server")


_FRAMED: Final = {"content-security-policy": FRAMED_POLICY, "x-frame-options": "SAMEORIGIN"}


def add_policies(headers: MutableHeaders, *, framed: bool = False) -> None:
    """Set the policies on an answer, and take away what would open it to others.

    Args:
        headers: The answer's.
        framed: Whether it is a document that one of our pages shows in a frame.
    """
    for name, value in (_POLICIES | (_FRAMED if framed else {})).items():
        headers[name] = value
    headers.setdefault("cache-control", _KEPT_NOWHERE)
    for name in _OF_OTHERS:
        del headers[name]

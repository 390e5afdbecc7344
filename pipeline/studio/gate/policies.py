"""What every answer tells the browser: nothing from elsewhere, nothing inline, in no frame, never kept."""

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
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CONTENT_POLICY: Final = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())
"""Content Security Policy Level 3. The frame that shows an article's HTML inherits it, and has no scripts."""

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


def add_policies(headers: MutableHeaders) -> None:
    """Set the policies on an answer, and take away what would open it to others."""
    for name, value in _POLICIES.items():
        headers[name] = value
    headers.setdefault("cache-control", _KEPT_NOWHERE)
    for name in _OF_OTHERS:
        del headers[name]

"""What every answer tells the browser: nothing from elsewhere, nothing inline but one script, never kept.

Only a document of an article or a mail is shown in a frame, of our own pages alone: it has its looks inline,
and runs no script, loads nothing, sends nothing and leads nowhere.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.datastructures import MutableHeaders

FIRST_SCRIPT: Final = """
(async () => {
  let left = [];
  try {
    left = await navigator.serviceWorker?.getRegistrations() ?? [];
    await Promise.all(left.map((each) => each.unregister()));
  } catch {
    // A browser that keeps nothing has nothing left.
  }
  const { page, key } = document.body.dataset;
  if (page === 'entry') {
    sessionStorage.setItem('bulletin-studio-key', key);
    // The address with the spent link leaves the history of the tab.
    location.replace('/');
  } else if (left.length) {
    location.reload();
  }
})();
"""
"""What the frame of every page does first: it takes away what another program that had this port before has
put between the browser and us (Service Workers, W3C), which might answer for any other script of ours."""

_HASH: Final = base64.b64encode(hashlib.sha256(FIRST_SCRIPT.encode()).digest()).decode()

_SOURCES: Final = {
    "default-src": "'none'",
    "script-src": f"'self' 'sha256-{_HASH}'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    # Forms are sent by our own script alone, which adds the secret of the tab.
    "form-action": "'none'",
    "frame-src": "'self'",
    # Nothing of ours answers in place of the server.
    "worker-src": "'none'",
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
FORGETTING: Final = {"clear-site-data": '"cache"'}
"""Of the page that lets somebody in: what another program that had this port left in the browser's cache is
taken for no script of ours."""

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

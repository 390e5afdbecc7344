"""Where a request comes from: the host it names, its origin, and what the browser says of it.

Followed are RFC 9110 (7.2, Host), RFC 6454 (Origin) and Fetch Metadata (W3C, Sec-Fetch-Site, -Mode, -Dest).
A page of another site, or of another port of this machine, may send a request here; it cannot change what
its browser writes into these headers.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.datastructures import Headers

ADDRESS: Final = "127.0.0.1"
"""The only address that is listened on."""


class Source(Enum):
    """What a request is, by its headers."""

    NAVIGATION = "a page opened in a tab, from wherever: it gets the empty frame of a page"
    OWN = "a request of a page of the studio"
    FRAMED = "a frame of a page of the studio, which shows a document"
    OWN_COMMAND = "a request of this program, from the command line"
    OTHER_NAME = "a page opened under another name of this machine"
    OLD_BROWSER = "a browser that does not say where its requests come from"
    FOREIGN = "anything else, which is refused"


def source_of(headers: Headers, method: str, port: int) -> Source:
    """Return what a request is.

    Args:
        headers: All of its headers.
        method: `GET`, `POST` …
        port: The port that is listened on.
    """
    hosts = headers.getlist("host")
    own = f"{ADDRESS}:{port}"
    opened = _is_opened(headers, method)
    if hosts != [own]:
        return Source.OTHER_NAME if hosts == [f"localhost:{port}"] and opened else Source.FOREIGN
    if headers.getlist("origin") not in ([], [f"http://{own}"]):
        return Source.FOREIGN
    return _told(headers, is_opened=opened)


def _told(headers: Headers, *, is_opened: bool) -> Source:
    """Return what a request is, by what the browser tells of it."""
    if "x-studio-control" in headers:
        is_browser = any(name.startswith("sec-") or name in {"origin", "referer"} for name in headers)
        return Source.FOREIGN if is_browser else Source.OWN_COMMAND
    if "sec-fetch-site" not in headers:
        return Source.OLD_BROWSER
    if is_opened:
        return Source.NAVIGATION
    if headers.getlist("sec-fetch-site") != ["same-origin"]:
        return Source.FOREIGN
    if headers.get("sec-fetch-mode") == "navigate":
        return Source.FRAMED if headers.get("sec-fetch-dest") == "iframe" else Source.FOREIGN
    return Source.OWN


def _is_opened(headers: Headers, method: str) -> bool:
    """Return whether a page is opened in a tab, and not in a frame of another page."""
    return (
        method in {"GET", "HEAD"}
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )

"""The gate: the one way from a browser to the views.

A page that is opened in a tab gets an empty frame, whoever sent the browser there: nothing is in it but our
own scripts. These ask for what is to be shown, with the cookie of the browser and the secret of the tab; so
a link in a mail lands on a page that goes on by itself, and a page of another site reads nothing.
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from pipeline.studio.gate.bodies import ORDINARY, UPLOAD, announces_too_much, bounded
from pipeline.studio.gate.origins import ADDRESS, Source, source_of
from pipeline.studio.gate.policies import FORGETTING, add_policies

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from pipeline.studio.gate.sessions import Session, Sessions

START: Final = "/start"
"""Where a single-use link leads; its token is in the query `link`."""

KEY_HEADER: Final = "x-studio-key"
CONTROL_HEADER: Final = "x-studio-control"
STATIC: Final = "/static/"
_UPLOADS: Final = ("/import", "/pictures", "/logo", "/mail/returned")
"""How the addresses end that take files."""

_SHOWN: Final = re.compile(r"/api/issues/[^/]+/((pictures|pages)/.+|cover)|/api/(logo|specimen)")
"""Pictures: an element `img` sends no header of ours. A page that another program left open on our port
before we had it is of our origin, and sends our cookie; so their addresses end with what only our own pages
know."""

SIGHT: Final = "see"
"""The name of that in the query."""

_FRAMED: Final = re.compile(r"/api/issues/[^/]+/frames/[0-9a-f]{64}")
"""Documents in frames, for which no header of ours is sent either; the name of one is known only to who asked
for it with the secret of a tab."""


class GatePages(Protocol):
    """The pages that are shown before somebody is let in."""

    def frame(self, language: str) -> str:
        """Return the empty frame of every page, as HTML."""

    def entry(self, language: str, key: str) -> str:
        """Return the page that keeps the secret of its tab and goes on, as HTML."""

    def spent(self, language: str) -> str:
        """Return the page that says how to open the studio again, as HTML."""

    def refused(self, language: str, reason: Source) -> str:
        """Return the page that says why nothing is shown, as HTML."""


class GateSettings(NamedTuple):
    """What the gate goes by.

    Args:
        port: The port that is listened on.
        sessions: Who is let in.
        control: The secret by which a second start of the command asks for a link.
        pages: The pages before somebody is let in.
    """

    port: int
    sessions: Sessions
    control: str
    pages: GatePages

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies of one host are shared by its ports."""
        return f"bulletin-studio-{self.port}"


class Gate:
    """Judges every request, and hands on those of our own pages.

    Args:
        app: The views.
        settings: What it goes by.
    """

    def __init__(self, app: ASGIApp, settings: GateSettings) -> None:
        """Keep both."""
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI 3.0); one of a socket is refused."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        source = source_of(headers, scope["method"], self._settings.port)
        guarded = _with_policies(send, framed=source is Source.FRAMED)
        answer = self._answer(scope, headers, source)
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        most = UPLOAD if scope["path"].endswith(_UPLOADS) else ORDINARY
        if announces_too_much(headers, most):
            await _too_large()(scope, receive, guarded)
            return
        await self._app(scope, bounded(receive, most), guarded)

    def _answer(self, scope: Scope, headers: Headers, source: Source) -> Response | None:
        """Return the gate's own answer, or None where the views may answer."""
        settings = self._settings
        if source is Source.OTHER_NAME:
            # The path goes with it, and no query: a token must not travel through a redirect.
            return RedirectResponse(f"http://{ADDRESS}:{settings.port}{_plain_path(scope)}")
        if source is Source.OWN_COMMAND:
            return self._control(scope, headers)
        if source is Source.NAVIGATION:
            return self._opened(scope)
        if source is Source.OLD_BROWSER:
            page = settings.pages.refused(settings.sessions.language, source)
            return HTMLResponse(page, HTTPStatus.FORBIDDEN)
        if source is Source.FOREIGN or (source is Source.FRAMED and not _is_document(scope)):
            return PlainTextResponse("refused", HTTPStatus.FORBIDDEN)
        return self._own(scope, headers, source)

    def _own(self, scope: Scope, headers: Headers, source: Source) -> Response | None:
        """Judge a request of a page of our own; None lets it through."""
        if scope["path"].startswith(STATIC) and scope["method"] in {"GET", "HEAD"}:
            return None
        session = self._session(headers)
        if session is None or not (
            source is Source.FRAMED
            or session.has_key(headers.get(KEY_HEADER, ""))
            or (_is_picture(scope, headers) and session.has_sight(_sight_in(scope)))
        ):
            return JSONResponse({"state": "outside"}, HTTPStatus.UNAUTHORIZED)
        scope.setdefault("state", {})["session"] = session
        return None

    def _opened(self, scope: Scope) -> Response:
        sessions, pages = self._settings.sessions, self._settings.pages
        if scope["path"] != START:
            return HTMLResponse(pages.frame(sessions.language))
        entered = sessions.follow(QueryParams(scope["query_string"]).get("link", ""))
        if entered is None:
            return HTMLResponse(pages.spent(sessions.language), HTTPStatus.GONE)
        cookie, session = entered
        answer = HTMLResponse(pages.entry(session.language, session.new_key()), headers=FORGETTING)
        answer.set_cookie(self._settings.cookie, cookie, path="/", httponly=True, samesite="strict")
        return answer

    def _control(self, scope: Scope, headers: Headers) -> Response:
        """Answer a second start of the command, which knows the secret from a file of the user's."""
        given = headers[CONTROL_HEADER].encode("utf-8", "replace")
        if scope["path"] != "/control/link" or not hmac.compare_digest(
            given, self._settings.control.encode()
        ):
            return PlainTextResponse("refused", HTTPStatus.FORBIDDEN)
        return JSONResponse({"link": self._settings.sessions.new_link()})

    def _session(self, headers: Headers) -> Session | None:
        """Return the session of the browser; what another port planted under the same name is passed over."""
        named = f"{self._settings.cookie}="
        pairs = (pair.strip() for header in headers.getlist("cookie") for pair in header.split(";"))
        values = (pair.removeprefix(named) for pair in pairs if pair.startswith(named))
        known = (self._settings.sessions.of_cookie(value) for value in values)
        return next((session for session in known if session is not None), None)


def link_to(port: int, token: str) -> str:
    """Return the address of a single-use link."""
    return f"http://{ADDRESS}:{port}{START}?link={token}"


def _is_picture(scope: Scope, headers: Headers) -> bool:
    return (
        scope["method"] == "GET"
        and headers.get("sec-fetch-dest") == "image"
        and _SHOWN.fullmatch(scope["path"]) is not None
    )


def _sight_in(scope: Scope) -> str:
    return QueryParams(scope["query_string"]).get(SIGHT, "")


def _is_document(scope: Scope) -> bool:
    return scope["method"] == "GET" and _FRAMED.fullmatch(scope["path"]) is not None


def _plain_path(scope: Scope) -> str:
    path: str = scope["raw_path"].decode("ascii", "replace") if scope.get("raw_path") else "/"
    # An address that begins with two slashes would lead to another host.
    return "/" + path.partition("?")[0].lstrip("/\\")


def _too_large() -> Response:
    return JSONResponse({"state": "too-large"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"connection": "close"})


def _with_policies(send: Send, *, framed: bool) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            add_policies(MutableHeaders(scope=message), framed=framed)
        await send(message)

    return sent

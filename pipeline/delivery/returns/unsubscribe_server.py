"""The page for unsubscribing, served: GET asks, and only POST acts (RFC 8058, 3.1 and 3.2).

It stands behind a web server that has the certificate; what comes after the last slash is the token. Every
request opens the ledger for itself, and what it writes holds before the next message goes out.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.identifiers import TOKEN_LENGTH
from pipeline.delivery.returns.unsubscribe_page import HEADERS, asking_page, done_page, unknown_page
from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.delivery.ledger.mail_folder import MailRoom

HOST: Final = "127.0.0.1"
PORT: Final = 8025

_TOKEN: Final = re.compile(rf"/([0-9a-f]{{{TOKEN_LENGTH}}})/?(?:\?.*)?$")
_MOST_READ: Final = 4096
"""Bytes of a request's body; one click sends 26."""

_PATIENCE: Final = 10
"""Seconds a reader may take to ask."""


class UnsubscribeServer(ThreadingHTTPServer):
    """The server; `serve_forever` runs it.

    Args:
        room: Whose ledger it writes into.
        titles: What the publication is called, by language, its own first.
        host: Where it listens.
        port: Likewise; 0 for any that is free.
        told: Hears of everybody who unsubscribes.

    Raises:
        DeliveryError: It cannot listen there (E381).
    """

    daemon_threads = True

    def __init__(
        self,
        room: MailRoom,
        titles: Mapping[str, str],
        host: str = HOST,
        port: int = PORT,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """Listen."""
        self.room = room
        self.titles = titles
        self.told = told
        try:
            super().__init__((host, port), _Answering)
        except (OSError, OverflowError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise DeliveryError([found("E381", None, host=host, port=port, problem=problem)]) from error

    @property
    def own(self) -> str:
        """The publication's own language."""
        return next(iter(self.titles))

    def language_of(self, path: str, *, withdraw: bool) -> str | None:
        """Return the language of whom a path means, and withdraw them if asked; None for nobody."""
        token = _TOKEN.search(path)
        if token is None:
            return None
        with self.room.ledger() as ledger:
            promises = ledger.of_token(token[1])
            if not promises:
                return None
            if withdraw:
                ledger.suppress(promises[-1].recipient, "unsubscribed")
        language = promises[-1].language
        return language if language in self.titles else self.own


class _Answering(BaseHTTPRequestHandler):
    """Answers one reader."""

    server: UnsubscribeServer
    timeout = _PATIENCE
    server_version = "bulletin"
    sys_version = ""

    def do_GET(self) -> None:
        language = self.server.language_of(self.path, withdraw=False)
        if language is None:
            self._answer(HTTPStatus.NOT_FOUND, unknown_page(self.server.own))
        else:
            self._answer(HTTPStatus.OK, asking_page(self.server.titles[language], language))

    do_HEAD = do_GET  # noqa: N815 - the name the library calls

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _MOST_READ:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, unknown_page(self.server.own))
            return
        self.rfile.read(int(length))
        language = self.server.language_of(self.path, withdraw=True)
        if language is None:
            self._answer(HTTPStatus.NOT_FOUND, unknown_page(self.server.own))
            return
        self.server.told()
        self._answer(HTTPStatus.OK, done_page(self.server.titles[language], language))

    def _answer(self, status: HTTPStatus, page: bytes) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Keep no record of who came: a token stands for somebody."""

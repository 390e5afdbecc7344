"""HTTP server of the unsubscribe page: GET asks, only POST unsubscribes (RFC 8058, 3.1 and 3.2).

It runs behind a web server that provides TLS. The last segment of the path is the member's token. Each
request opens the ledger anew; an unsubscription takes effect before the next message is sent.
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

    from pipeline.delivery.ledger.mail_folder import MailFolder

_LOOPBACK: Final = "127.0.0.1"
_TOKEN: Final = re.compile(rf"/([0-9a-f]{{{TOKEN_LENGTH}}})/?(?:\?.*)?$")
_MOST_READ: Final = 4096
"""Bytes of a request's body; a one-click request has 26."""

_TIMEOUT: Final = 10
"""Seconds a client may take for a request."""


class UnsubscribeServer(ThreadingHTTPServer):
    """Server of the unsubscribe page; `serve_forever` runs it.

    Args:
        folder: Mail folder with the ledger.
        titles: Titles of the publication by language, its first language first.
        host: Address to listen at.
        port: Port to listen at; 0 for any free one.
        on_unsubscribe: Called after each unsubscription.

    Raises:
        DeliveryError: It cannot listen there (E381).
    """

    daemon_threads = True

    def __init__(
        self,
        folder: MailFolder,
        titles: Mapping[str, str],
        *,
        port: int,
        host: str = _LOOPBACK,
        on_unsubscribe: Callable[[], None] = lambda: None,
    ) -> None:
        """Listen."""
        self.folder = folder
        self.titles = titles
        self.on_unsubscribe = on_unsubscribe
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise DeliveryError([found("E381", None, host=host, port=port, problem=problem)]) from error

    @property
    def first_language(self) -> str:
        """The publication's first language."""
        return next(iter(self.titles))

    def language_of(self, path: str, *, withdraw: bool) -> str | None:
        """Return the language of the member of a path; None if the token is unknown.

        Args:
            path: Path of a request.
            withdraw: Whether to unsubscribe the member.
        """
        token = _TOKEN.search(path)
        if token is None:
            return None
        with self.folder.ledger() as ledger:
            deliveries = ledger.deliveries_by_token(token[1])
            if not deliveries:
                return None
            if withdraw:
                ledger.suppress(deliveries[-1].recipient, "unsubscribed")
        language = deliveries[-1].language
        return language if language in self.titles else self.first_language


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    server: UnsubscribeServer
    timeout = _TIMEOUT
    server_version = "bulletin"
    sys_version = ""

    def do_GET(self) -> None:
        language = self._language_of(withdraw=False)
        if language is None:
            self._answer(HTTPStatus.NOT_FOUND, unknown_page(self.server.first_language))
        else:
            self._answer(HTTPStatus.OK, asking_page(self.server.titles[language], language))

    do_HEAD = do_GET  # noqa: N815 - the name the library calls

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _MOST_READ:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, unknown_page(self.server.first_language))
            return
        self.rfile.read(int(length))
        language = self._language_of(withdraw=True)
        if language is None:
            self._answer(HTTPStatus.NOT_FOUND, unknown_page(self.server.first_language))
            return
        self.server.on_unsubscribe()
        self._answer(HTTPStatus.OK, done_page(self.server.titles[language], language))

    def _language_of(self, *, withdraw: bool) -> str | None:
        """Return the language of the member; where the ledger cannot be asked, the client is to try again."""
        try:
            return self.server.language_of(self.path, withdraw=withdraw)
        except DeliveryError:
            self.close_connection = True
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, b"")
            raise

    def _answer(self, status: HTTPStatus, page: bytes) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Log nothing: a path identifies a member."""

"""Server of the unsubscribe page for a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.returns.unsubscribe_server import UnsubscribeServer
from pipeline.delivery.settings.reader import SETTINGS, read_publication, read_settings
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.files.workspace import Workspace


class UnsubscribePage(NamedTuple):
    """Unsubscribe page, ready to be served.

    Args:
        server: Listening server; `serve_forever` runs it.
        address: Public URL of the page.
    """

    server: UnsubscribeServer
    address: str


def open_unsubscribe_page(
    workspace: Workspace, *, host: str, port: int, on_unsubscribe: Callable[[], None]
) -> UnsubscribePage:
    """Listen for requests of the unsubscribe page.

    Args:
        workspace: The workspace.
        host: Address to listen at.
        port: Port to listen at; 0 for any free one.
        on_unsubscribe: Called after each unsubscription.

    Raises:
        DeliveryError: The settings are missing or wrong (E350 and others) or name no public URL (E382), or
            the server cannot listen (E381).
    """
    settings = read_settings(workspace)
    if settings.unsubscribe is None:
        raise DeliveryError([found("E382", Place(SETTINGS))])
    publication = read_publication(workspace, "")
    titles = {language: read_publication(workspace, language).title for language in publication.languages}
    server = UnsubscribeServer(
        MailFolder(workspace), titles, host=host, port=port, on_unsubscribe=on_unsubscribe
    )
    return UnsubscribePage(server, settings.unsubscribe)

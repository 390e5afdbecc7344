"""What the mail goes by: `mail/mail.yaml`, and whose name it bears, of `issues/publication.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.settings.model import MailSettings
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place
from pipeline.reading.model_files import read_model
from pipeline.reading.publication import publication_in, read_publication_fields

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace
    from pipeline.models.publication import Publication, Sender

MAIL: Final = "mail"
"""The folder of a workspace that holds all that concerns members; nothing of it leaves the machine."""

SETTINGS: Final = f"{MAIL}/mail.yaml"


def read_settings(workspace: Workspace) -> MailSettings:
    """Read how the mail goes out.

    Raises:
        DeliveryError: There is no such file (E350), or it has errors.
    """
    path = workspace.root / SETTINGS
    if not path.is_file():
        raise DeliveryError([found("E350", Place(SETTINGS), name=SETTINGS)])
    return read_model(path, SETTINGS, MailSettings).required(DeliveryError)


def read_publication(workspace: Workspace, language: str) -> Publication:
    """Read what stays the same from issue to issue, in a language, or in its first where it has not that one.

    Raises:
        DeliveryError: It has errors.
    """
    return publication_in(read_publication_fields(workspace), language).required(DeliveryError)


def publication_of(data: bytes, language: str) -> Publication:
    """Read a publication from its file's bytes; see `read_publication`."""
    return publication_in(read_fields(data, PUBLICATION), language).required(DeliveryError)


def sender_of(publication: Publication) -> Sender:
    """Return whose name the mail bears.

    Raises:
        DeliveryError: The publication names nobody (E354).
    """
    if publication.sender is None:
        raise DeliveryError([found("E354", Place(PUBLICATION))])
    return publication.sender

"""Readers of `mail/mail.yaml`, and of the sender in `issues/publication.yaml`."""

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
    from pipeline.findings.finding import Finding
    from pipeline.models.publication import Publication, Sender

MAIL: Final = "mail"
"""Folder of a workspace with everything about members; it is never archived or put under version control."""

SETTINGS: Final = f"{MAIL}/mail.yaml"


def read_settings(workspace: Workspace) -> MailSettings:
    """Read the settings of the mail.

    Raises:
        DeliveryError: There is no such file (E350), or it has errors.
    """
    path = workspace.root / SETTINGS
    if not path.is_file():
        raise DeliveryError([found("E350", Place(SETTINGS), name=SETTINGS)])
    return read_model(path, SETTINGS, MailSettings).required(DeliveryError)


def settings_findings(workspace: Workspace) -> list[Finding]:
    """Return what is found in the settings of the mail, warnings too."""
    return read_model(workspace.root / SETTINGS, SETTINGS, MailSettings).findings


def read_publication(workspace: Workspace, language: str) -> Publication:
    """Read the publication in a language, or in its first language if it does not have that one.

    Raises:
        DeliveryError: The file has errors.
    """
    return publication_in(read_publication_fields(workspace), language).required(DeliveryError)


def parse_publication(data: bytes, language: str) -> Publication:
    """Read a publication from the bytes of its file; see `read_publication`."""
    return publication_in(read_fields(data, PUBLICATION), language).required(DeliveryError)


def sender_of(publication: Publication) -> Sender:
    """Return the sender of a publication.

    Raises:
        DeliveryError: The publication names none (E354).
    """
    if publication.sender is None:
        raise DeliveryError([found("E354", Place(PUBLICATION))])
    return publication.sender

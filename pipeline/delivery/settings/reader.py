"""What the mail goes by: `mail/mail.yaml`, and whose name it bears, of `issues/publication.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from pipeline.delivery.settings.model import MailSettings
from pipeline.files.owned_files import load
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_nodes import LARGEST, Scalar, Sequence, read_text, read_yaml
from pipeline.findings.finding import DeliveryError, errors, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.models.publication import Publication
from pipeline.reading.validation import fill

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.models.publication import Sender

MAIL: Final = "mail"
"""The folder of a workspace that holds all that concerns members; nothing of it leaves the machine."""

SETTINGS: Final = f"{MAIL}/mail.yaml"

T = TypeVar("T")


def read_settings(workspace: Workspace) -> MailSettings:
    """Read how the mail goes out.

    Raises:
        DeliveryError: There is no such file (E350), or it has errors.
    """
    path = workspace.root / SETTINGS
    if not path.is_file():
        raise DeliveryError([found("E350", Place(SETTINGS), name=SETTINGS)])
    return _filled(MailSettings, _bytes(path, SETTINGS), SETTINGS, None)


def read_publication(workspace: Workspace, language: str) -> Publication:
    """Read what stays the same from issue to issue, in a language, or in its first where it has not that one.

    Raises:
        DeliveryError: It has errors.
    """
    return publication_of(_bytes(workspace.root / PUBLICATION, PUBLICATION), language)


def publication_of(data: bytes, language: str) -> Publication:
    """Read a publication from its file's bytes; see `read_publication`."""
    source, _ = read_text(data, PUBLICATION)
    written = read_yaml(source)[0] if source else None
    named = written.get("languages") if written else None
    known = (
        [item.text for item in named.items if isinstance(item, Scalar)] if isinstance(named, Sequence) else []
    )
    chosen = language if language in known or not known else known[0]
    return _filled(Publication, data, PUBLICATION, chosen)


def sender_of(publication: Publication) -> Sender:
    """Return whose name the mail bears.

    Raises:
        DeliveryError: The publication names nobody (E354).
    """
    if publication.sender is None:
        raise DeliveryError([found("E354", Place(PUBLICATION))])
    return publication.sender


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return load(path, LARGEST)
    except OSError as error:
        problem = error.strerror or str(error)
        raise DeliveryError([found("E89", Place(shown), name=path.name, problem=problem)]) from error


def _filled(model: type[T], data: bytes, shown: str, language: str | None) -> T:
    source, findings = read_text(data, shown)
    fields = None
    if source is not None:
        fields, wrong = read_yaml(source)
        findings += wrong
    value = None
    if fields is not None:
        value, wrong = fill(model, fields, language)
        findings += wrong
    if value is None or errors(findings):
        raise DeliveryError(with_excerpts(findings, {shown: source.text} if source else {}))
    return value

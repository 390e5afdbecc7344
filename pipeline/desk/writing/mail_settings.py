"""The settings of the mail opened and saved by field, its password, and a list of members that arrives."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.delivery.ledger.mail_folder import MailFolder, write_secret
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.settings.model import MailSettings
from pipeline.delivery.settings.passwords import PASSWORD, VARIABLE
from pipeline.delivery.settings.reader import MAIL, SETTINGS
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.heads import with_fields
from pipeline.files.names import fitting_name
from pipeline.files.owned_files import hold_within, load_owned
from pipeline.files.text.source import LARGEST
from pipeline.files.writing.atomic import write_atomically
from pipeline.files.writing.locks import locked
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import BulletinError, DeliveryError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.reading.model_files import model_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.delivery.members.reader import MemberList
    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value
    from pipeline.findings.finding import Finding

_BEGUN: Final = "format: 1\n"
_LOCK: Final = ".settings.lock"
_PATIENCE: Final = 10.0
"""Seconds to wait for somebody who saves them in the same moment."""

_MEMBERS: Final = "members"
_LISTS: Final = frozenset({"csv", "tsv", "txt", "xlsx"})


class OpenedMail(NamedTuple):
    """The settings of the mail as they stand.

    Args:
        version: Of its fields but the list of members, which is brought in by itself.
        fields: Its fields as written; none where there is no such file.
        has_password: Whether a password lies in the folder of the mail.
        is_outranked: Whether that is not used, since the environment of the program gives one.
    """

    version: Version
    fields: Mapping[str, Any]
    has_password: bool
    is_outranked: bool = False


def open_mail_settings(workspace: Workspace) -> OpenedMail:
    """Open the settings; nothing is made where there are none.

    Raises:
        BulletinError: They cannot be read, or a link leads elsewhere, where nothing could be saved (E647).
    """
    hold_within(workspace.root, workspace.root / MAIL)
    fields = _fields(_read(workspace))
    has_password = (workspace.root / MAIL / PASSWORD).is_file()
    return OpenedMail(_version(fields), fields, has_password, bool(os.environ.get(VARIABLE)))


def save_mail_settings(
    workspace: Workspace, base: Version, changes: Mapping[Field, Value], password: str = ""
) -> None:
    """Save changes of the settings, and a new password: all or nothing.

    They are kept in no history: nothing of their folder is.

    Args:
        workspace: The workspace.
        base: The version the changes were made to.
        changes: New values by the path of the field; None takes it out.
        password: A new one; empty to keep the one that is there.

    Raises:
        DeliveryError: They would not be right, or somebody else changed them meanwhile (E632); nothing was
            written.
        IssueError: A value cannot be written (E605); likewise.
        PressError: The disk or the system refuses.
    """
    hold_within(workspace.root, workspace.root / MAIL)
    folder = MailFolder(workspace)
    with locked(folder.path / _LOCK, _PATIENCE):
        text = _read(workspace)
        if _version(_fields(text)) != base:
            raise DeliveryError([found("E632", Place(SETTINGS), name=SETTINGS)])
        new = with_fields(text if text.strip() else _BEGUN, SETTINGS, changes)
        if wrong := _errors_with(text, changes):
            raise DeliveryError(wrong)
        if password:
            write_secret(folder.path / PASSWORD, password.encode() + b"\n")
        if new != text:
            write_atomically(workspace.root / SETTINGS, new.encode())


def faulty_fields(workspace: Workspace, changes: Mapping[Field, Value]) -> dict[Field, Finding]:
    """Return what would be wrong with the settings because of each change; nothing is written.

    Args:
        workspace: The workspace.
        changes: New values by the path of the field.
    """
    text = _read(workspace)
    faults: dict[Field, Finding] = {}
    wrong = _errors_with(text, changes)
    for field in changes:
        others = {(each.code, each.values) for each in _errors_with(text, _without(changes, field))}
        own = [each for each in wrong if (each.code, each.values) not in others]
        if own:
            faults[field] = own[0]
    return faults


def _without(changes: Mapping[Field, Value], field: Field) -> dict[Field, Value]:
    return {each: value for each, value in changes.items() if each != field}


def _errors_with(text: str, changes: Mapping[Field, Value]) -> list[Finding]:
    new = with_fields(text if text.strip() else _BEGUN, SETTINGS, changes)
    return errors(model_in(read_fields(new.encode(), SETTINGS), MailSettings).findings)


def take_members(workspace: Workspace, name: str, data: bytes) -> MemberList:
    """Put a list of members into the folder of the mail, and name it in the settings.

    The list of before stays in the folder: it may be the only one that the office has. Where it is the very
    same, nothing is changed.

    Args:
        workspace: The workspace.
        name: What the list was called where it came from.
        data: The file.

    Returns:
        The list as it was read.

    Raises:
        DeliveryError: It cannot be read or has errors (all of them), or there are no settings yet (E350);
            nothing was changed.
    """
    hold_within(workspace.root, workspace.root / MAIL)
    folder = MailFolder(workspace)
    with locked(folder.path / _LOCK, _PATIENCE):
        text = _read(workspace)
        if not text.strip():
            raise DeliveryError([found("E350", Place(SETTINGS), name=SETTINGS)])
        ending = name.rpartition(".")[2].lower()
        if ending not in _LISTS:
            raise DeliveryError([found("E302", Place(name), kind=f".{ending}")])
        if (listed := _same_list(workspace, text, name, data)) is not None:
            return listed
        kept = fitting_name(f"members.{ending}", [path.name for path in folder.path.iterdir()])
        path = folder.path / kept
        write_secret(path, data)
        try:
            listed = read_members(path, name)
            if errors(listed.findings):
                raise DeliveryError(errors(listed.findings))
            write_atomically(
                workspace.root / SETTINGS, with_fields(text, SETTINGS, {(_MEMBERS,): kept}).encode()
            )
        except BulletinError:
            path.unlink(missing_ok=True)
            raise
    return listed


def _same_list(workspace: Workspace, text: str, name: str, data: bytes) -> MemberList | None:
    """Return the list that the settings name, where it is this one, of this kind."""
    path = workspace.root / MAIL / str(_fields(text).get(_MEMBERS, ""))
    try:
        is_same = path.suffix.lower() == f".{name.rpartition('.')[2].lower()}" and path.read_bytes() == data
    except OSError:
        return None
    listed = read_members(path, name) if is_same else None
    return None if listed is None or errors(listed.findings) else listed


def _fields(text: str) -> dict[str, Any]:
    fields = YamlEditor(text, SETTINGS).value(()) if text.strip() else {}
    return fields if isinstance(fields, dict) else {}


def _version(fields: Mapping[str, Any]) -> Version:
    own = {name: value for name, value in fields.items() if name != _MEMBERS}
    return version_of(json.dumps(own, sort_keys=True, default=str).encode())


def _read(workspace: Workspace) -> str:
    if not (workspace.root / SETTINGS).is_file():
        return ""
    try:
        data = load_owned(workspace.root, SETTINGS, LARGEST)
    except OSError as fault:
        problem = reason_of(fault)
        raise DeliveryError([found("E89", Place(SETTINGS), name=SETTINGS, problem=problem)]) from fault
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise DeliveryError([found("E02", Place(SETTINGS), offset=fault.start + 1)]) from fault

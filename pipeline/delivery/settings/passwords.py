"""Passwords: from the environment, a file with mode 0600, or the keyring of the system."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.findings.translatable import NOT_A_PLAIN_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.delivery.settings.model import Server

VARIABLE: Final = "BULLETIN_MAIL_PASSWORD"
PASSWORD: Final = "password"  # noqa: S105 - the name of a file
SERVICE: Final = "bulletin"
"""Service name in the keyring."""

_LARGEST: Final = 100_000
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def password_for(server: Server, folder: Path) -> str | None:
    """Return the password of a server's user, or None if the settings name no user.

    Args:
        server: Settings of the server.
        folder: Mail folder.

    Raises:
        DeliveryError: No password is found (E351), or its file is readable by others (E352).
    """
    if server.user is None:
        return None
    path = folder / PASSWORD
    password = os.environ.get(VARIABLE) or _from_file(path) or _from_keyring(server)
    if not password:
        name = f"{folder.name}/{PASSWORD}"
        raise DeliveryError([found("E351", None, user=server.user, host=server.host, name=name)])
    return password


def _from_file(path: Path) -> str:
    try:
        return read_secret(path).decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError as error:
        raise DeliveryError(
            [found("E02", Place(f"{path.parent.name}/{path.name}"), offset=error.start + 1)]
        ) from error


def read_secret(path: Path) -> bytes:
    """Return the content of a file that only its owner may read; empty if there is no such file.

    Raises:
        DeliveryError: It is readable by others (E352), or cannot be read (E89).
    """
    try:
        # Its mode is that of the file that is read, whatever is put in its place meanwhile.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            os.close(handle)
            raise OSError(errno.EINVAL, NOT_A_PLAIN_FILE, str(path))  # noqa: TRY301 - as where the system refuses
        with os.fdopen(handle, "rb") as file:
            content = file.read(_LARGEST)
    except FileNotFoundError:
        return b""
    except OSError as error:
        problem = reason_of(error)
        raise DeliveryError([found("E89", Place(path.name), name=path.name, problem=problem)]) from error
    if mode & _OTHERS:
        raise DeliveryError([found("E352", Place(path.name), name=f"{path.parent.name}/{path.name}")])
    return content


def _from_keyring(server: Server) -> str:
    try:
        import keyring  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, f"{server.user}@{server.host}") or ""
    except Exception:  # noqa: BLE001 - without a keyring each desktop raises errors of its own
        return ""

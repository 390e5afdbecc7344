"""Passwords: from the environment, from a file nobody else may read, or from the keyring of the system."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.delivery.settings.model import Server

VARIABLE: Final = "BULLETIN_MAIL_PASSWORD"
PASSWORD: Final = "password"  # noqa: S105 - the name of a file
SERVICE: Final = "bulletin"
"""Under which the keyring holds it."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def password_for(server: Server, folder: Path) -> str | None:
    """Return the password of a server's user, or None where the server wants none.

    Args:
        server: The server.
        folder: Of the settings.

    Raises:
        DeliveryError: There is none (E351), or others may read its file (E352).
    """
    if server.user is None:
        return None
    path = folder / PASSWORD
    password = os.environ.get(VARIABLE) or _written(path) or _from_keyring(server)
    if not password:
        name = f"{folder.name}/{PASSWORD}"
        raise DeliveryError([found("E351", None, user=server.user, host=server.host, name=name)])
    return password


def _written(path: Path) -> str:
    try:
        return secret(path).decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError as error:
        raise DeliveryError(
            [found("E02", Place(f"{path.parent.name}/{path.name}"), offset=error.start + 1)]
        ) from error


def secret(path: Path) -> bytes:
    """Return what a file holds that nobody else may read; nothing where there is none.

    Raises:
        DeliveryError: Others may read it (E352), or we may not (E89).
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            held = file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        problem = error.strerror or str(error)
        raise DeliveryError([found("E89", Place(path.name), name=path.name, problem=problem)]) from error
    if mode & _OTHERS:
        raise DeliveryError([found("E352", Place(path.name), name=f"{path.parent.name}/{path.name}")])
    return held


def _from_keyring(server: Server) -> str:
    try:
        import keyring  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, f"{server.user}@{server.host}") or ""
    except Exception:  # noqa: BLE001 - a machine without a keyring raises whatever its desktop does
        return ""

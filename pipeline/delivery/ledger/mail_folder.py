"""The folder `mail/` of a workspace: HMAC key, ledger, their backups, and a lock for senders.

The folder holds addresses: its `.gitignore` keeps it out of version control, and nothing of it is archived.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Identifiers
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.settings.passwords import read_secret
from pipeline.delivery.settings.reader import MAIL
from pipeline.files.workspace import locked, sync_folder, write_atomically
from pipeline.findings.finding import DeliveryError, PressError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace

KEY: Final = "key"
LEDGER: Final = "ledger.sqlite"
BACKUPS: Final = "backups"
MOST_BACKUPS: Final = 30

_NOT_KEPT: Final = b"# Addresses, passwords and keys: nothing of this folder leaves the machine.\n*\n"


class MailFolder:
    """Mail folder of a workspace.

    Args:
        workspace: The workspace; the folder is created if it does not exist.

    Raises:
        PressError: It cannot be created (E83).
    """

    def __init__(self, workspace: Workspace) -> None:
        """Create the folder if needed."""
        self.path = workspace.root / MAIL
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            problem = error.strerror or str(error)
            raise PressError([found("E83", Place(MAIL), name=MAIL, problem=problem)]) from error
        if not (self.path / ".gitignore").exists():
            write_atomically(self.path / ".gitignore", _NOT_KEPT)

    @property
    def has_ledger(self) -> bool:
        """Whether a ledger exists: something was sent, tested, returned or suppressed."""
        return (self.path / LEDGER).exists()

    def identifiers(self) -> Identifiers:
        """Return identifiers under the key of this folder; without key and ledger a key is created.

        Raises:
            DeliveryError: The key is missing or malformed (E353), or readable by others (E352).
        """
        path = self.path / KEY
        key = read_secret(path)
        if not key and not self.has_ledger:
            _write_secret(path, secrets.token_hex(KEY_LENGTH).encode() + b"\n")
            key = read_secret(path)
        try:
            return Identifiers(bytes.fromhex(key.decode()))
        except ValueError as error:
            raise DeliveryError([found("E353", Place(f"{MAIL}/{KEY}"), name=f"{MAIL}/{KEY}")]) from error

    @contextlib.contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger for the duration of a block; create it if it does not exist.

        Raises:
            DeliveryError: It cannot be opened (E370, E371), or the key of a new one is malformed (E353).
        """
        if not self.has_ledger:
            # The key is created before the ledger, so that a ledger without a key always means a lost key.
            self.identifiers()
        with contextlib.closing(Ledger(self.path / LEDGER)) as opened:
            yield opened

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Lock the folder for the duration of a block, so that only one process sends.

        Raises:
            DeliveryError: Another process holds the lock (E359).
            PressError: The lock file cannot be created (E83).
        """
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(locked(self.path / ".lock"))
            except PressError as error:
                if error.findings[0].code == "E84":
                    raise DeliveryError([found("E359", None)]) from error
                raise
            yield

    def back_up(self, ledger: Ledger) -> Path:
        """Copy ledger and key into a new backup, and delete backups beyond the newest `MOST_BACKUPS`.

        Ledger and key are only useful together: without the key no identifier can be matched to an address.

        Returns:
            Folder of the backup.

        Raises:
            PressError: The backup cannot be written (E83).
            DeliveryError: The ledger cannot be read (E370).
        """
        name = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
        unfinished = self.path / BACKUPS / f".{name}.part"
        target = self.path / BACKUPS / name
        try:
            unfinished.mkdir(mode=0o700, parents=True)
            ledger.copy_to(unfinished / LEDGER)
            (unfinished / LEDGER).chmod(0o600)
            _write_secret(unfinished / KEY, (self.path / KEY).read_bytes())
            sync_folder(unfinished)
            unfinished.rename(target)
            sync_folder(target.parent)
        except OSError as error:
            problem = error.strerror or str(error)
            raise PressError(
                [found("E83", Place(f"{MAIL}/{BACKUPS}"), name=BACKUPS, problem=problem)]
            ) from error
        for old in self.backups()[:-MOST_BACKUPS]:
            shutil.rmtree(old, ignore_errors=True)
        return target

    def backups(self) -> list[Path]:
        """Return the folders of the backups, oldest first; incomplete ones are deleted."""
        folder = self.path / BACKUPS
        if not folder.is_dir():
            return []
        for path in folder.glob(".*.part"):
            shutil.rmtree(path, ignore_errors=True)
        return sorted(path for path in folder.iterdir() if path.is_dir())

    def forget(self, ledger: Ledger, recipient: str) -> int:
        """Erase an address from the ledger and from every backup.

        Args:
            ledger: Open ledger of this folder.
            recipient: Identifier of the address.

        Returns:
            From how many deliveries of the ledger it was erased.
        """
        count = ledger.forget(recipient)
        for backup in self.backups():
            if (backup / LEDGER).exists():
                with contextlib.closing(Ledger(backup / LEDGER)) as copy:
                    copy.forget(recipient)
        return count


def _write_secret(path: Path, data: bytes) -> None:
    """Write a file with mode 0600 from its creation on, so that no other user can read it at any moment."""
    temporary = path.with_name(f".{path.name}.part")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    sync_folder(path.parent)

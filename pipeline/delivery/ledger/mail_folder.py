"""The mail room: the folder `mail/` of a workspace, with its key, its ledger, their copies, and its one door.

Nothing of it goes into a version history, an archive or a page: it holds addresses.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Seals
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.settings.passwords import secret
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


class MailRoom:
    """The mail room of a workspace.

    Args:
        workspace: Whose; the folder is made where there is none.

    Raises:
        PressError: It cannot be made (E83).
    """

    def __init__(self, workspace: Workspace) -> None:
        """Open the room."""
        self.folder = workspace.root / MAIL
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            problem = error.strerror or str(error)
            raise PressError([found("E83", Place(MAIL), name=MAIL, problem=problem)]) from error
        if not (self.folder / ".gitignore").exists():
            write_atomically(self.folder / ".gitignore", _NOT_KEPT)

    @property
    def has_ledger(self) -> bool:
        """Whether anything was ever sent or withdrawn."""
        return (self.folder / LEDGER).exists()

    def seals(self) -> Seals:
        """Return the seals under the key of this room, which is made where nothing was sealed yet.

        Raises:
            DeliveryError: The key is lost or not one of ours (E353), or others may read it (E352).
        """
        path = self.folder / KEY
        held = secret(path)
        if not held and not self.has_ledger:
            _make_secret(path, secrets.token_hex(KEY_LENGTH).encode() + b"\n")
            held = secret(path)
        try:
            return Seals(bytes.fromhex(held.decode()))
        except ValueError as error:
            raise DeliveryError([found("E353", Place(f"{MAIL}/{KEY}"), name=f"{MAIL}/{KEY}")]) from error

    @contextlib.contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger for the time of a block.

        Raises:
            DeliveryError: It cannot be used (E370, E371), or is to be made and the key is not ours (E353).
        """
        if not self.has_ledger:
            # What is sealed and what is written begin together: a ledger without a key is one that was lost.
            self.seals()
        opened = Ledger(self.folder / LEDGER)
        try:
            yield opened
        finally:
            opened.close()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the one door for the time of a block, so that two senders cannot run.

        Raises:
            DeliveryError: Another holds it (E359).
            PressError: It cannot be held (E83).
        """
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(locked(self.folder / ".lock"))
            except PressError as error:
                if error.findings[0].code == "E84":
                    raise DeliveryError([found("E359", None)]) from error
                raise
            yield

    def back_up(self, ledger: Ledger) -> Path:
        """Copy ledger and key together, for each is worth nothing without the other.

        Raises:
            PressError: They cannot be written (E83).
            DeliveryError: The ledger cannot be read (E370).
        """
        name = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
        unfinished = self.folder / BACKUPS / f".{name}.part"
        target = self.folder / BACKUPS / name
        try:
            unfinished.mkdir(mode=0o700, parents=True)
            ledger.copy_to(unfinished / LEDGER)
            (unfinished / LEDGER).chmod(0o600)
            _make_secret(unfinished / KEY, (self.folder / KEY).read_bytes())
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
        """Return the copies, the oldest first; those cut short are swept away."""
        folder = self.folder / BACKUPS
        if not folder.is_dir():
            return []
        for path in folder.glob(".*.part"):
            shutil.rmtree(path, ignore_errors=True)
        return sorted(path for path in folder.iterdir() if path.is_dir())

    def forget(self, ledger: Ledger, recipient: str) -> int:
        """Take an address out of the ledger and out of every copy of it.

        Args:
            ledger: The ledger.
            recipient: The seal of the address.

        Returns:
            From how many promises of the ledger it was taken.
        """
        count = ledger.forget(recipient)
        for backup in self.backups():
            if (backup / LEDGER).exists():
                copy = Ledger(backup / LEDGER)
                try:
                    copy.forget(recipient)
                finally:
                    copy.close()
        return count


def _make_secret(path: Path, data: bytes) -> None:
    """Write a file that nobody else may read, not for a moment either."""
    temporary = path.with_name(f".{path.name}.part")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    sync_folder(path.parent)

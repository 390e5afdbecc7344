"""The folder `mail/` of a workspace: HMAC key, ledger, its witness, their backups, and a lock for senders.

The folder holds addresses: its `.gitignore` keeps it out of version control, and nothing of it is archived.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.copies import Newer
from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Identifiers
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.states import State
from pipeline.delivery.ledger.witness import Witness
from pipeline.delivery.settings.passwords import read_secret
from pipeline.delivery.settings.reader import MAIL
from pipeline.files.writing.atomic import sync_folder, write_atomically
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import DeliveryError, PressError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.files.workspace import Workspace

KEY: Final = "key"
LEDGER: Final = "ledger.sqlite"
WITNESS: Final = "witness.sqlite"
BACKUPS: Final = "backups"
MOST_BACKUPS: Final = 30

_PATIENCE: Final = 60.0
"""Seconds to wait for another process that copies the ledger or erases an address from the copies."""

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
            raise write_refused(error, MAIL) from error
        if not (self.path / ".gitignore").exists():
            write_atomically(self.path / ".gitignore", _NOT_KEPT)

    @property
    def has_ledger(self) -> bool:
        """Whether a ledger exists: something was sent, tested, returned or suppressed."""
        return (self.path / LEDGER).exists() or (self.path / WITNESS).exists()

    def identifiers(self) -> Identifiers:
        """Return identifiers under the key of this folder; without key and ledger a key is created.

        Raises:
            DeliveryError: The key is missing or malformed (E353), or readable by others (E352).
        """
        path = self.path / KEY
        key = read_secret(path)
        if not key and not self.has_ledger:
            write_secret(path, secrets.token_hex(KEY_LENGTH).encode() + b"\n")
            key = read_secret(path)
        try:
            return Identifiers(bytes.fromhex(key.decode()))
        except ValueError as error:
            raise DeliveryError([found("E353", Place(f"{MAIL}/{KEY}"), name=f"{MAIL}/{KEY}")]) from error

    @contextlib.contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger for the duration of a block; create it if it does not exist.

        It is compared with its witness, and an erasure that was interrupted is finished.

        Raises:
            DeliveryError: It or its witness cannot be opened (E370, E371, E396), or the key of a new one is
                malformed (E353).
        """
        if not self.has_ledger:
            # The key is created before the ledger, so that a ledger without a key always means a lost key.
            self.identifiers()
        with (
            contextlib.closing(Witness(self.path / WITNESS)) as witness,
            contextlib.closing(Ledger(self.path / LEDGER, witness)) as opened,
        ):
            opened.compare(witness)
            if opened.pending_erasures():
                # Whoever asked for it was told; what cannot be erased now hinders nobody, and is tried again.
                with contextlib.suppress(DeliveryError, PressError):
                    self._erase(opened, witness, patience=0)
            yield opened

    @contextlib.contextmanager
    def recovered_ledger(self) -> Iterator[Ledger]:
        """Open the ledger, its states repaired unless a process is sending now; see `Ledger.recover`."""
        with self.ledger() as opened:
            if opened.deliveries(None, State.SENDING, State.END_OF_DATA):
                try:
                    with self.exclusive():
                        opened.recover()
                except DeliveryError as error:
                    if error.findings[0].code != "E359":
                        raise
            yield opened

    def reconcile(self, newer: Iterable[Newer], addresses: Mapping[str, tuple[str, str]]) -> Counter[State]:
        """Bring an older copy of the ledger to what its witness and other copies know.

        Args:
            newer: What other copies know.
            addresses: Address and name by the identifier of a recipient.

        Returns:
            How many deliveries were changed or entered, by the state they have now.
        """
        with contextlib.closing(Ledger(self.path / LEDGER)) as opened:
            counts = self._reconciled(opened, newer, addresses)
            with contextlib.closing(Witness(self.path / WITNESS)) as witness:
                opened.begin_anew(witness)
            return counts

    def _reconciled(
        self, ledger: Ledger, newer: Iterable[Newer], addresses: Mapping[str, tuple[str, str]]
    ) -> Counter[State]:
        with contextlib.closing(Witness(self.path / WITNESS)) as witness:
            own = self._known_by(witness)
            copies = [*newer, own] if own.is_whole else [own, *newer]
            return ledger.reconcile(copies, witness.knowledge(), addresses)

    def try_reconciling(
        self, ledger: Ledger, newer: Iterable[Newer], addresses: Mapping[str, tuple[str, str]], scratch: Path
    ) -> Counter[State]:
        """Return what `reconcile` would change, found out on a copy of the ledger in a scratch folder."""
        ledger.copy_to(scratch / LEDGER)
        with contextlib.closing(Ledger(scratch / LEDGER)) as opened:
            return self._reconciled(opened, newer, addresses)

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """Return a folder for copies that hold addresses; it is deleted at the end, or after a kill later."""
        with (
            self._copies_locked(),
            tempfile.TemporaryDirectory(prefix=".", suffix=".part", dir=self._copies) as name,
        ):
            yield Path(name)

    def newer(self) -> Newer:
        """Return what the witness of the ledger knows."""
        with contextlib.closing(Witness(self.path / WITNESS)) as witness:
            return self._known_by(witness)

    def _known_by(self, witness: Witness) -> Newer:
        return Newer(tuple(witness.letters()), tuple(witness.suppressed()), not witness.knowledge().is_new)

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
        with self._copies_locked():
            return self._back_up(ledger)

    def _back_up(self, ledger: Ledger) -> Path:
        name = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
        unfinished = self.path / BACKUPS / f".{name}.part"
        target = self.path / BACKUPS / name
        try:
            unfinished.mkdir(mode=0o700, parents=True)
            ledger.copy_to(unfinished / LEDGER)
            (unfinished / LEDGER).chmod(0o600)
            write_secret(unfinished / KEY, (self.path / KEY).read_bytes())
            sync_folder(unfinished)
            unfinished.rename(target)
            sync_folder(target.parent)
        except OSError as error:
            raise write_refused(error, BACKUPS, f"{MAIL}/{BACKUPS}") from error
        for old in self.backups()[:-MOST_BACKUPS]:
            shutil.rmtree(old, ignore_errors=True)
        return target

    def backups(self) -> list[Path]:
        """Return the folders of the backups, oldest first."""
        folder = self.path / BACKUPS
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))

    def forget(self, ledger: Ledger, recipient: str) -> int:
        """Erase a recipient from the ledger and from every copy of it, also while a mailing is sent.

        Once this has begun it is finished, if not by this process then by the next that opens the ledger.

        Args:
            ledger: Open ledger of this folder.
            recipient: Identifier of the address.

        Returns:
            From how many deliveries of the ledger it was erased.

        Raises:
            DeliveryError: A copy cannot be read (E397), or the ledger is busy for too long (E370).
        """
        count = ledger.forget(recipient)
        with contextlib.closing(Witness(self.path / WITNESS)) as witness:
            unread = self._erase(ledger, witness)
        if unread:
            raise DeliveryError([found("E397", None, name=f"{MAIL}/{BACKUPS}/{name}") for name in unread])
        return count

    def _erase(self, ledger: Ledger, witness: Witness, *, patience: float = _PATIENCE) -> list[str]:
        """Finish the pending erasures; return the names of backups that cannot be read.

        They are tried again with the next command, until they can be read or are deleted.
        """
        with self._copies_locked(patience):
            unread: list[str] = []
            pending = ledger.pending_erasures()
            for recipient in pending:
                witness.forget(recipient)
            for backup in self.backups():
                try:
                    self._erase_from(backup, pending)
                except DeliveryError:
                    unread.append(backup.name)
            ledger.overwrite_erased()
            if not unread:
                for recipient in pending:
                    ledger.end_erasure(recipient)
            return unread

    def _erase_from(self, backup: Path, recipients: Iterable[str]) -> None:
        if (backup / LEDGER).exists():
            with contextlib.closing(Ledger(backup / LEDGER)) as copy:
                for recipient in recipients:
                    copy.forget(recipient)
                copy.overwrite_erased()
                for recipient in copy.pending_erasures():
                    copy.end_erasure(recipient)

    @contextlib.contextmanager
    def _copies_locked(self, patience: float = _PATIENCE) -> Iterator[None]:
        """Hold the lock of the copies for the duration of a block; wait for another process that holds it.

        What a process that was killed left unfinished is deleted.

        Args:
            patience: Longest wait, in seconds.

        Raises:
            PressError: It is held for longer (E84), or cannot be created (E83).
        """
        with locked(self.path / ".copies.lock", patience):
            for path in self._copies.glob(".*.part"):
                shutil.rmtree(path, ignore_errors=True)
            yield

    @property
    def _copies(self) -> Path:
        folder = self.path / BACKUPS
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def write_secret(path: Path, data: bytes) -> None:
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

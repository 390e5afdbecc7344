"""The studio that runs for a workspace: found by a second start, which opens it instead of another one.

A lock file is held as long as the process lives, so that a state file left by one that was killed is known
as stale. Both lie in the user's state folder (XDG Base Directory Specification); the user alone reads them.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.owned_files import load
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import PressError, found
from pipeline.findings.system_faults import reason_of
from pipeline.findings.wording.wording import LANGUAGES
from pipeline.studio.gate.gate import CONTROL_HEADER, link_to
from pipeline.studio.gate.origins import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANSWER_SECONDS: Final = 5.0
_START_SECONDS: Final = 10.0
_PAUSE: Final = 0.1
_SECRET_BYTES: Final = 32
_LONGEST_LANGUAGE: Final = 8

_PRIVATE_PORTS: Final = range(61000, 65536)
"""Ports that no service is assigned to (RFC 6335, 6), and that Linux gives out to nobody by itself."""


class Running(NamedTuple):
    """A studio that runs.

    Args:
        port: Its port.
        control: The secret by which the command asks it for a link.
    """

    port: int
    control: str


def state_folder() -> Path:
    """Return the folder of the studio's state, created for the user alone.

    Raises:
        PressError: It cannot be created (E83).
    """
    base = os.environ.get("XDG_STATE_HOME") or ""
    try:
        root = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "state"
        folder = root / "bulletin-press" / "studio"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except (OSError, RuntimeError) as error:
        problem = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise PressError([found("E83", None, name="bulletin-press", problem=problem)]) from error
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write a file that the user alone can read: it is never there with other rights.

    Raises:
        PressError: It cannot be written (E83).
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PressError([found("E83", None, name=path.name, problem=reason_of(error))]) from error


class Registration:
    """Where the studio of one folder is entered while it runs.

    Args:
        root: The workspace, or the folder in which one is to be begun.
    """

    def __init__(self, root: Path) -> None:
        """Find the files; nothing is written yet."""
        name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        folder = state_folder()
        self._state = folder / f"{name}.json"
        self._lock = folder / f"{name}.lock"
        self._secret = folder / f"{name}.secret"
        self._language = folder / f"{name}.language"
        self._arrivals = folder / f"{name}.arrivals"

    @property
    def port(self) -> int:
        """The port on which the studio of this folder listens where it is free: the same every day.

        Browsers keep what was typed and not yet saved by address and port.
        """
        return _PRIVATE_PORTS[int(self._state.stem, 16) % len(_PRIVATE_PORTS)]

    @contextlib.contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the place of the only studio; yields whether it was free."""
        holding = contextlib.ExitStack()
        try:
            holding.enter_context(locked(self._lock))
        except PressError as error:
            if error.findings[0].code != "E84":
                raise
            yield False
            return
        with holding:
            self._state.unlink(missing_ok=True)
            try:
                yield True
            finally:
                self._state.unlink(missing_ok=True)

    def enter(self, running: Running) -> None:
        """Write down the studio that holds the place.

        Raises:
            PressError: It cannot be written (E83).
        """
        write_private(self._state, json.dumps(running._asdict()).encode())

    def secret(self) -> bytes:
        """Return the secret of this folder's studio, made once: with it pages seal what a browser keeps.

        Raises:
            PressError: It cannot be written (E83).
        """
        with contextlib.suppress(OSError):
            if len(kept := load(self._secret, _SECRET_BYTES)) == _SECRET_BYTES:
                return kept
        made = secrets.token_bytes(_SECRET_BYTES)
        write_private(self._secret, made)
        return made

    def language(self) -> str | None:
        """Return the language that was chosen in this folder's studio, or None where none was."""
        try:
            kept = load(self._language, _LONGEST_LANGUAGE).decode("ascii", "replace")
        except OSError:
            return None
        return kept if kept in LANGUAGES else None

    def keep_language(self, language: str) -> None:
        """Keep the language that was chosen, for the next start.

        Raises:
            PressError: It cannot be written (E83).
        """
        write_private(self._language, language.encode())

    def new_arrivals(self) -> Path:
        """Return an empty folder for files that arrive: what one that was killed left there is deleted.

        Raises:
            PressError: It cannot be made (E83).
        """
        shutil.rmtree(self._arrivals, ignore_errors=True)
        try:
            self._arrivals.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            problem = reason_of(error)
            raise PressError([found("E83", None, name=self._arrivals.name, problem=problem)]) from error
        return self._arrivals

    def link(self) -> str:
        """Return a new single-use link to the studio that runs.

        Raises:
            PressError: It does not answer (E620).
        """
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                return _asked(self._read())
            except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException) as error:
                # It may be just beginning, or have ended meanwhile.
                if time.monotonic() > until:
                    raise PressError([found("E620", None)]) from error
                time.sleep(_PAUSE)

    def _read(self) -> Running:
        written = json.loads(self._state.read_text("utf-8"))
        return Running(int(written["port"]), str(written["control"]))


def _asked(running: Running) -> str:
    connection = http.client.HTTPConnection(ADDRESS, running.port, timeout=_ANSWER_SECONDS)
    with contextlib.closing(connection):
        connection.request("POST", "/control/link", headers={CONTROL_HEADER: running.control})
        answer = connection.getresponse()
        token = str(json.loads(answer.read(4096))["link"])
    return link_to(running.port, token)

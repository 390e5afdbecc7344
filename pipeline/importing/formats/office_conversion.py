"""Converts files of other office programs to files of Word or Excel, by LibreOffice where it is installed.

It runs alone: in a folder and with a profile of its own, that are deleted afterwards; for a limited time;
with macros, links and active content disabled by its profile; and without network, by the system where this
can be forbidden to a process (Linux, user namespaces), else by a proxy that is none. It does not outlive the
process that began it, however that ends.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import IssueError, found
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

CONVERTED_TABLES: Final = frozenset({".ods", ".ots", ".fods", ".xls", ".xlt"})
"""The endings of tables that are read through LibreOffice."""

CONVERTED: Final = CONVERTED_TABLES | {".odt", ".ott", ".fodt", ".doc", ".dot", ".rtf", ".pub"}
"""The endings of files that are read through LibreOffice."""

_WORD: Final = ("docx:MS Word 2007 XML", "docx")
_EXPORTS: Final = {
    **dict.fromkeys((".pub", ".fodg"), ("xhtml:XHTML Draw File", "xhtml")),
    **dict.fromkeys(CONVERTED_TABLES, ("xlsx:Calc MS Excel 2007 XML", "xlsx")),
}
"""The export filter and the ending of what is made, where it is no Word file; .fodg is a drawing, too."""

SECONDS: Final = 180
"""How long a conversion may take; a book of a thousand pages takes a tenth of it."""

_PROGRAMS: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_INSTALL: Final = {
    "linux": "sudo apt install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-draw-nogui",
    "darwin": "brew install --cask libreoffice",
    "win32": "winget install TheDocumentFoundation.LibreOffice",
}
_NOWHERE: Final = "http://127.0.0.1:9"
_KEPT_VARIABLES: Final = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PROGRAMFILES", "LD_LIBRARY_PATH")
_NO_NETWORK: Final = ("unshare", "--map-root-user", "--net", "--")
_SHELL: Final = "/bin/sh"
_GUARDED: Final = """\
exec 3<&0
{ cat <&3; trap '' TERM; kill 0; sleep 1; rm -rf "$0"; kill -9 0; } >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-"""
"""Runs a command beside a guard, which waits for the end of the standard input: who holds its other side has
ended then, be it by being killed, and so all that was started ends, and the folder is deleted."""

_SETTINGS: Final = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Misc", "FirstRun", "false"),
)


def install_command() -> str:
    """Return the command that installs LibreOffice on this system."""
    return _INSTALL.get(sys.platform, _INSTALL["linux"])


def office_program() -> str | None:
    """Return the path of LibreOffice, or None where it is not installed."""
    found_on_path = (shutil.which(name) for name in _PROGRAMS)
    return next((each for each in found_on_path if each), None) or next(
        (place for place in _PLACES if Path(place).is_file()), None
    )


def converted_file(data: bytes, name: str, seconds: float = SECONDS) -> bytes:
    """Convert a file to one of Word, a table to one of Excel, a file of Publisher to a page of XHTML.

    Args:
        data: The file.
        name: Its name, of which the ending tells its format.
        seconds: How long it may take.

    Raises:
        IssueError: LibreOffice is not installed (E507), or cannot convert the file (E508).
    """
    program = office_program()
    if program is None:
        raise IssueError([found("E507", None, name=name, command=install_command())])
    export, ending = _EXPORTS.get(PurePosixPath(name).suffix.lower(), _WORD)
    with tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"in{PurePosixPath(name).suffix.lower()}"
        source.write_bytes(data)
        _write_profile(home / "profile")
        command = [
            *_isolation(),
            program,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            "--convert-to",
            export,
            "--outdir",
            str(home / "out"),
            str(source),
        ]
        problem = _run(command, home, seconds)
        result = home / "out" / f"in.{ending}"
        if problem or not result.is_file() or not result.stat().st_size:
            raise IssueError([found("E508", None, name=name, problem=problem or "–")])
        return result.read_bytes()


def _run(command: list[str], home: Path, seconds: float) -> str:
    """Run a command in a group of its own, and return what went wrong, or an empty text."""
    guarded = [_SHELL, "-c", _GUARDED, str(home)] if Path(_SHELL).exists() else []
    # The system closes our side of the pipe whatever ends this process.
    reader, held = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - the shell is given each argument by itself
            [*guarded, *command],
            cwd=home,
            env=_environment(home),
            stdin=reader,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        os.close(held)
        return reason_of(error)
    finally:
        os.close(reader)
    try:
        _, told = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        return f"> {seconds:g} s"
    finally:
        # What it started itself ends with it, and so does its guard.
        _end_group(process.pid)
        os.close(held)
    if process.returncode:
        lines = told.decode("utf-8", "replace").strip().splitlines()
        return f"{process.returncode} {lines[-1] if lines else ''}".strip()[:100]
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    _end_group(process.pid)
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=10)


def _end_group(group: int) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def _environment(home: Path) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    proxies = {f"{scheme}_proxy": _NOWHERE for scheme in ("http", "https", "ftp", "all")}
    places = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(home))
    return kept | proxies | places | {"LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


@functools.cache
def _isolation() -> tuple[str, ...]:
    """Return the command that takes the network from a process, where the system lets everybody do so."""
    if not shutil.which(_NO_NETWORK[0]):
        return ()
    try:
        tried = subprocess.run([*_NO_NETWORK, "true"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return _NO_NETWORK if tried.returncode == 0 else ()


def _write_profile(profile: Path) -> None:
    """Write a profile in which macros do not run, links are not followed and nothing is fetched."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n",
        "utf-8",
    )

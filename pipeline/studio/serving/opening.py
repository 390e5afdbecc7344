"""Opening the browser: through a file that the user alone can read, so that no argument holds a token.

The arguments of a process can be read by every user of the machine; a file of mode 0600 cannot.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.studio.serving.running import state_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT_SECONDS: Final = 30.0
"""How long the file stays: a browser that starts needs some seconds until it reads it."""

_PAGE: Final = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={link}"><title>{title}</title></head>
<body><p><a href="{link}">{title}</a></p></body></html>
"""


def open_browser(
    link: str, title: str, language: str, start: Callable[[str], bool] | None = None
) -> threading.Timer | None:
    """Open a single-use link in the user's browser.

    Args:
        link: The link.
        title: What the page that redirects is called.
        language: Its language.
        start: What opens an address in a browser; that of the system when None.

    Returns:
        The timer that deletes the file; None where no browser can be opened.

    Raises:
        PressError: The file cannot be written (E83).
    """
    page = state_folder() / "open.html"
    text = _PAGE.format(link=html.escape(link), title=html.escape(title), language=language)
    write_private(page, text.encode())
    if not (start or _start)(_address(page)):
        page.unlink(missing_ok=True)
        return None
    timer = threading.Timer(_KEPT_SECONDS, page.unlink, kwargs={"missing_ok": True})
    timer.daemon = True
    timer.start()
    return timer


def is_wsl() -> bool:
    """Return whether this is Linux within Windows (WSL)."""
    try:
        return "microsoft" in Path("/proc/sys/kernel/osrelease").read_text("ascii").lower()
    except (OSError, ValueError):
        return False


def _address(page: Path) -> str:
    if is_wsl() and (windows := windows_path(page)):
        return windows
    return page.as_uri()


def _start(address: str) -> bool:
    if is_wsl() and (explorer := shutil.which("explorer.exe")):
        try:
            # Its exit status says nothing.
            subprocess.run([explorer, address], check=False, timeout=20)  # noqa: S603 - the system's own, without a shell
        except (OSError, subprocess.SubprocessError):
            # Programs of Windows may be switched off in WSL, though they are there: the link is shown then.
            return False
        return True
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")):
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def windows_path(path: Path) -> str:
    r"""Return a path as Windows names it (`\\wsl.localhost\Debian\home\…`); empty where it cannot."""
    return _asked_of_windows(["wslpath", "-w", str(path)])


def windows_folder(name: str) -> Path | None:
    """Return a folder of the Windows user as a path of Linux, by its name in .NET (`Desktop`); or None."""
    shown = _asked_of_windows(
        ["powershell.exe", "-NoProfile", "-Command", f"[Environment]::GetFolderPath('{name}')"]
    )
    local = _asked_of_windows(["wslpath", "-u", shown]) if shown else ""
    return Path(local) if local and Path(local).is_dir() else None


def _asked_of_windows(command: list[str]) -> str:
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, without a shell
            [program, *command[1:]], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""

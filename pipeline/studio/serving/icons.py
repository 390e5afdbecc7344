"""The start icon: an entry in the menu and on the desktop of Linux, or under WSL a file on that of Windows.

Followed are the Desktop Entry Specification 1.5 (freedesktop.org) and `wsl.exe --help` of Windows.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import PressError, found
from pipeline.studio.serving.opening import is_wsl, windows_folder

NAME: Final = "bulletin-studio"
_ICON: Final = Path(__file__).parents[1] / "static" / "icon.svg"
_SPECIAL: Final = re.compile(r'(["`$\\])')
_UNFIT: Final = re.compile(r'["%^&|<>!\r\n]')
"""Characters that a batch file of Windows would not take as they are."""


class IconTexts(NamedTuple):
    """What the icon says.

    Args:
        title: Its name.
        comment: What it does.
    """

    title: str
    comment: str


def install_icon(root: Path, texts: IconTexts) -> tuple[Path, ...]:
    """Write a start icon that opens the studio of a workspace.

    Args:
        root: The workspace, or the folder in which one is to be begun.
        texts: What it says.

    Returns:
        The files written.

    Raises:
        PressError: A file cannot be written (E83), or Windows shows no desktop (E621).
    """
    if is_wsl():
        return (_windows_icon(root, texts),)
    data = _data_folder()
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    write_atomically(icon, _ICON.read_bytes())
    entry = _desktop_entry(root, texts, icon).encode()
    written = [data / "applications" / f"{NAME}.desktop"]
    desktop = _desktop_folder()
    if desktop is not None:
        written.append(desktop / f"{NAME}.desktop")
    for path in written:
        write_atomically(path, entry)
        # Desktops start an entry that lies on them only where it may be executed.
        path.chmod(0o755)
    return (*written, icon)


def _desktop_entry(root: Path, texts: IconTexts, icon: Path) -> str:
    command = " ".join(_quoted(part) for part in _command(root))
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.5",
        f"Name={_value(texts.title)}",
        f"Comment={_value(texts.comment)}",
        f"Exec={_value(command)}",
        f"Path={_value(str(root))}",
        f"Icon={_value(str(icon))}",
        "Terminal=false",
        "Categories=Office;Publishing;",
        "StartupNotify=false",
    )
    return "\n".join(lines) + "\n"


def _command(root: Path) -> tuple[str, ...]:
    """Return the command that starts the studio: this very program, wherever it is installed."""
    script = Path(sys.executable).with_name("bulletin")
    start = (str(script),) if script.is_file() else (sys.executable, "-m", "pipeline")
    return (*start, "studio", "--workspace", str(root))


def _quoted(argument: str) -> str:
    """Return an argument as the key `Exec` has it: in quotes, `%` doubled."""
    return '"' + _SPECIAL.sub(r"\\\1", argument).replace("%", "%%") + '"'


def _value(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _windows_icon(root: Path, texts: IconTexts) -> Path:
    desktop = windows_folder("Desktop")
    if desktop is None:
        raise PressError([found("E621", None)])
    distribution = os.environ.get("WSL_DISTRO_NAME", "")
    parts = [
        "wsl.exe",
        *(("-d", distribution) if distribution else ()),
        "--cd",
        str(root),
        "--",
        *_command(root),
    ]
    if unfit := next((part for part in parts if _UNFIT.search(part)), None):
        problem = unfit
        raise PressError([found("E622", None, name=problem)])
    quoted = " ".join(f'"{part}"' if " " in part else part for part in parts)
    script = f"@echo off\r\nchcp 65001 >nul\r\ntitle {_UNFIT.sub('', texts.title)}\r\n{quoted}\r\n"
    path = desktop / f"{NAME}.cmd"
    write_atomically(path, script.encode())
    return path


def _data_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or ""
    return Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"


def _desktop_folder() -> Path | None:
    """Return the folder of the desktop (xdg-user-dirs), where there is one."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "user-dirs.dirs"
    try:
        named = re.search(r'^XDG_DESKTOP_DIR="(.*)"$', config.read_text("utf-8"), re.MULTILINE)
    except (OSError, ValueError):
        named = None
    folder = Path(named[1].replace("$HOME", str(Path.home()))) if named else Path.home() / "Desktop"
    return folder if folder.is_dir() and folder != Path.home() else None

"""Writing several files of a folder together: all of them are in place, or what was there is untouched.

They are written aside first and synced to the disk, so that a full disk, a limit or a folder that may not
be written to is met before anything has changed. Then a list of them is written, and they are renamed. If
the process ends while they are, the list is left, and whoever writes there next finishes what it says.
"""

from __future__ import annotations

import contextlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from pipeline.files.names import name_fault
from pipeline.files.writing.atomic import sync_folder
from pipeline.findings.system_faults import write_refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_LIST: Final = ".writing.json"
_ASIDE: Final = ".aside-"

_SYNCED_AT_ONCE: Final = 16
"""Files; a disk takes many at once in the time of one or two."""


def write_together(folder: Path, files: Mapping[str, bytes], outdated: Collection[str] = ()) -> list[Path]:
    """Write files of a folder, all or none; those that are as they should be are not touched.

    Args:
        folder: The folder; it is made where there is none. No other process may write to it meanwhile.
        files: Their bytes, by name.
        outdated: Names of files that are deleted where they are there.

    Returns:
        The path of each file, in the order of `files`.

    Raises:
        PressError: They cannot be written (E83); what was there is as it was.
    """
    name = ""
    changed: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        finish_interrupted(folder)
        old = [each for each in outdated if (folder / each).is_file()]
        changed += [each for each, data in files.items() if not _is_there(folder / each, data)]
        for name in changed:
            _write_aside(folder / f"{_ASIDE}{name}", files[name])
        with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:
            syncs = {each: pool.submit(_sync, folder / f"{_ASIDE}{each}") for each in changed}
            for name in changed:
                syncs[name].result()
        if changed or old:
            listed = folder / f"{_ASIDE}{_LIST}"
            _write_aside(listed, json.dumps({"new": changed, "old": old}).encode())
            _sync(listed)
            sync_folder(folder)
            listed.replace(folder / _LIST)
            sync_folder(folder)
            finish_interrupted(folder)
    except OSError as error:
        raise write_refused(error, name, name or folder.name) from error
    finally:
        if not (folder / _LIST).exists():
            for each in (*changed, _LIST):
                with contextlib.suppress(OSError):
                    (folder / f"{_ASIDE}{each}").unlink(missing_ok=True)
    return [folder / each for each in files]


def finish_interrupted(folder: Path) -> None:
    """Put in place what was written aside whole, and delete what was not. The caller holds the folder's lock.

    Raises:
        OSError: The system cannot do so.
    """
    try:
        listed = json.loads((folder / _LIST).read_bytes())
        new, old = ([str(name) for name in listed[key]] for key in ("new", "old"))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        # The list is written whole: one that cannot be read is none of ours, and nothing is done by it.
        new, old = [], []
    for name in filter(_is_plain, new):
        aside = folder / f"{_ASIDE}{name}"
        if aside.exists():
            aside.replace(folder / name)
    for name in filter(_is_plain, old):
        (folder / name).unlink(missing_ok=True)
    if new or old:
        sync_folder(folder)
    (folder / _LIST).unlink(missing_ok=True)
    for left in folder.glob(f"{_ASIDE}*"):
        left.unlink(missing_ok=True)


def _is_plain(name: str) -> bool:
    return not name_fault(name)


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _write_aside(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

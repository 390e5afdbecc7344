"""The labels of lists as LibreOffice prints them, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.importing.by_rule.word_lists import ListFile


def is_installed() -> bool:
    return shutil.which("soffice") is not None


def printed_labels(files: Sequence[ListFile]) -> Mapping[str, list[str]]:
    """Return the label of each paragraph of each file, by the file's name; that of a bullet is empty."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            (Path(folder) / file.name).write_bytes(file.data)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
        names = [file.name for file in files]
        # It needs the fonts of the machine, which the press hides from itself.
        environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        subprocess.run(
            [*command, "txt:Text (encoded):UTF8", *names],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
        )
        texts = {
            file.name: (Path(folder) / file.name).with_suffix(".txt").read_text("utf-8-sig") for file in files
        }
    return {file.name: [label_before(words, texts[file.name]) for words in file.words] for file in files}


def label_before(words: str, text: str) -> str:
    """Return what stands before words in their line, without signs of bullets."""
    line = next((line for line in text.splitlines() if line.rstrip().endswith(words)), None)
    return "missing" if line is None else line[: line.rindex(words)].strip().strip("•◦▪-–*\uf0b7 ")

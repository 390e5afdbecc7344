"""Helpers for tests of imports: write a file, import it, and inspect the result."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from pipeline.desk.intake.importing import ImportResult, import_files

ARRIVALS: Final = Path(__file__).with_name("arrivals")
DAY: Final = dt.date(2024, 1, 31)
TODAY: Final = dt.date(2024, 1, 10)


def import_file(tmp_path: Path, *files: Path, date: dt.date | None = DAY) -> ImportResult:
    return import_files(list(files), tmp_path, date, "bg", today=TODAY)


def written(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def article(imported: ImportResult, number: int = 0) -> str:
    names = [name for _, names in imported.sections for name in names]
    return (imported.folder / names[number]).read_text("utf-8")


def codes(imported: ImportResult) -> list[str]:
    return [finding.code for finding in imported.findings]


def findings_text(imported: ImportResult) -> str:
    return "\n".join(value for finding in imported.findings for _, value in finding.values)

"""The command starts at once: what it does not use is not loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import REPOSITORY, SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

NOT_LOADED = {
    "asyncio",
    "babel",
    "concurrent.futures",
    "csv",
    "email",
    "email_validator",
    "fontTools",
    "http",
    "hunspell",
    "icalendar",
    "importlib.metadata",
    "jinja2",
    "multiprocessing",
    "PIL",
    "pikepdf",
    "rich",
    "secrets",
    "socket",
    "sqlite3",
    "ssl",
    "starlette",
    "pipeline.page.identity.house_look",
    "pipeline.page.pictures.metadata.raster",
    "subprocess",
    "tinycss2",
    "unittest",
    "urllib.request",
    "weasyprint",
    "zipfile",
}
"""What a check of texts and drawings needs nothing of, though libraries that it uses name some of them."""


def python(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(folder / "cache")}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_a_check_from_the_command_line_loads_no_heavy_library(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_ISSUES, tmp_path / "issues")
    words = ("-X", "importtime", "-m", "pipeline", "check", "2023-12-20", "--no-spelling")
    run = python(*words, folder=tmp_path)
    assert run.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "pipeline.reading.issue_reader" in loaded
    assert not NOT_LOADED & loaded


LATE = "from pipeline.cli.starting import load_late; import sys; "


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("import colorsys; print(colorsys.rgb_to_hsv(0, 0, 1)[2])", "1"),
        ("from colorsys import rgb_to_hsv; print(rgb_to_hsv(0, 0, 1)[2])", "1"),
        ("from colorsys import ONE_THIRD; print(ONE_THIRD)", "0.3333333333333333"),
        (
            "import colorsys as c; c.ONE_THIRD; print(sys.modules['colorsys'].__file__ != '')",
            "True",
        ),
    ],
)
def test_a_late_module_is_what_it_stands_for_as_soon_as_it_is_used(
    use: str, said: str, tmp_path: Path
) -> None:
    run = python("-c", f"{LATE} load_late('colorsys', ('rgb_to_hsv',)); {use}", folder=tmp_path)
    assert (run.stdout.strip(), run.stderr) == (said, "")


def test_a_late_module_is_not_loaded_by_being_named(tmp_path: Path) -> None:
    code = (
        f"{LATE} load_late('importlib.metadata', ('entry_points',)); load_late('colorsys')\n"
        "import colorsys, importlib.metadata\n"
        "from importlib.metadata import entry_points\n"
        "print('__file__' in vars(colorsys), 'email' in sys.modules)\n"
        "print(type(entry_points(group='x')).__name__, importlib.metadata.version('pydantic') > '2')\n"
    )
    run = python("-c", code, folder=tmp_path)
    assert (run.stdout.split(), run.stderr) == (["False", "False", "EntryPoints", "True"], "")


def test_a_loaded_module_stays(tmp_path: Path) -> None:
    code = f"{LATE} import colorsys as c; load_late('colorsys'); import colorsys; print(colorsys is c)"
    assert python("-c", code, folder=tmp_path).stdout.strip() == "True"


class TestTheEndOfTheProcess:
    def test_output_is_written_and_what_was_registered_is_done_before(self, tmp_path: Path) -> None:
        code = (
            "import atexit, pipeline.cli.main as cli, pipeline.__main__ as process\n"
            "def main():\n"
            "    atexit.register(print, 'registered')\n"
            "    print('written', end=' ')\n"
            "    return 7\n"
            "cli.main = main\n"
            "process.run()\n"
        )
        run = python("-c", code, folder=tmp_path)
        assert (run.returncode, run.stdout, run.stderr) == (7, "written registered\n", "")

    def test_objects_are_not_freed_one_by_one(self, tmp_path: Path) -> None:
        code = (
            "import pipeline.cli.main as cli, pipeline.__main__ as process\n"
            "class Freed:\n"
            "    def __del__(self): print('freed')\n"
            "cli.main = lambda kept=Freed(): 0\n"
            "process.run()\n"
        )
        run = python("-c", code, folder=tmp_path)
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")

    def test_a_fault_beyond_the_command_is_still_told_by_python(self, tmp_path: Path) -> None:
        code = (
            "import pipeline.cli.main as cli, pipeline.__main__ as process\n"
            "def main(): raise MemoryError\n"
            "cli.main = main\n"
            "process.run()\n"
        )
        run = python("-c", code, folder=tmp_path)
        assert run.returncode == 1
        assert "MemoryError" in run.stderr

    @pytest.mark.parametrize(
        ("words", "status", "said"),
        [
            ("--version >/dev/full", 1, "E83"),
            ("--version >/dev/full 2>/dev/full", 1, ""),
            ("--version >&-", 0, ""),
            ("check >&-", 1, ""),
            ("check >&- 2>&-", 1, ""),
        ],
    )
    def test_output_that_cannot_be_written_is_no_fault_of_the_program(
        self, words: str, status: int, said: str, tmp_path: Path
    ) -> None:
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        command = f"'{sys.executable}' -m pipeline --language en {words}"
        run = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == status
        assert said in run.stderr
        assert "Traceback" not in run.stderr
        assert "fault of the program" not in run.stderr

    def test_no_file_takes_the_place_of_a_closed_stream(self, tmp_path: Path) -> None:
        code = (
            "import os, pipeline.cli.main as cli, pipeline.__main__ as process\n"
            "def main():\n"
            "    with open('written', 'wb') as file: return file.fileno()\n"
            "cli.main = main\n"
            "process.run()\n"
        )
        command = ["sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, code]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        assert subprocess.run(command, cwd=tmp_path, env=environment, check=False).returncode > 2

"""The public names of the package, and the examples of docs/api.md, which are run as they stand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

import pipeline
from tests.support.paths import REPOSITORY, SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

GUIDE: Final = REPOSITORY / "docs" / "api.md"


def run(code: str, folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own, as a user of the package would."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(cache), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_examples_print_what_they_say(tmp_path: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    program = "\n".join(blocks)
    expected = re.findall(r"^ *print\(.*\)  # (.*)$", program, re.MULTILINE)
    assert len(expected) == program.count("print(") - 1, "every print but that of the findings has a comment"
    shutil.copytree(SHIPPED_ISSUES, tmp_path / "issues")
    done = run(program, tmp_path, tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == expected


def test_the_guide_names_every_public_name_and_no_other() -> None:
    table = GUIDE.read_text("utf-8").partition("## All names")[2]
    assert sorted(re.findall(r"`(\w+)`", table)) == sorted(pipeline.__all__)


@pytest.mark.parametrize("name", pipeline.__all__)
def test_a_public_name_is_there_and_described(name: str) -> None:
    value = getattr(pipeline, name)
    assert name in dir(pipeline)
    if callable(value):
        assert value.__doc__


def test_a_name_that_is_not_there_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'pipeline' has no attribute 'brew'"):
        getattr(pipeline, "brew")  # noqa: B009 - the type checker knows that it is not there


def test_importing_the_package_loads_none_of_its_modules(tmp_path: Path) -> None:
    code = (
        "import json, sys, pipeline; print(json.dumps([n for n in sys.modules if n.startswith('pipeline.')]))"
    )
    assert json.loads(run(code, tmp_path, tmp_path).stdout) == []

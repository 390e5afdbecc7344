"""What the house promises as a whole: its locks, its wheel, its documents and its quick start."""

from __future__ import annotations

import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import typer

from pipeline.cli.commands import app
from pipeline.cli.help import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
LOCKS: Final = ("requirements.lock", "requirements-test.lock")
PAPERS: Final = (ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md")
GUIDES: Final = (ROOT / "README.md", *sorted((ROOT / "docs" / "bg").glob("*.md")))
PROMPT: Final = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?bulletin(?= |$)")
SLOW: Final = ("weasyprint", "fontTools", "PIL.Image", "jinja2", "babel", "pypdfium2")


def python(*arguments: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_the_version_is_the_one_at_the_head_of_the_changelog() -> None:
    declared = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    head = re.search(r"^## (\S+)(.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert declared is not None
    assert head is not None
    released = head[2] == ""
    assert released or head[2] == " (not yet released)"
    assert declared[1] == (head[1] if released else f"{head[1]}.dev0")


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_names_no_host(self, name: str) -> None:
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert not re.search(
            r"^\s*(?:-i|--index-url|--extra-index-url|-f|--find-links)\b", text, re.MULTILINE
        )

    @pytest.mark.parametrize("name", LOCKS)
    def test_pins_every_package_with_hashes(self, name: str) -> None:
        joined = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        entries = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
        assert entries
        pinned = re.compile(
            r"[A-Za-z0-9._-]+(?:\[[\w,-]+\])?==[^\s;]+(?: *;[^#]*?)?(?:\s+--hash=sha256:[0-9a-f]{64})+"
        )
        assert [entry for entry in entries if not pinned.fullmatch(entry.strip())] == []

    def test_what_the_press_needs_is_the_same_in_both(self) -> None:
        def pins(name: str) -> set[str]:
            return set(
                re.findall(r"^([A-Za-z0-9._-]+==[^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
            )

        assert pins(LOCKS[0]) <= pins(LOCKS[1])


@pytest.fixture(scope="class")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as an installer would, and unpack it; return the folder."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, so that nothing of a build is left in the checkout.
    copy = folder / "checkout"
    copy.mkdir()
    for name in ("pipeline", "styles", "fonts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    built = python("-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist", cwd=copy)
    assert built.returncode == 0, built.stdout + built.stderr
    (archive,) = (folder / "dist").glob("*.whl")
    zipfile.ZipFile(archive).extractall(folder / "installed")
    return folder / "installed"


class TestWheel:
    @pytest.mark.parametrize("shipped", ["styles", "fonts"])
    def test_carries_styles_and_faces_whole(self, wheel: Path, shipped: str) -> None:
        def files(folder: Path) -> dict[str, bytes]:
            return {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }

        there = files(wheel / "pipeline" / "shipped" / shipped)
        assert there
        assert there == files(ROOT / shipped)

    def test_carries_all_that_the_package_reads(self, wheel: Path) -> None:
        def files(folder: Path) -> set[str]:
            return {
                path.relative_to(folder).as_posix()
                for path in folder.rglob("*")
                if path.is_file() and not {"__pycache__", "shipped"} & set(path.relative_to(folder).parts)
            }

        there = files(wheel / "pipeline")
        assert there == files(ROOT / "pipeline")
        for suffix in (".j2", ".mo", ".conf", ".json"):
            assert any(name.endswith(suffix) for name in there), suffix

    def test_carries_each_licence(self, wheel: Path) -> None:
        (licences,) = wheel.glob("*.dist-info/licenses")
        assert (licences / "LICENSE").is_file()
        families = {path.name for path in (ROOT / "fonts").iterdir() if path.is_dir()}
        assert {path.parent.name for path in (licences / "fonts").rglob("OFL.txt")} == families

    def test_says_its_version(self, wheel: Path, tmp_path: Path) -> None:
        done = python("-m", "pipeline", "--version", cwd=tmp_path, PYTHONPATH=str(wheel))
        declared = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
        assert declared is not None
        assert (done.returncode, done.stdout) == (0, f"bulletin {declared[1]}\n"), done.stderr

    def test_builds_where_there_are_only_issues(self, wheel: Path, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "issues", tmp_path / "issues")
        where = python("-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path, PYTHONPATH=str(wheel))
        assert Path(where.stdout.strip()).is_relative_to(wheel)
        done = python(
            *("-m", "pipeline", "build", "2023-06-30", "--fresh"), cwd=tmp_path, PYTHONPATH=str(wheel)
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert (tmp_path / "out/2023-06-30/bulletin-2023-06-30.pdf").read_bytes().startswith(b"%PDF-")


def written_commands() -> Iterator[tuple[str, str]]:
    """Yield each line of the guides that calls the command: in fences, and between single backticks."""
    for path in GUIDES:
        text = path.read_text("utf-8")
        fenced = [
            line.strip()
            for block in re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
            for line in block.split("\n")
        ]
        plain = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        for line in [*fenced, *re.findall(r"`([^`\n]+)`", plain)]:
            if PROMPT.match(line):
                yield path.relative_to(ROOT).as_posix(), line


COMMANDS: Final = list(dict.fromkeys(written_commands()))


class TestDocuments:
    @pytest.mark.parametrize("command", ["make pdf", "make test"])
    def test_the_readme_names_the_two_commands(self, command: str) -> None:
        assert re.search(rf"^{command}\b", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    def test_the_readme_names_only_what_make_knows(self) -> None:
        known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
        texts = [path.read_text("utf-8") for path in (*GUIDES, *PAPERS)]
        named = {name for text in texts for name in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)}
        assert {"pdf", "test"} <= named <= known

    @pytest.mark.parametrize("path", [*GUIDES, *PAPERS], ids=lambda path: path.name)
    def test_links_lead_somewhere(self, path: Path) -> None:
        text = re.sub(r"^```.*?^```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        links = re.findall(r"\]\((?!https?:|mailto:|#)([\w./-]+)", text) + re.findall(r'src="([^"]+)"', text)
        assert [link for link in links if not (path.parent / link).exists()] == []

    def test_the_architecture_names_what_there_is(self) -> None:
        spans = re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`", PAPERS[0].read_text("utf-8"))
        modules = {path.stem for path in (ROOT / "pipeline").iterdir()}
        named = [span for span in spans if span.split(".", maxsplit=1)[0] in modules]
        assert named
        assert [span for span in named if not is_there(f"pipeline.{span}")] == []

    def test_the_recipes_name_files_there_are(self) -> None:
        spans = re.findall(
            r"`((?:pipeline|tests|docs|styles|issues)/[^`<>*\s]*)`", PAPERS[2].read_text("utf-8")
        )
        assert len(spans) > 10
        assert [span for span in spans if not (ROOT / span).exists()] == []

    def test_there_are_commands_to_hold_to_the_program(self) -> None:
        assert {path for path, _ in COMMANDS} >= {"README.md", "docs/bg/first-steps.md"}

    @pytest.mark.parametrize(("path", "line"), COMMANDS)
    def test_every_command_written_is_one_the_program_knows(self, path: str, line: str) -> None:
        assert not misuse(line), path

    @pytest.mark.parametrize(
        "line",
        [
            "bulletin brew",
            "bulletin build --colour",
            "bulletin build 1 2",
            "bulletin --loud",
            "bulletin archive brew",
            "bulletin archive restore 1 --too 2",
        ],
    )
    def test_a_command_that_is_not_known_would_be_seen(self, line: str) -> None:
        assert misuse(line)


def is_there(name: str) -> bool:
    """Return whether a dotted name means a module, or something in one."""
    module, _, inner = name.rpartition(".")
    try:
        return hasattr(importlib.import_module(module), inner) or bool(importlib.import_module(name))
    except ImportError:
        return False


def misuse(line: str) -> str:
    """Say what is wrong with a command line; empty where the program would take it."""
    words = shlex.split(line, comments=True)[1:]
    command: Any = typer.main.get_command(app)
    options = {name for option in command.params for name in option.opts}
    valued = {name for option in command.params if not option.is_flag for name in option.opts}
    while words and words[0].startswith("-"):
        name = words.pop(0)
        if name not in options | {"--help"}:
            return f"no such option: {name}"
        if name in valued and words:
            words.pop(0)
    if not words:
        return ""
    while isinstance(command, Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        command = command.get_command(None, name)
        if command is None:
            return f"no such command: {name}"
    return misuse_of(command, words)


def misuse_of(command: Any, words: list[str]) -> str:
    """Say what is wrong with the words after a command."""
    arguments = [option for option in command.params if option.param_type_name == "argument"]
    options = {name for option in command.params if option not in arguments for name in option.opts}
    rest = list(words)
    given = 0
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            given += 1
        elif word.split("=")[0] in options:
            option = next(option for option in command.params if word.split("=")[0] in option.opts)
            if not option.is_flag and "=" not in word:
                if not rest:
                    return f"{word} wants a value"
                rest.pop(0)
        elif word not in {"--help", "--debug", "--language", "--workspace"}:
            return f"no such option: {word}"
    takes_many = any(argument.nargs == -1 for argument in arguments)
    return "" if takes_many or given <= len(arguments) else "too many arguments"


class TestQuickStart:
    def test_importing_the_command_loads_nothing_slow(self) -> None:
        done = python("-c", f"import sys, pipeline.cli.main\n{loaded()}", cwd=ROOT)
        assert json.loads(done.stdout) == [], done.stderr

    def test_checking_loads_no_engine(self, tmp_path: Path) -> None:
        call = "import sys\nfrom pipeline.cli.main import main\nassert main(['check', '--json']) == 0"
        code = f"{call}\n{loaded()}"
        done = python("-c", code, cwd=ROOT, XDG_CACHE_HOME=str(tmp_path))
        assert done.returncode == 0, done.stderr
        assert not {"weasyprint", "jinja2", "pypdfium2"} & set(json.loads(done.stdout.splitlines()[-1]))


def loaded() -> str:
    return f"import json; print(json.dumps([name for name in {SLOW!r} if name in sys.modules]))"

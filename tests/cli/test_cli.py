"""The command as officers and scripts use it: output and exit statuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.main import globals_first, main
from tests.support.new_workspaces import fill_in
from tests.support.paths import SHIPPED_ISSUES as SHIPPED

ISSUE = "issues/2024-01-31"
COMMANDS = ("new", "check", "build", "preflight", "schema", "archive")


def surroundings(**changed: str) -> dict[str, str]:
    """Return the environment without the machine's locale."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LC_") and name not in {"LANG", "LANGUAGE", "COLUMNS"}
    }
    return {**inherited, "PYTHONPATH": str(SHIPPED.parent), **changed}


def bulletin(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env=environment or surroundings(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a publication and one issue without errors."""
    assert main(["new", "--workspace", str(tmp_path), "--date", "2024-01-31", "--language", "bg"]) == 0
    fill_in(tmp_path / ISSUE)
    return tmp_path


@pytest.fixture
def wrong(root: Path) -> Path:
    """Return such a folder with a misspelt field name."""
    path = root / ISSUE / "issue.yaml"
    path.write_text(path.read_text("utf-8").replace("  - title: Новини", "  - titel: Новини"), "utf-8")
    return root


class TestCheck:
    def test_an_issue_without_errors_exits_with_zero(self, root: Path) -> None:
        run = bulletin(root, "check", "--language", "bg")
        assert (run.returncode, run.stdout, run.stderr) == (0, f"{ISSUE}: няма грешки и предупреждения\n", "")

    def test_an_error_is_printed_with_its_place_and_remedy(self, wrong: Path) -> None:
        run = bulletin(wrong, "check", environment=surroundings(LC_ALL="bg_BG.UTF-8"))
        assert run.returncode == 1
        assert run.stderr == ""
        lines = run.stdout.split("\n")
        assert re.fullmatch(rf"{ISSUE}/issue.yaml:\d+:5: грешка E12: непознато поле „titel“", lines[0])
        assert lines[2].endswith("|     ^^^^^")
        assert lines[3:] == ["  поправка: напишете „title“", f"{ISSUE}: 1 грешка", ""]

    def test_the_language_option_may_be_anywhere(self, wrong: Path) -> None:
        bulgarian = surroundings(LANG="bg_BG.UTF-8")
        before = bulletin(wrong, "--language=en", "check", environment=bulgarian)
        behind = bulletin(wrong, "check", "--language", "en", environment=bulgarian)
        assert "unknown field “titel”" in before.stdout
        assert behind.stdout == before.stdout
        assert "непознато поле" in bulletin(wrong, "check", environment=bulgarian).stdout

    def test_standard_output_is_json_only(self, wrong: Path) -> None:
        run = bulletin(wrong, "check", "--json", environment=surroundings(PYTHONIOENCODING="ascii"))
        (finding,) = json.loads(run.stdout)
        assert run.returncode == 1
        assert run.stderr == ""
        assert finding["code"] == "E12"
        assert finding["path"] == f"{ISSUE}/issue.yaml"
        assert finding["column"] == 5
        assert finding["message"] == "unknown field “titel”"
        assert finding["remedy"] == "write “title”"

    def test_json_of_an_issue_without_errors_is_an_empty_list(self, root: Path) -> None:
        assert json.loads(bulletin(root, "check", "--json").stdout) == []

    @pytest.mark.parametrize("wanted", ["2024-01-31", "31.01.2024", "1", "2024/1", ISSUE, f"./{ISSUE}/"])
    def test_an_issue_is_named_by_folder_date_or_number(
        self, root: Path, wanted: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(root)
        assert main(["check", wanted, "--language", "en"]) == 0

    def test_no_workspace(self, tmp_path: Path) -> None:
        run = bulletin(tmp_path, "check", "--language", "bg")
        assert run.returncode == 1
        assert run.stdout.startswith("грешка E85: ")
        assert json.loads(bulletin(tmp_path, "check", "--json").stdout)[0]["code"] == "E85"

    def test_no_such_issue(self, root: Path) -> None:
        run = bulletin(root, "check", "7", "--language", "bg")
        assert run.returncode == 1
        assert "грешка E09: на „7“ не отговаря нито един брой" in run.stdout

    def test_nothing_is_written(self, root: Path) -> None:
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        bulletin(root, "check")
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before

    def test_every_language_of_the_issue_is_checked(self, root: Path) -> None:
        publication = root / "issues/publication.yaml"
        publication.write_text(publication.read_text("utf-8").replace("[bg]", "[bg, en]"), "utf-8")
        (root / ISSUE / "issue.en.yaml").write_text("format: 1\ntitle: Issue\nsections: []\n", "utf-8")
        run = bulletin(root, "check", "--language", "en")
        assert run.returncode == 1
        assert f"{ISSUE}/issue.en.yaml:3:" in run.stdout

    def test_the_engine_is_not_loaded(self, root: Path) -> None:
        code = (
            "import sys; from pipeline.cli.main import main; status = main(['check']); "
            "sys.exit(status or 'weasyprint' in sys.modules)"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=surroundings(), check=False, stdout=subprocess.DEVNULL
        )
        assert run.returncode == 0


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "bulgarian", "english"),
        [
            (
                ["chekc"],
                "няма команда „chekc“; може би се има предвид „check“",
                "there is no command “chekc”",
            ),
            (["сheck"], "може би се има предвид „check“", "perhaps “check” is meant"),
            (["check", "--jsn"], "няма опция „--jsn“; може би се има предвид „--json“", "no option “--jsn”"),
            (["check", "-x"], "няма опция „-x“", "there is no option “-x”"),
            (["check", "a", "b"], "„b“ е излишен аргумент", "“b” is one argument too many"),
            (
                ["build", "--edition", "pres"],
                "„pres“ не е сред възможностите: screen",
                "among the choices: screen",
            ),
            (["build", "--out"], "опцията „--out“ иска стойност", "the option “--out” wants a value"),
            (["check", "--json=1"], "опцията „--json“ не приема стойност", "“--json” takes no value"),
            (
                ["new", "--date", "утре"],
                "„утре“ не е ден от календара",
                "“утре” is not a day in the calendar",
            ),
            (
                ["new", "--date", "2024-02-30"],
                "„2024-02-30“ не е ден от календара",
                "“2024-02-30” is not a day in the calendar",
            ),
            (["check", "--workspace", "няма"], "няма папка „няма“", "there is no folder “няма”"),
        ],
    )
    def test_is_reported_in_both_languages(
        self, root: Path, arguments: list[str], bulgarian: str, english: str
    ) -> None:
        for language, words, start in (("bg", bulgarian, "Употреба: "), ("en", english, "Usage: ")):
            run = bulletin(root, *arguments, "--language", language)
            assert run.returncode == 2
            assert run.stdout == ""
            assert run.stderr.startswith(start)
            assert words in run.stderr
            assert "Traceback" not in run.stderr

    def test_an_unknown_language(self, root: Path) -> None:
        run = bulletin(root, "check", "--language", "de", environment=surroundings(LANG="bg_BG.UTF-8"))
        assert run.returncode == 2
        assert "“de” is not among the choices: bg, en" in run.stderr

    def test_no_command_shows_the_help(self, root: Path) -> None:
        run = bulletin(root, "--language", "bg")
        assert run.returncode == 2
        assert "Команди:" in run.stdout


class TestHelp:
    @pytest.mark.parametrize("command", ["", *COMMANDS])
    def test_every_line_of_help_is_bulgarian(self, tmp_path: Path, command: str) -> None:
        run = bulletin(tmp_path, *([command] if command else []), "--help", "--language", "bg")
        assert (run.returncode, run.stderr) == (0, "")
        for line in filter(None, run.stdout.split("\n")):
            assert re.search("[а-я]", line), line
        assert not re.search(r"\b(Usage|Options|Commands|Arguments|Show|FOLDER|the)\b", run.stdout)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_is_in_the_list(self, tmp_path: Path, command: str) -> None:
        assert re.search(rf"^  {command} ", bulletin(tmp_path, "--help").stdout, re.MULTILINE)

    def test_no_cyrillic_in_english(self, tmp_path: Path) -> None:
        for command in COMMANDS:
            assert not re.search("[а-я]", bulletin(tmp_path, command, "--help").stdout)


def test_the_version(tmp_path: Path) -> None:
    run = bulletin(tmp_path, "--version")
    assert run.returncode == 0
    assert re.fullmatch(r"bulletin (\d+\.\d+\.\d+(\.dev\d+)?|\(run from its sources\))\n", run.stdout)


class TestNew:
    def test_an_empty_folder_becomes_a_workspace(self, tmp_path: Path) -> None:
        run = bulletin(tmp_path, "new", "--date", "31.01.2024", "--language", "bg")
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.split("\n")[:2] == [
            "issues/publication.yaml: създаден; напишете в него името, адреса и екипа на изданието",
            "issues/2024-01-31: започнат е брой 1 от 2024-01-31",
        ]
        assert bulletin(tmp_path, "check").returncode == 0

    def test_a_date_that_is_taken(self, root: Path) -> None:
        run = bulletin(root, "new", "--date", "2024-01-31", "--language", "bg")
        assert run.returncode == 1
        assert "грешка E86: „issues/2024-01-31“ вече съществува" in run.stderr
        assert "поправка: изберете друга дата с --date" in run.stderr


class TestBuild:
    def test_files_are_named_on_standard_output_and_steps_on_standard_error(self, root: Path) -> None:
        run = bulletin(root, "build", "--language", "bg", "--fresh")
        assert run.returncode == 0, run.stderr
        paths = [Path(line) for line in run.stdout.splitlines()]
        assert paths[0] == Path("out/2024-01-31/bulletin-2024-01-31.pdf")
        assert all((root / path).is_file() for path in paths)
        assert run.stderr.startswith("1/24 четене\n")

    def test_an_error_stops_it_before_anything_is_written(self, wrong: Path) -> None:
        run = bulletin(wrong, "build", "--language", "bg")
        assert run.returncode == 1
        assert run.stdout == ""
        assert "грешка E12" in run.stderr
        assert not list(wrong.rglob("*.pdf"))

    def test_an_output_folder_that_cannot_be_written_is_reported(self, root: Path) -> None:
        (root / "file").write_bytes(b"")
        run = bulletin(root, "build", "--out", "file", "--language", "bg")
        assert run.returncode == 1
        assert "грешка E83: файлът не може да бъде записан" in run.stderr
        assert "Traceback" not in run.stderr

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_is_read_only(self, root: Path) -> None:
        (root / "out").mkdir(mode=0o555)
        run = bulletin(root, "build", "--language", "bg")
        assert run.returncode == 1
        assert "достъпът е отказан" in run.stderr

    def test_ctrl_c(self, root: Path) -> None:
        shutil.rmtree(root / "issues")
        shutil.copytree(SHIPPED, root / "issues")
        # In a background process SIGINT is ignored, and the child process would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with subprocess.Popen(
            [sys.executable, "-m", "pipeline", "build", "--fresh", "--language", "bg"],
            cwd=root,
            env=surroundings(),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as running:
            assert running.stderr is not None
            assert running.stderr.readline() == "1/24 четене\n"
            running.send_signal(signal.SIGINT)
            stderr = running.stderr.read()
        assert running.returncode == 130
        assert stderr.endswith("спряно; няма наполовина записани файлове\n")
        assert "Traceback" not in stderr
        assert not [path for path in (root / "out").rglob("*") if path.is_file() and path.name != ".lock"]


class TestTheEnd:
    def test_a_bug_of_the_program_is_reported_as_one(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            message = "лошо"
            raise RuntimeError(message)

        monkeypatch.chdir(root)
        monkeypatch.setattr("pipeline.desk.intake.checking.check", broken)
        assert main(["check", "--language", "bg"]) == 3
        plain = capsys.readouterr().err
        assert "Грешката е в програмата, а не във файловете: RuntimeError: лошо" in plain
        assert "Traceback" not in plain
        assert main(["check", "--debug", "--language", "bg"]) == 3
        assert "Traceback" in capsys.readouterr().err

    def test_ctrl_c_anywhere(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.chdir(root)
        monkeypatch.setattr("pipeline.desk.intake.checking.check", interrupted)
        assert main(["check", "--language", "en"]) == 130
        assert capsys.readouterr().err == "stopped; nothing is left half-written\n"

    def test_a_closed_pipe_is_no_error(self, wrong: Path) -> None:
        for arguments, status in ((["schema"], 0), (["check"], 1)):
            with subprocess.Popen(
                [sys.executable, "-m", "pipeline", *arguments],
                cwd=wrong,
                env=surroundings(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as running:
                assert running.stdout is not None
                assert running.stderr is not None
                running.stdout.close()
                assert running.stderr.read() == ""
            assert running.returncode == status

    def test_an_encoding_without_cyrillic_is_no_error(self, wrong: Path) -> None:
        run = bulletin(wrong, "check", "--language", "bg", environment=surroundings(PYTHONIOENCODING="ascii"))
        assert run.returncode == 1
        assert "E12" in run.stdout
        assert run.stdout.isascii()

    def test_colour_only_on_a_terminal(self, wrong: Path) -> None:
        assert "\x1b" not in bulletin(wrong, "check").stdout


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["check", "--language", "bg"], ["--language", "bg", "check"]),
        (["check", "--debug", "2", "--workspace=x"], ["--debug", "--workspace=x", "check", "2"]),
        (["build", "--issue-language", "en"], ["build", "--issue-language", "en"]),
        (["check", "--", "--debug"], ["check", "--", "--debug"]),
        (["check", "--language"], ["check", "--language"]),
    ],
)
def test_options_for_every_command_come_first(given: list[str], wanted: list[str]) -> None:
    assert globals_first(given) == wanted

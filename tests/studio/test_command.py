"""`bulletin studio` opens one studio a folder, tells nobody its link but its user, and ends cleanly."""

from __future__ import annotations

import configparser
import json
import shutil
import signal
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from pipeline.findings.finding import PressError
from pipeline.studio.serving import icons, opening, running
from pipeline.studio.serving.icons import IconTexts, install_icon
from tests.conftest import run_bulletin
from tests.studio.processes import PATIENCE, until
from tests.studio.running import COMMAND, Studio, started, studio

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = IconTexts("Бюлетин", "Писане и оформяне")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_started_twice_it_gives_a_link_to_the_one_that_runs(tmp_path: Path) -> None:
    folder, state = tmp_path / "own", tmp_path / "state"
    folder.mkdir()
    with studio(folder, state, module=COMMAND) as first:
        second = started(folder, state, "--no-browser")
        out, err = second.communicate(timeout=PATIENCE)
        assert (second.returncode, err) == (0, "")
        link = out.strip()
        assert link.startswith(f"{first.base}/start?link=")
        assert link != first.link
        first.enter()
        assert first.ask("GET", "/", first.own).status == 200
        (kept,) = state.rglob("*.json")
        assert mode(kept) == 0o600
        assert mode(kept.parent) == 0o700
        assert first.token not in kept.read_text("utf-8")
    assert first.process.returncode == 0
    assert not list(state.rglob("*.json"))


def spoken(studio_of: Studio) -> str:
    """Return the language of the pages of a studio."""
    studio_of.enter()
    return studio_of.ask("GET", "/", studio_of.own).text.partition('data-language="')[2].partition('"')[0]


def test_the_language_that_was_chosen_is_spoken_at_the_next_start_too(tmp_path: Path) -> None:
    folder, state = tmp_path / "own", tmp_path / "state"
    folder.mkdir()
    with studio(folder, state, language=None, module=COMMAND) as first:
        assert spoken(first) == "en"
        sent = json.dumps({"language": "bg"}).encode()
        headers = {**first.own, "Content-Type": "application/json"}
        assert first.ask("POST", "/api/language", headers, sent).status == 200
    with studio(folder, state, language=None, module=COMMAND) as second:
        assert spoken(second) == "bg"
    with studio(folder, state, language="en", module=COMMAND) as third:
        assert spoken(third) == "en"
    (kept,) = state.rglob("*.language")
    kept.write_text("xx", "utf-8")
    with studio(folder, state, language=None, module=COMMAND) as fourth:
        assert spoken(fourth) == "en"


def test_the_icon_opens_the_studio_in_the_language_it_was_put_in(tmp_path: Path) -> None:
    folder, state = tmp_path / "own", tmp_path / "state"
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_STATE_HOME": str(state)}
    put = ("--workspace", str(folder), "--language", "bg", "studio", "--install")
    done = run_bulletin(*put, cwd=tmp_path, **home)
    assert done.returncode == 0, done.stderr
    with studio(folder, state, language=None, module=COMMAND) as opened:
        assert spoken(opened) == "bg"


def test_it_is_stopped_by_the_keyboard_as_every_command(tmp_path: Path) -> None:
    with studio(tmp_path, tmp_path / "state", module=COMMAND) as running_one:
        running_one.process.send_signal(signal.SIGINT)
        _, err = running_one.process.communicate(timeout=PATIENCE)
        assert running_one.process.returncode == 130
        assert "нищо не е останало недописано" in err or "спряно" in err


def test_what_one_that_was_killed_left_behind_is_known_as_stale(tmp_path: Path) -> None:
    with studio(tmp_path, tmp_path / "state", module=COMMAND) as killed:
        killed.process.kill()
        killed.process.wait(PATIENCE)
    assert list((tmp_path / "state").rglob("*.json"))
    with studio(tmp_path, tmp_path / "state", module=COMMAND) as again:
        again.enter()
        assert again.ask("GET", "/", again.own).status == 200


def test_one_that_does_not_answer_is_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(running, "_START_SECONDS", 0)
    registration = running.Registration(tmp_path)
    registration.enter(running.Running(1, "nobody listens there"))
    with pytest.raises(PressError) as refused:
        registration.link()
    assert [finding.code for finding in refused.value.findings] == ["E620"]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with studio(tmp_path, tmp_path / "state", module=COMMAND) as running_one:
        other = started(tmp_path, tmp_path / "other", "--no-browser", "--port", str(running_one.port))
        _, err = other.communicate(timeout=PATIENCE)
        assert other.returncode == 1
        assert "E623" in err


def test_the_browser_is_opened_through_a_file_that_the_user_alone_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    link = "http://127.0.0.1:1234/start?link=secret&more"
    seen: list[str] = []

    def start(address: str) -> bool:
        seen.append(address)
        return True

    timer = opening.open_browser(link, "Бюлетин", "bg", start)
    assert timer is not None
    timer.cancel()
    (address,) = seen
    assert "secret" not in address
    (page,) = tmp_path.rglob("open.html")
    assert address == page.as_uri()
    assert mode(page) == 0o600
    assert "url=http://127.0.0.1:1234/start?link=secret&amp;more" in page.read_text("utf-8")


def test_where_no_browser_opens_the_file_goes_and_the_link_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert opening.open_browser("http://127.0.0.1:1/start?link=x", "t", "bg", lambda _: False) is None
    assert not list(tmp_path.rglob("open.html"))


@pytest.mark.parametrize("does", [OSError(8, "Exec format error"), subprocess.TimeoutExpired("x", 20)])
def test_where_programs_of_windows_are_switched_off_the_link_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: Exception
) -> None:
    def refusing(*_: object, **__: object) -> None:
        raise does

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(opening, "is_wsl", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/mnt/c/Windows/{name}")
    monkeypatch.setattr(subprocess, "run", refusing)
    assert opening.open_browser("http://127.0.0.1:1/start?link=x", "t", "bg") is None


def test_the_browser_of_the_system_gets_no_token_in_an_argument(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/arguments"\n', "utf-8")
    browser.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER", str(browser))
        process = started(tmp_path, tmp_path / "state")
        until(lambda: (tmp_path / "arguments").exists() and bool((tmp_path / "arguments").read_text("utf-8")))
        process.terminate()
        out, _ = process.communicate(timeout=PATIENCE)
    given = (tmp_path / "arguments").read_text("utf-8")
    assert given.startswith("file://")
    assert "link" not in given
    assert out == ""


def test_the_icon_of_linux_starts_the_studio_of_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / 'Our "$bulletin" 100%'
    root.mkdir()
    (tmp_path / "Desktop").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(icons, "is_wsl", lambda: False)
    entry, on_desktop, icon = install_icon(root, TEXTS)
    assert entry == tmp_path / "data/applications/bulletin-studio.desktop"
    assert on_desktop == tmp_path / "Desktop/bulletin-studio.desktop"
    assert mode(on_desktop) == 0o755
    assert icon.read_bytes().startswith(b"<svg")
    parser = configparser.RawConfigParser(delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(entry, "utf-8")
    fields = dict(parser["Desktop Entry"])
    assert fields["Name"] == "Бюлетин"
    assert fields["Terminal"] == "false"
    # As a value of a string first, then as an argument in quotes.
    written = fields["Exec"].replace("\\\\", "\\")
    shown = subprocess.check_output(["sh", "-c", f"printf '%s\n' {written}"], text=True)
    assert shown.splitlines()[-3:] == ["studio", "--workspace", str(root).replace("%", "%%")]


def test_the_icon_of_windows_starts_linux_within_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "our bulletin"
    root.mkdir()
    monkeypatch.setattr(icons, "is_wsl", lambda: True)
    monkeypatch.setattr(icons, "windows_folder", lambda _: tmp_path)
    monkeypatch.setenv("WSL_DISTRO_NAME", "Debian")
    (path,) = install_icon(root, TEXTS)
    lines = path.read_bytes().decode().split("\r\n")
    assert path.name == "bulletin-studio.cmd"
    assert lines[0] == "@echo off"
    assert lines[3].startswith(f'wsl.exe -d Debian --cd "{root}" -- ')
    assert lines[3].endswith(f'studio --workspace "{root}"')


@pytest.mark.parametrize(("folder", "code"), [("a & calc", "E622"), ("100%", "E622")])
def test_a_folder_that_no_start_file_of_windows_can_name_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, code: str
) -> None:
    monkeypatch.setattr(icons, "is_wsl", lambda: True)
    monkeypatch.setattr(icons, "windows_folder", lambda _: tmp_path)
    with pytest.raises(PressError) as refused:
        install_icon(tmp_path / folder, TEXTS)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_windows_that_does_not_show_its_desktop_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icons, "is_wsl", lambda: True)
    monkeypatch.setattr(icons, "windows_folder", lambda _: None)
    with pytest.raises(PressError) as refused:
        install_icon(tmp_path, TEXTS)
    assert [finding.code for finding in refused.value.findings] == ["E621"]


def test_the_command_installs_the_icon_and_finishes(tmp_path: Path) -> None:
    done = run_bulletin(
        "studio",
        "--install",
        "--language",
        "en",
        cwd=tmp_path,
        HOME=str(tmp_path),
        XDG_DATA_HOME=str(tmp_path / "data"),
    )
    assert done.returncode == 0, done.stderr
    assert "data/applications/bulletin-studio.desktop: written" in done.stdout


def test_the_icon_makes_the_folder_in_which_the_bulletin_is_to_be(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    folder = tmp_path / "нов бюлетин"
    done = run_bulletin("--workspace", str(folder), "studio", "--install", cwd=tmp_path, **home)
    assert done.returncode == 0, done.stderr
    assert folder.is_dir()
    entry = (tmp_path / "data/applications/bulletin-studio.desktop").read_text("utf-8")
    assert f"Path={folder}\n" in entry


def test_the_icon_is_not_put_where_a_file_has_the_name_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run_bulletin(
        "--workspace", str(tmp_path / "file"), "studio", "--install", cwd=tmp_path, HOME=str(tmp_path)
    )
    assert (done.returncode, "E83" in done.stderr) == (1, True), done.stderr


def test_the_studio_is_not_opened_where_its_folder_has_gone(tmp_path: Path) -> None:
    done = run_bulletin("--workspace", str(tmp_path / "gone"), "studio", cwd=tmp_path, HOME=str(tmp_path))
    assert done.returncode == 2
    assert not (tmp_path / "gone").exists()


def test_a_registration_that_is_no_json_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(running, "_START_SECONDS", 0)
    registration = running.Registration(tmp_path)
    with registration.held() as is_free:
        assert is_free
        for written in ("", "[]", json.dumps({"port": "x"})):
            registration._state.write_text(written, "utf-8")
            with pytest.raises(PressError):
                registration.link()
        with running.Registration(tmp_path).held() as is_free_again:
            assert not is_free_again

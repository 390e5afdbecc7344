"""What many tests need: the shipped issues, built once."""

from __future__ import annotations

import datetime as dt
import fcntl
import gc
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, settings

from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import Finding
from pipeline.page.engine.faces import isolate_faces
from tests.proofs import is_proof, unknown
from tests.support.mail_servers import Authority, Script, authority, mail_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place

    Values = tuple[tuple[str, str], ...]

REPOSITORY = Path(__file__).parent.parent
ISSUED = dt.date(2024, 1, 31)

# How long a case takes is no promise of the tests; a machine that has much to do makes none of them fail.
_PATIENT: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("seeking", _PATIENT)
# What was green is green again: the examples are the same in every run, beside those that were found before.
# New ones are sought by `pytest --seek`, a part of `make proofs`.
settings.register_profile("repeating", _PATIENT, derandomize=True)
settings.load_profile("repeating")

_PLAIN: Final = Finding.__init__


def _worded(
    self: Finding, code: str, place: Place | None, values: Values = (), *rest: Any, **named: Any
) -> None:
    """Let no test meet a finding that could not be worded: unknown code, or a placeholder without value."""
    named_in_words = set(re.findall(r"{(\w+)}", CODES[code].message + CODES[code].remedy))
    assert named_in_words <= dict(values).keys(), code
    _PLAIN(self, code, place, values, *rest, **named)


Finding.__init__ = _worded  # type: ignore[method-assign]

# Before anything loads the engine: the tests' own processes see no faces of the machine either.
isolate_faces()


def run_bulletin(
    *arguments: str, cwd: Path = REPOSITORY, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    environment = {**os.environ, **variables}
    command = [sys.executable, "-m", "pipeline", *arguments]
    environment["PYTHONPATH"] = str(REPOSITORY)
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


SLOW: Final = (
    "archive/",
    "cli/",
    "desk/",
    "hostile/",
    "mail_edition/",
    "standards/",
    "studio/",
    "delivery/states/test_states.py",
    "delivery/messages/test_mail_headers.py",
    "page/makeup/test_whole_issues.py",
    "delivery/test_mail_killing.py",
    "delivery/members/test_members.py",
    "editor/test_editor.py",
    "editor/test_typography_fixes.py",
    "editor/test_spelling.py",
    "files/test_yaml_edit.py",
    "findings/test_catalogues.py",
    "findings/test_messages.py",
    "html_checks/test_harms.py",
    "importing/test_accepted_by_check.py",
    "importing/test_hostile_files.py",
    "page/test_fallback_faces.py",
    "importing/test_whole_bulletins.py",
    "importing/formats/test_docx.py",
    "models/test_kinds.py",
    "page/engine/test_composing.py",
    "page/engine/test_last_spaces.py",
    "page/engine/test_press.py",
    "page/engine/test_resident_layout.py",
    "page/engine/test_sound_layouts.py",
    "page/engine/test_speed_patches.py",
    "page/figures/test_partner_map.py",
    "page/pictures/test_inks.py",
    "page/test_correction.py",
    "page/test_mended_pages.py",
    "page/test_press_page.py",
    "pdf/law/",
    "pdf/test_plates.py",
    "pdf/test_preflight.py",
    "pdf/test_preflight_measures.py",
    "pdf/test_sheet.py",
    "pdf/test_tags.py",
    "reading/test_issue_reader.py",
    "reading/test_markdown.py",
    "test_api.py",
    "test_bad_issues.py",
    "test_golden_bulletin.py",
    "test_house.py",
    "bench/mutation/",
    "test_old_archives.py",
    "test_shipped_pdfs.py",
    "typography/test_microtypography_promises.py",
    "delivery/test_dispatcher.py",
    "delivery/test_returned_letters.py",
    "delivery/test_smtp.py",
    "files/test_yaml_items.py",
    "importing/formats/test_letters.py",
    "importing/formats/test_libreoffice_and_heic.py",
    "page/engine/memory/",
    "page/fitting/test_fitted_issues.py",
    "page/makeup/test_correction_place.py",
    "page/makeup/test_odd_pages.py",
    "page/test_line_ends.py",
    "page/test_section_distance.py",
    "pdf/test_whose_fault.py",
    "support/pages/",
    "importing/meaning/test_charsets.py",
    "importing/meaning/test_columns.py",
    "importing/meaning/test_word_meaning.py",
    "page/engine/test_quick_patches.py",
    "page/identity/test_publication_titles.py",
    "page/makeup/test_covers.py",
    "page/makeup/test_lines_as_written.py",
    "page/makeup/test_long_words.py",
    "page/sheets/",
)
"""Folders and modules that `make quick` leaves out: each takes more than three seconds of a processor."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests be run that take too long for every day."""
    parser.addoption("--proofs", action="store_true", help="run the tests that `make test` leaves out")
    parser.addoption(
        "--seek", action="store_true", help="run the tests of properties alone, with new examples"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let new examples be sought where that is asked for."""
    if config.getoption("--seek") or config.getoption("--proofs"):
        settings.load_profile("seeking")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run one process more than there are processors: many tests wait for a browser or another program.

    Those of `make quick` wait for nothing, and somebody may have said how many there are to be.
    """
    if config.option.markexpr or "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage among the tests: a third of the time in which they are collected went there."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the proofs, or the others; mark what `make quick` leaves out."""
    if not any("::" in named for named in config.args):
        if wrong := unknown(items):
            said = f"tests/proofs.py names tests that are not there: {wrong}"
            raise pytest.UsageError(said)
        wanted = config.getoption("--proofs")
        config.hook.pytest_deselected(items=[item for item in items if is_proof(item) is not wanted])
        items[:] = [item for item in items if is_proof(item) is wanted]
    if config.getoption("--seek"):
        items[:] = [
            item for item in items if getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        ]
    tests = Path(__file__).parent
    known = tuple(str(tests / name) for name in SLOW)
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if str(item.path).startswith(known) or "shipped" in fixtures:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test from the cache of the one who runs it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the shipped issues were built into, once for all workers."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out = root / "shipped"
    with (root / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for issue in ("2023-12-20", "2023-06-30"):
            if not (out / issue / f"bulletin-{issue}.pdf").exists():
                done = run_bulletin("build", issue, "--out", str(out), "--fresh")
                assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Certificates for servers of mail: trusted, of another host, and signed by nobody."""
    return authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusted(certificates: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process and its children trust the authority of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))


@pytest.fixture
def server(certificates: Authority, trusted: None) -> Iterator[Script]:  # noqa: ARG001 - for its effect
    """A mail server that takes everything."""
    with mail_server(certificates.localhost) as running:
        yield running

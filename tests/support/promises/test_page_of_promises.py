"""The page of promises names every test, in words, and no promise that no test holds."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.support.promises import CHAPTERS, PAGE, ROOT, chapter_of, modules, page, readable

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.support.promises"


def test_every_module_of_tests_is_on_the_page_and_every_link_leads_to_one() -> None:
    links = re.findall(r"\]\(\.\./(tests/[^)]+)\)", PAGE.read_text("utf-8"))
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    assert sorted(links) == sorted(there)


def test_every_chapter_is_of_tests_that_exist() -> None:
    named = [name for names in CHAPTERS.values() for name in names]
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []


def test_every_command_of_the_proofs_is_on_the_page() -> None:
    proofs = set(re.findall(r"-m (tests\.bench[\w.]*)", (ROOT / "Makefile").read_text("utf-8")))
    assert len(proofs) > 5
    assert proofs <= set(re.findall(r"`python -m (tests\.bench[\w.]*)", PAGE.read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a_list_goes_on", "A list goes on"),
        ("pdf_and_html_agree", "PDF and HTML agree"),
        ("words_from_verapdf_in_utf8", "Words from veraPDF in UTF-8"),
    ],
)
def test_a_name_is_read_as_a_sentence(name: str, told: str) -> None:
    assert readable(name) == told


def test_a_class_of_tests_says_what_they_are_about(tmp_path: Path) -> None:
    code = '''\
        """Letters arrive: `python -m tests.bench.letters` sends more.

        More is said here.
        """
        def helper(): ...
        def test_all_come(): ...
        class TestLateLetters:
            def test_are_waited_for(self): ...
        '''
    (tmp_path / "test_letters.py").write_text(textwrap.dedent(code), "utf-8")
    (module,) = modules(tmp_path)
    assert module.promise == "Letters arrive"
    assert module.tests == ("All come", "Late letters: are waited for")


def test_a_module_that_promises_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test_nothing.py").write_text("def test_it(): ...\n", "utf-8")
    with pytest.raises(ValueError, match=r"test_nothing\.py has no docstring"):
        modules(tmp_path)


def test_a_module_of_no_chapter_is_refused_and_the_nearest_folder_decides() -> None:
    with pytest.raises(ValueError, match="belongs to no chapter"):
        chapter_of("elsewhere/test_it.py")
    assert chapter_of("page/engine/test_press.py") != chapter_of("page/test_places_of_cards.py")

"""The guide to findings is generated from the program's messages."""

from __future__ import annotations

from pipeline.findings.codes.register import CODES
from tests.support.findings_guide import GUIDE, guide


def test_the_guide_is_current() -> None:
    assert GUIDE.read_text("utf-8") == guide(), "run python -m tests.support.findings_guide"


def test_every_code_has_its_entry() -> None:
    headings = [line for line in guide().split("\n") if line.startswith("### ")]
    assert sorted(line[4:].partition(":")[0] for line in headings) == sorted(CODES)


def test_each_chapter_stands_once() -> None:
    chapters = [line for line in guide().split("\n") if line.startswith("## ")]
    assert len(chapters) == len(set(chapters))


def test_no_placeholder_is_left() -> None:
    assert "{name}" not in guide()
    assert "{found}" not in guide()
    assert 'напишете кой я е направил, в {credit="…"} след картината' in guide()

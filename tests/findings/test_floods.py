"""Of many findings of one kind in one file the first are shown and the others counted."""

from __future__ import annotations

import pytest

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.wording.floods import MOST, SHOWN, in_words_gathered


def unknown_words(count: int, path: str = "a.md") -> list[Finding]:
    return [
        found("W420", Place(path, line, 3), key="к", found=f"дума{line}", guess="")
        for line in range(1, count + 1)
    ]


def texts(findings: list[Finding], language: str = "bg") -> list[str]:
    return [text.partition("\n")[0] for _, text in in_words_gathered(findings, language, 96)]


def test_twenty_are_all_shown() -> None:
    assert len(texts(unknown_words(MOST))) == MOST


@pytest.mark.parametrize("count", [MOST + 1, 2000])
def test_of_more_the_first_are_shown_and_the_others_counted(count: int) -> None:
    shown = texts(unknown_words(count))
    assert len(shown) == SHOWN + 1
    assert "дума5" in shown[SHOWN - 1]
    listed = ", ".join(map(str, range(6, min(count, 25) + 1))) + (", …" if count > 25 else "")
    assert shown[-1] == f"a.md: W420: още {count - SHOWN}, на редове {listed}"


def test_samples_of_an_issue_just_begun_are_shown_once_a_file_with_their_lines() -> None:
    samples = [found("W172", Place("a.md", line, 1), found=f"проба {line}") for line in (5, 10, 14)]
    shown = texts([*samples, found("W172", Place("б.yaml", 8, 1), found="Име на бюлетина")])
    assert [text for text in shown if "още" in text] == ["a.md: W172: още 2, на редове 10, 14"]
    assert len(shown) == 3


def test_each_file_and_kind_is_counted_by_itself() -> None:
    findings = unknown_words(30) + unknown_words(30, "б.md") + unknown_words(3, "в.md")
    findings.insert(40, found("W02", Place("б.md"), name="б.md"))
    shown = texts(findings, "en")
    assert len(shown) == 2 * (SHOWN + 1) + 3 + 1
    assert [text for text in shown if " more" in text] == [
        f"{path}: W420: 25 more, on lines {', '.join(map(str, range(6, 26)))}, …" for path in ("a.md", "б.md")
    ]


def test_findings_of_a_pdf_are_counted_by_page() -> None:
    findings = [found("E130", None, page=page, name=f"F{page}", font=f"F{page}") for page in range(1, 31)]
    assert texts(findings)[-1].startswith("E130: още 25, на страници 6, 7, 8")
    assert texts([found("W02", None, name=str(at)) for at in range(30)])[-1] == "W02: още 25"

"""The law of the page finds words that are all there and yet not where, or as, the file has them."""

from __future__ import annotations

import random
import re

import pytest

from tests.support.generated.issues import generated_workspace
from tests.support.generated.law_trials import Trial

CODE = "\n\n```\nif open:\n    go(1)\n\n    stop(2)\nend\n```\n"
TABLE = (
    "\n| Име | Град | Брой |\n|---|---|---|\n| Първи | Русе | 17 |\n| Втори | Видин | 18 |\n| Трети | | 9 |\n"
)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A sound issue with code, and with a table that has an empty cell."""
    root = tmp_path_factory.mktemp("places")
    folder = generated_workspace(root, random.Random(8), pages=3)
    article = min(folder.glob("*.md"))
    article.write_text(article.read_text("utf-8").rstrip() + CODE + TABLE, "utf-8")
    return Trial(root, folder)


def codes(trial: Trial, html: str) -> set[str]:
    assert html != trial.html()
    return {finding.code for finding in trial.findings(html)}


def with_sheet(trial: Trial, rules: str) -> str:
    return trial.html().replace("</head>", f"<style>{rules}</style></head>")


def test_the_sound_issue_has_no_finding(trial: Trial) -> None:
    assert trial.findings() == []


@pytest.mark.parametrize("transform", ["scaleX(-1)", "rotate(180deg)", "scaleY(.4)"])
def test_letters_drawn_otherwise_than_their_face_are_found(trial: Trial, transform: str) -> None:
    assert "E173" in codes(trial, with_sheet(trial, f"h3 {{ transform: {transform} }}"))


def test_a_lost_space_between_two_words_is_found(trial: Trial) -> None:
    html = trial.html()
    body = html.index('<div class="body"')
    first = re.compile(r"<p>[^<]*?\w \w").search(html, body)
    assert first is not None
    space = first.end() - 2
    assert codes(trial, html[:space] + html[space + 1 :]) == {"E174"}


def test_lines_of_code_that_are_joined_are_found(trial: Trial) -> None:
    assert "E175" in codes(trial, trial.html().replace("go(1)\n\n", "go(1) "))


def test_lost_indentation_of_code_is_found(trial: Trial) -> None:
    html = trial.html()
    assert "E175" in codes(trial, re.sub("(?:\u00a0| ){4}(?=go|stop)", "", html))


def test_a_cell_in_the_column_of_another_is_found(trial: Trial) -> None:
    html = trial.html()
    row = html.index("Трети")
    empty = html.index("<td", row)
    end = html.index("</td>", empty) + len("</td>")
    assert "E176" in codes(trial, html[:empty] + html[end:])


def test_a_wrong_page_number_in_the_contents_is_found(trial: Trial) -> None:
    assert codes(trial, with_sheet(trial, '.contents a.entry::after { content: leader(" ") "94" }')) == {
        "E177"
    }

"""Whatever room an article takes, its facts are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
import tinyhtml5

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.typography.typesetting import typeset
from tests.models.test_kinds import SAMPLES, presentation_of
from tests.support.whole_issues.workspaces import PUBLICATION, workspace

if TYPE_CHECKING:
    from pathlib import Path

FACTS: Final = {
    "event": (
        "start: 2024-04-16 10:00\nplace: Зала Орфей\nregistration: office@example.org\n",
        ("16 април 2024", "Зала Орфей", "office@example.org"),
    ),
    "notice": ("deadline: 2024-05-17\ncontact: Мария Иванова\n", ("17 май 2024", "Мария Иванова")),
    "member_news": ("member: Аврора\nurl: https://aurora.example.org/\n", ("Аврора", "aurora.example.org")),
    "project": (
        "programme: Хоризонт\nfunder: eu\nperiod: {end: 2025-02}\n",
        ("Хоризонт", "февруари 2025"),
    ),
}
"""Fields of each kind, and what the page says of them."""


def test_no_kind_with_facts_is_left_out_here() -> None:
    with_card = {kind for kind, (fields, _) in SAMPLES.items() if presentation_of(kind, fields).card}
    assert with_card == set(FACTS)


@pytest.mark.parametrize("weight", ["lead", "feature", "standard", "short", "notice"])
def test_every_fact_of_a_card_is_on_the_page_once(tmp_path: Path, weight: str) -> None:
    texts = {
        f"{kind}-{number}.md": f"---\nkind: {kind}\ntitle: Заглавие\n{fields}weight: {weight}\n---\nТекст.\n"
        for kind, (fields, _) in FACTS.items()
        for number in (1, 2)
    }
    publication = PUBLICATION.replace("name: knowledge-city", "name: bulletin")
    within = workspace(tmp_path, texts, publication=publication)
    valid = check_issue(within.choose_issue(), within).valid()
    html = compose_html(typeset(valid.issue), SCREEN, valid.style, page_assets_of(valid, SCREEN).pictures)
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    assert body is not None
    for kind, (_, facts) in FACTS.items():
        for number in (1, 2):
            article = body.find(f".//article[@id='article-{kind}-{number}']")
            assert article is not None, kind
            text = " ".join(" ".join(article.itertext()).split())
            assert [text.count(fact) for fact in facts] == [1] * len(facts), text

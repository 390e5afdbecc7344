"""A change in an editor is read from the file as it was made, and touches nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.editor.writing.article_text import ArticleText, what_is_said
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.editor.writing.saving import Saved, saved
from pipeline.findings.finding import IssueError
from tests.editor.writing import documents
from tests.editor.writing.conftest import articles
from tests.editor.writing.test_untouched import HARD

FRONT = "---\ntitle: Кула\n---\n\n"
BODIES = st.sampled_from([*HARD.values(), "", "Един абзац.\n\nВтори абзац.\n\n- точка\n"])


def shown(body: str) -> tuple[ArticleText, dict[str, Any]]:
    """Return an article, and its document as a browser has it."""
    article = ArticleText(FRONT + body, "tower.md")
    return article, json.loads(article.document.model_dump_json())


def written(article: ArticleText, document: dict[str, Any]) -> Saved:
    return saved(article, DOCUMENT.validate_json(json.dumps(document)))


def texts_in(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [text for each in node for text in texts_in(each)]
    own = [node] if node.get("type") == "text" else []
    return own + texts_in(node.get("content", [])) + texts_in(node.get("notes", []))


def body_of(result: Saved) -> str:
    return result.text.removeprefix(FRONT)


# one word


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        ("Първи *ред* и\nвтори ред.\n", "втори", "трети", "Първи *ред* и\nтрети ред.\n"),
        ("* а\n* б\n", "б", "в", "* а\n* в\n"),
        ("__Силно__ и _леко_.\n", "леко", "меко", "__Силно__ и _меко_.\n"),
        ("Глава\n-----\n", "Глава", "Част", "Част\n-----\n"),
        ("| а  |  б |\n|----|----|\n| 1  |  2 |\n", "2", "3", "| а  |  б |\n|----|----|\n| 1  |  3 |\n"),
        ("Цена: 5\\*3 <!-- питай --> лв.\n", "Цена", "Сума", "Сума: 5\\*3 <!-- питай --> лв.\n"),
        ("Виж [тук][1].\n\n[1]: https://x.bg\n", "Виж", "Чети", "Чети [тук][1].\n\n[1]: https://x.bg\n"),
        ("Текст[^a].\n\n[^a]: Стара бележка.\n", "Стара", "Нова", "Текст[^a].\n\n[^a]: Нова бележка.\n"),
        ("> а\nлениво\n", "лениво", "бавно", "> а\nбавно\n"),
    ],
)
def test_one_word_changes_one_place(body: str, old: str, new: str, expected: str) -> None:
    article, document = shown(body)
    [text] = [each for each in texts_in(document) if old in each["text"]]
    text["text"] = text["text"].replace(old, new)
    assert body_of(written(article, document)) == expected


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data())
def test_one_word_anywhere_changes_one_line(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(articles())))
    text = articles()[path]
    article = ArticleText(text, path)
    document = json.loads(article.document.model_dump_json())
    places = [each for each in texts_in(document) if re.search(r"[^\W\d]{3}", each["text"])]
    assume(places and not article.is_source)
    place = data.draw(st.sampled_from(places))
    word = data.draw(st.sampled_from(list(re.finditer(r"[^\W\d]{3,}", place["text"]))))
    assume(text.count(word[0]) == 1 and "://" not in place["text"])
    place["text"] = f"{place['text'][: word.start()]}промяна{place['text'][word.end() :]}"
    before, after = text.splitlines(keepends=True), written(article, document).text.splitlines(keepends=True)
    assert len(before) == len(after)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [old.replace(word[0], "промяна") for old, _ in changed] == [new for _, new in changed]
    assert len(changed) == 1


# blocks


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def test_a_new_block_stands_between_the_others_and_an_empty_line_on_both_sides() -> None:
    article, document = shown("Един.\n\nДва.\n")
    document["content"].insert(1, paragraph("Нов."))
    assert body_of(written(article, document)) == "Един.\n\nНов.\n\nДва.\n"


def test_a_block_that_is_moved_keeps_its_text() -> None:
    article, document = shown("* а\n* б\n\nТекст,\nна два реда.\n\nКрай.")
    document["content"].append(document["content"].pop(0))
    assert body_of(written(article, document)) == "Текст,\nна два реда.\n\nКрай.\n\n* а\n* б\n"


def test_two_lists_that_come_to_stand_together_stay_two() -> None:
    article, document = shown("- а\n\nМежду.\n\n- б\n")
    document["content"].pop(1)
    assert body_of(written(article, document)) == "- а\n\n<!-- -->\n\n- б\n"


def test_a_remark_behind_a_block_that_goes_stays_in_the_file() -> None:
    article, document = shown("Един.\n\nДва.\n\n<!-- питай Мария -->\n\nТри.\n")
    document["content"].pop(1)
    assert body_of(written(article, document)) == "Един.\n\n<!-- питай Мария -->\n\nТри.\n"


def test_a_remark_within_a_paragraph_that_is_replaced_stays_behind_it() -> None:
    article, document = shown("Стар <!-- питай --> текст.\n")
    document["content"] = [{"type": "horizontal_rule", "attrs": {"id": "0"}}]
    assert body_of(written(article, document)) == "***\n\n<!-- питай -->\n"


def test_a_note_goes_with_its_last_call_and_a_new_one_is_put_at_the_end() -> None:
    article, document = shown("Един[^a].\n\nДва[^b].\n\n[^a]: Първа.\n[^b]: Втора.\n")
    document["content"].pop(0)
    document["content"][0]["content"].append({"type": "note_call", "attrs": {"label": "c"}})
    note = {"type": "note", "attrs": {"label": "c"}, "content": [{"type": "text", "text": "Трета."}]}
    document["notes"].append(note)
    assert body_of(written(article, document)) == "Два[^b].[^c]\n\n[^b]: Втора.\n\n[^c]: Трета.\n"


def test_source_is_written_as_it_is_typed() -> None:
    article, document = shown("Текст.\n\n<div>стар</div>\n")
    document["content"][1]["content"][0]["text"] = "Вече *обикновен* текст."
    result = written(article, document)
    assert body_of(result) == "Текст.\n\nВече *обикновен* текст.\n"
    assert [node.type for node in result.article.document.content] == ["paragraph", "paragraph"]


def test_signs_typed_on_the_screen_stay_signs() -> None:
    article, document = shown("")
    document["content"] = [paragraph(sign) for sign in documents.LIKE_MARKUP if sign.strip()]
    result = written(article, document)
    shown_again = ["".join(each["text"] for each in texts_in(node)) for node in _json(result)["content"]]
    expected = [" ".join(sign.split("\n")).strip(" ") for sign in documents.LIKE_MARKUP if sign.strip()]
    assert shown_again == expected


def _json(result: Saved) -> dict[str, Any]:
    return dict(json.loads(result.article.document.model_dump_json()))


@pytest.mark.parametrize(
    "written_as",
    [
        "## [а \\<!-- бележка -->](mailto:a@b.bg)",
        "Виж `<!-- бележка -->`.",
        "```\n<!-- бележка -->\n```",
        "а \\<!-- бележка -->",
    ],
)
def test_what_only_looks_like_a_remark_is_a_word_like_others(written_as: str) -> None:
    body = f"Един <!-- питай -->.\n\n{written_as}\n"
    article, document = shown(body)
    [text] = [each for each in texts_in(document) if "бележка" in each["text"]]
    text["text"] = text["text"].replace("бележка", "промяна")
    assert body_of(written(article, document)) == body.replace("бележка", "промяна")


def test_what_cannot_be_read_as_it_is_shown_is_refused_with_its_words() -> None:
    article, document = shown("```\nкод без край\n")
    document["content"] = [
        {"type": "source", "content": [{"type": "text", "text": "<style>"}]},
        paragraph("Този абзац би изчезнал."),
    ]
    with pytest.raises(IssueError) as refused:
        written(article, document)
    assert [finding.code for finding in refused.value.findings] == ["E600"]


def test_a_mark_that_cannot_be_written_is_left_out_and_it_is_said() -> None:
    article, document = shown("")
    marks = [{"type": "em"}, {"type": "strong"}]
    document["content"] = [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": "а", "marks": marks[:1]},
                {"type": "text", "text": "б", "marks": marks},
                {"type": "text", "text": "в", "marks": marks[1:]},
            ],
        }
    ]
    result = written(article, document)
    assert "".join(each["text"] for each in texts_in(_json(result))) == "абв"
    assert result.simplified == (
        what_is_said(DOCUMENT.validate_python(document)) != what_is_said(result.article.document)
    )


def test_a_mark_of_a_note_that_cannot_be_written_is_told_as_well() -> None:
    article, document = shown("Текст[^a].\n\n[^a]: Бележка.\n")
    marks = [{"type": "em"}, {"type": "strong"}]
    document["notes"][0]["content"] = [
        {"type": "text", "text": "а", "marks": marks[:1]},
        {"type": "text", "text": "б", "marks": marks},
        {"type": "text", "text": "в", "marks": marks[1:]},
    ]
    result = written(article, document)
    assert result.simplified
    assert "".join(each["text"] for each in texts_in(_json(result)["notes"])) == "абв"


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=40)
@given(BODIES, st.lists(documents.blocks, min_size=1, max_size=3), documents.notes, st.data())
def test_a_document_is_read_as_it_was_shown_or_refused(
    body: str, new: list[dict[str, Any]], notes: list[dict[str, Any]], data: st.DataObject
) -> None:
    article, document = shown(body)
    for block in new:
        document["content"].insert(data.draw(st.integers(0, len(document["content"]))), block)
    document["notes"] += notes
    wanted = DOCUMENT.validate_json(json.dumps(document))
    try:
        result = saved(article, wanted)
    except IssueError:
        return
    again = saved(result.article, result.article.document)
    assert again.text == result.text
    if not result.simplified and "<" not in body and "```" not in body:
        assert _words(document) == _words(_json(result))


def _words(document: dict[str, Any]) -> str:
    """Return all letters and digits a document shows, in order, the notes aside."""
    return re.sub(r"\W", "", "".join(text["text"] for text in texts_in(document["content"])).replace("_", ""))

"""Ordered lists keep the numbers they are typed with, and sentences that became lists are queried."""

from __future__ import annotations

import pytest

from pipeline.files.text.source import Source
from pipeline.models.text import Code, LineBreak, ListBlock, Paragraph
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import Manuscript, read_manuscript

FRONT = "---\ntitle: А\n---\n"


def read(body: str) -> Manuscript:
    return read_manuscript(Source("a.md", FRONT + body))


def numbers(body: str) -> list[tuple[int, ...]]:
    return [each.printed_numbers for each in nodes_of(ListBlock, read(body).body)]


def found(body: str) -> list[tuple[str, int, object]]:
    """Return code, line and words of each finding."""
    findings = read(body).findings
    return [
        (each.code, each.place.line if each.place else 0, dict(each.values)["found"]) for each in findings
    ]


CASE = (
    "Условията са пет:\n\n1. Попълва се формуляр.\n2. Плаща се такса.\n\nТаксата не се връща.\n\n"
    "3. Получава се потвърждение.\n\nОт точка 4 нататък важат за чужденци:\n\n4. Виза.\n5. Застраховка.\n\n"
    "Виж точка 5.\n\n14. октомври е денят на града.\n\n14\\. октомври е денят на града.\n"
)


def test_a_list_that_text_interrupts_goes_on_with_the_numbers_that_are_typed() -> None:
    assert numbers(CASE) == [(1, 2), (3,), (4, 5), (14,)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. А.\n2. Б.\n3. В.\n", [(1, 2, 3)]),
        ("1. А.\n3. Б.\n7. В.\n", [(1, 3, 7)]),
        ("3. А.\n2. Б.\n1. В.\n", [(3, 2, 1)]),
        ("1. А.\n1. Б.\n1. В.\n", [(1, 2, 3)]),
        ("0. А.\n0. Б.\n", [(0, 1)]),
        ("5. А.\n5. Б.\n", [(5, 5)]),
        ("007. А.\n008. Б.\n", [(7, 8)]),
        ("1. А.\n\n2. Б.\n\n   Още.\n\n3. В.\n", [(1, 2, 3)]),
        ("1. А.\n2) Б.\n", [(1,), (2,)]),
        ("- А.\n- Б.\n", [()]),
        ("> 9. А.\n> 10. Б.\n", [(9, 10)]),
        ("1. А.\n\n   4. Б.\n   5. В.\n2. Г.\n", [(1, 2), (4, 5)]),
        ("999999999. А.\n999999999. Б.\n", [(999999999, 999999999)]),
    ],
)
def test_the_numbers_of_a_list_are_those_typed(body: str, expected: list[tuple[int, ...]]) -> None:
    assert numbers(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (CASE, [("W16", 20, "14. октомври")]),
        ("24. май беше празник.\n", [("W16", 4, "24. май")]),
        ("1. май е топъл;\n2. юни – също.\n", []),
        ("4. май е топъл;\n5. юни – също.\n", [("W16", 4, "4. май")]),
        ("2024. година беше добра.\n", [("W16", 4, "2024. година")]),
        ("1986. What a great season!\n", [("W16", 4, "1986. What")]),
        ("14. **октомври** беше.\n\n15. октомври не беше.\n", [("W16", 4, "14. октомври")]),
        ("1. Попълва се.\n2. май е топъл.\n3. Плаща се.\n", []),
        ("Те дойдоха на\n1. май и си отидоха.\n", [("W16", 5, "1. май")]),
        ("- 24. май: празник\n", [("W16", 4, "24. май")]),
        ("- 24. май\n- 25. май\n", [("W16", 4, "24. май"), ("W16", 5, "25. май")]),
        ("1. Едно.\n2. Две.\n\n3. март е ден.\n", [("W16", 7, "3. март")]),
        ("1. Едно.\n2. Две.\n\nТекст.\n\n3. март е ден.\n", [("W16", 9, "3. март")]),
        ("1. Едно.\n3. Три.\n4. Четири.\n6. Шест.\n", [("W17", 5, "3")]),
        ("14\\. октомври беше.\n", []),
        ("1. едно;\n2. две;\n\nи още\n\n3. три.\n", []),
        ("5. Пет.\n6. Шест.\n", []),
        ("1. Едно.\n2. `код`\n", []),
        ("1.\n2. Две.\n", []),
        ("- едно\n- две\n", []),
        ("Дневен ред:\n\n1. Приемане на бюджета.\n", []),
        ("Продължение:\n\n3. да осигури зала;\n4. за внос.\n", []),
        ("1. ЕС.\n\n2. държави.\n\n3. Още.\n", []),
        ("1. А.\n\nи\n\n1. Б.\n2. В.\n3. Г.\n\nи\n\n2. Още.\n", []),
        ("14) октомври беше.\n", [("W16", 4, "14) октомври")]),
        ("1) А.\n2) Б.\n", [("W27", 4, "1)")]),
        ("- а\n\n  3) Б.\n  4) В.\n", [("W27", 6, "3)")]),
    ],
)
def test_a_sentence_that_became_a_list_is_queried(body: str, expected: list[tuple[str, int, str]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("```\na = 1\n    b = 2\n```\n", ["a = 1", "    b = 2"]),
        ("    a = 1\n        b = 2\n", ["a = 1", "    b = 2"]),
        ("```\n\tраз\n\n  два\n```\n", ["    раз", "", "  два"]),
        ("- т\n\n  ```\n  а\n    б\n  ```\n", ["а", "  б"]),
        ("> ```\n> а\n>   б\n> ```\n", ["а", "  б"]),
        ("~~~\n  -- „а“ ... 5-6\n~~~\n", ["  -- „а“ ... 5-6"]),
    ],
)
def test_code_keeps_its_lines_and_their_indentation(body: str, lines: list[str]) -> None:
    (code,) = (each for each in nodes_of(Paragraph, read(body).body) if each.lines)
    assert list(code.lines) == lines
    in_children = "".join("\n" if isinstance(each, LineBreak) else _text(each) for each in code.children)
    assert in_children.split("\n") == lines


def _text(child: object) -> str:
    assert isinstance(child, Code)
    return child.text

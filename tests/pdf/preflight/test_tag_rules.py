"""The tags of a file are read in order, each as what it stands for, and lie in one another as they may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.models.editions import SCREEN
from pipeline.pdf.preflight.accessibility import (
    element_findings,
    role_findings,
    tags_of,
)
from pipeline.pdf.preflight.tags.elements import DEEPEST, Element, TagTree, mapping_faults
from pipeline.pdf.preflight.tags.nesting import nesting_findings
from pipeline.pdf.preflight.tags.tables import table_findings
from tests.pdf.preflight.made import checked, codes, new_pdf, values

if TYPE_CHECKING:
    from pipeline.pdf.preflight.checked_pdf import CheckedPdf

Tag = tuple[Any, ...]
"""A role, tags that lie in it, and a dictionary of further entries."""


def element(tag: Tag | str, parent: Element | None = None, page: int = 1) -> Element:
    """Return an element with all that lies in it."""
    role, *rest = (tag,) if isinstance(tag, str) else tag
    entries = [each for each in rest if isinstance(each, dict)]
    made = Element(role, Dictionary({"/S": Name(f"/{role}")} | (entries[0] if entries else {})), page, parent)
    made.children = [element(each, made, page) for each in rest if not isinstance(each, dict)]
    return made


def all_of(*tags: Tag | str) -> list[Element]:
    """Return elements in reading order, those of each tag on a page of its own."""
    listed: list[Element] = []

    def walk(each: Element) -> None:
        listed.append(each)
        for child in each.children:
            walk(child)

    for page, tag in enumerate(tags, 1):
        walk(element(tag, page=page))
    return listed


def tagged(kids: Any, roles: dict[str, Any] | None = None, *, pages: int = 2) -> CheckedPdf:
    """Return a file with a tree of tags."""
    pdf = new_pdf(pages)
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
    if kids is not None:
        pdf.Root.StructTreeRoot.K = kids
    if roles is not None:
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(
            {f"/{name}": Name(f"/{role}") for name, role in roles.items()}
        )
    return checked(pdf, SCREEN)


def told(findings: Any) -> list[tuple[str, str, int]]:
    """Return what lies where it may not, and the page."""
    found = list(findings)
    assert set(codes(found)) <= {"E158"}
    return [(dict(each.values)["found"], dict(each.values)["parent"], each.page) for each in found]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (("Table", ("TR", "TH", "TD")), []),
        (("Table", ("THead", ("TR", "TH")), ("TBody", ("TR", "TD")), ("TFoot", ("TR", "TD"))), []),
        (("Table", "Caption", ("TR", "TD")), []),
        (("Table", ("TR", "TD"), "Caption"), []),
        (("Table", ("TR", "TD"), "Caption", ("TR", "TD")), [("Caption", "Table")]),
        (("Table", "Caption", ("TR", "TD"), "Caption"), [("Caption × 2", "Table")]),
        (("Table", "P"), [("P", "Table")]),
        (("Table", ("THead", ("TR", "TH")), ("THead", ("TR", "TH"))), [("THead × 2", "Table")]),
        (("Table", ("TBody", ("TR", "TH")), ("TBody", ("TR", "TH"))), []),
        (("Table", ("TFoot", ("TR", "TH")), ("TFoot", ("TR", "TH"))), [("TFoot × 2", "Table")]),
        (("THead", ("TR", "TH")), [("THead", "–")]),
        (("Div", ("TBody", ("TR", "TH"))), [("TBody", "Div")]),
        (("Div", ("TFoot", ("TR", "TH"))), [("TFoot", "Div")]),
        (("Table", ("THead", "P")), [("P", "THead")]),
        (("Table", ("TBody", "P")), [("P", "TBody")]),
        (("Table", ("TFoot", "P")), [("P", "TFoot")]),
        (("Table", ("TR", "P")), [("P", "TR")]),
        (("Table", "TD"), [("TD", "Table")]),
        (("Div", "TH"), [("TH", "Div")]),
        (("Div", ("TR", "TD")), [("TR", "Div")]),
        (("L", ("LI", "Lbl", "LBody")), []),
        (("L", ("L", ("LI", "LBody")), ("LI", "LBody")), []),
        (("L", "Caption", ("LI", "LBody")), []),
        (("L", ("LI", "LBody"), "Caption", ("LI", "LBody")), [("Caption", "L")]),
        (("L", "Caption", "Caption", ("LI", "LBody")), [("Caption × 2", "L"), ("Caption", "L")]),
        (("L", "P"), [("P", "L")]),
        (("L", ("LI", "P")), [("P", "LI")]),
        (("Div", ("LI", "LBody")), [("LI", "Div")]),
        (("L", "LBody"), [("LBody", "L")]),
        (("TOC", ("TOCI", "Lbl", "Reference", "NonStruct", "P", ("TOC", "TOCI"))), []),
        (("TOC", "Caption", ("TOC", "TOCI")), []),
        (("TOC", "Caption", "Caption"), [("Caption × 2", "TOC")]),
        (("TOC", "P"), [("P", "TOC")]),
        (("TOC", ("TOCI", "Span")), [("Span", "TOCI")]),
        (("Div", "TOCI"), [("TOCI", "Div")]),
        (("Div", "Anything", ("P", "Span")), []),
    ],
)
def test_tables_lists_and_contents_hold_what_they_may(tag: Tag, expected: list[tuple[str, str]]) -> None:
    assert told(nesting_findings(all_of(tag))) == [(*each, 1) for each in expected]


def test_each_kind_of_wrong_nesting_is_told_where_it_is_first() -> None:
    tags = all_of("P", ("L", "P"), ("L", "P"), ("L", "Span"), ("TOC", "P"))
    assert told(nesting_findings(tags)) == [("P", "L", 2), ("Span", "L", 4), ("P", "TOC", 5)]


SPAN = {"/A": Dictionary({"/O": Name.Table, "/ColSpan": 2})}
DEEP = {"/A": Dictionary({"/O": Name.Table, "/RowSpan": 2})}
DEEPER = {
    "/A": Array([Dictionary(O=Name.Layout), Dictionary({"/O": Name.Table, "/RowSpan": 3, "/ColSpan": 2})])
}
NONE = {"/A": Dictionary({"/O": Name.Table, "/RowSpan": 0, "/ColSpan": 0})}
SCOPE = {"/A": Dictionary({"/O": Name.Table, "/Scope": Name.Column})}
HEAD = ("TR", ("TH", SCOPE), ("TH", SCOPE), ("TH", SCOPE))


def of_table(*parts: Tag) -> list[str]:
    return codes(table_findings(element(("Table", *parts))))


@pytest.mark.parametrize(
    ("rows", "is_even"),
    [
        ([("TR", "TD", "TD", "TD")], True),
        ([("TR", "TD", "TD")], False),
        ([("TR", "TD", "TD", "TD", "P")], True),
        ([("TR", "TD", ("TD", SPAN))], True),
        ([("TR", "TD", "TD", ("TD", SPAN))], False),
        ([("TR", ("TD", DEEP), "TD", "TD"), ("TR", "TD", "TD")], True),
        ([("TR", ("TD", DEEP), "TD", "TD"), ("TR", "TD", "TD"), ("TR", "TD", "TD", "TD")], True),
        ([("TR", ("TD", DEEP), "TD", "TD"), ("TR", "TD", "TD", "TD")], False),
        ([("TR", ("TD", DEEPER), "TD"), ("TR", "TD"), ("TR", "TD"), ("TR", "TD", "TD", "TD")], True),
        ([("TR", ("TD", DEEPER), "TD"), ("TR", "TD"), ("TR", "TD", "TD", "TD")], False),
        ([("TR", ("TD", NONE), "TD", "TD")], True),
        ([("TBody", ("TR", "TD", "TD", "TD"), ("TR", "TD", "TD"))], False),
        ([("Caption", ("TR", "TD"))], True),
    ],
)
def test_all_rows_of_a_table_have_as_many_cells(rows: list[Tag], *, is_even: bool) -> None:
    assert of_table(HEAD, *rows) == ["E155"] * (not is_even)
    assert of_table(("THead", HEAD), ("TBody", *(row for row in rows if row[0] == "TR"))) == (
        ["E155"] * (not is_even and rows[0][0] == "TR")
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("TR", ("TH", SCOPE)), ("TR", "TD")], []),
        ([("TR", "TH"), ("TR", "TD")], ["E157"]),
        ([("TR", ("TH", {"/C": Name.Heads})), ("TR", "TD")], []),
        ([("TR", "TH"), ("TR", ("TD", {"/A": Dictionary(Headers=Array([String("h")]))}))], []),
        ([("TR", ("TH", SCOPE), "TH"), ("TR", "TD", "TD")], ["E157"]),
        ([("TR", "TD"), ("TR", "TD")], ["W157"]),
        ([("TR", ("P", {"/A": Dictionary(Headers=Array([String("h")]))}), "TH"), ("TR", "TD")], ["E157"]),
        ([], []),
    ],
)
def test_heads_of_a_table_say_what_they_stand_over(rows: list[Tag], expected: list[str]) -> None:
    assert of_table(*rows) == expected


def numbers_of(*roles: str) -> list[tuple[str, str]]:
    found = [each for each in element_findings(all_of(*roles)) if each.code == "E154"]
    return [(dict(each.values)["found"], dict(each.values)["before"]) for each in found]


def test_headings_go_down_one_level_at_a_time() -> None:
    assert numbers_of("H1", "H2", "H3", "H1", "H2", "P", "H2") == []
    assert numbers_of("H2") == [("H2", "–")]
    assert numbers_of("H1", "H3") == [("H3", "H1")]
    assert numbers_of("H1", "H2", "H4", "H5", "H1", "H6") == [("H4", "H2"), ("H6", "H1")]
    assert numbers_of("H1", "H7", "H", "Hx") == []


@pytest.mark.parametrize(
    ("entries", "is_told"),
    [
        ({}, True),
        ({"/Alt": String("words")}, False),
        ({"/Alt": String("")}, True),
        ({"/ActualText": String("")}, False),
        ({"/ActualText": String("words")}, False),
    ],
)
def test_a_figure_has_words_for_it(entries: dict[str, Any], *, is_told: bool) -> None:
    found = list(element_findings(all_of("P", ("Figure", entries), ("Formula", entries))))
    assert [(each.code, each.page) for each in found] == [("E153", 2)] * is_told


def test_only_tables_are_checked_as_tables() -> None:
    assert codes(element_findings(all_of(("Table", ("TR", "TD")), ("Div", ("TR", "TD"))))) == ["W157"]


def tag(role: str, kids: Any = None, **entries: Any) -> Dictionary:
    made = Dictionary(S=Name(f"/{role}"), **entries)
    if kids is not None:
        made.K = kids
    return made


def test_tags_are_read_in_order_with_their_pages_and_what_lies_in_them() -> None:
    held = tagged(None)
    first, second = (page.obj for page in held.pdf.pages)
    inner = tag("Span", 0)
    kids = Array(
        [tag("Sect", Array([tag("P", Array([0, inner]), Pg=second), tag("P")]), Pg=first), tag("P", 1)]
    )
    held.pdf.Root.StructTreeRoot.K = kids
    tags = tags_of(held)
    assert [(each.role, each.page, each.has_content) for each in tags] == [
        ("Sect", 1, False),
        ("P", 2, True),
        ("Span", 2, True),
        ("P", 1, False),
        ("P", 0, True),
    ]
    assert [each.parent.role if each.parent else "" for each in tags] == ["", "Sect", "P", "Sect", ""]
    assert [len(each.children) for each in tags] == [2, 1, 0, 0, 0]
    assert tags_of(checked(new_pdf(), SCREEN)) == []
    assert tags_of(tagged(None)) == []
    (only,) = tags_of(tagged(tag("Document")))
    assert (only.role, only.parent) == ("Document", None)


@pytest.mark.parametrize("deep", [DEEPEST - 1, DEEPEST, DEEPEST + 1, DEEPEST + 2])
def test_tags_are_read_two_hundred_deep(deep: int) -> None:
    pdf = new_pdf()
    inner = pdf.make_indirect(tag("P"))
    for _ in range(deep):
        inner = pdf.make_indirect(tag("Div", inner))
    assert len(TagTree(Dictionary(K=inner), {}).elements) == min(deep, DEEPEST) + 1


def test_a_tag_that_lies_in_itself_is_read_once() -> None:
    pdf = new_pdf()
    loop = pdf.make_indirect(tag("Div"))
    loop.K = Array([loop, tag("P"), tag("P")])
    assert [each.role for each in TagTree(Dictionary(K=Array([loop, loop])), {}).elements] == [
        "Div",
        "P",
        "P",
    ]


def test_a_role_stands_for_a_standard_one_through_eight_steps_at_most() -> None:
    chain = {f"R{at}": f"R{at + 1}" for at in range(7)} | {"R7": "P"}
    roles = [
        each.role for each in tags_of(tagged(Array([tag("R0"), tag("R1"), tag("P"), tag("Own")]), chain))
    ]
    assert roles == ["P", "P", "P", "Own"]
    longer = {f"R{at}": f"R{at + 1}" for at in range(8)} | {"R8": "P"}
    assert [each.role for each in tags_of(tagged(tag("R0"), longer))] == ["R8"]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({}, []),
        ({"Own": "P"}, []),
        ({"Own": "Other", "Other": "P"}, []),
        ({"P": "P"}, []),
        ({"P": "Span"}, [("P", "Span")]),
        ({"Own": "Own"}, [("Own", "Own")]),
        ({"Own": "Other", "Other": "Own"}, [("Other", "Other"), ("Own", "Own")]),
        ({"Own": "Other"}, []),
        ({"Own": "P", "P": "Span"}, [("P", "Span")]),
        ({"Own": "A", "A": "B", "B": "A"}, [("A", "A"), ("B", "B"), ("Own", "A")]),
    ],
)
def test_a_role_of_ones_own_is_mapped_to_a_standard_one(
    roles: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert list(mapping_faults(tagged(None, roles).pdf.Root.StructTreeRoot)) == expected


def of_roles(kids: Any, roles: dict[str, str]) -> list[tuple[str, str]]:
    held = tagged(kids, roles)
    found = list(role_findings(held, tags_of(held)))
    assert set(codes(found)) <= {"E159"}
    return [(each["name"], each["role"]) for each in values(found)]


def test_a_role_that_stands_for_no_standard_one_is_told_once() -> None:
    assert of_roles(Array([tag("P"), tag("Own")]), {"Own": "P"}) == []
    assert of_roles(Array([tag("Own"), tag("Own")]), {}) == [("Own", "–")]
    assert of_roles(Array([tag("Own")]), {"Own": "Other"}) == [("Other", "–")]
    assert of_roles(Array([tag("Own")]), {"Own": "Own"}) == [("Own", "Own")]
    assert of_roles(Array([tag("P")]), {"Own": "Own", "P": "Span"}) == [("P", "Span")]
    assert of_roles(Array([tag("n" * 80)]), {}) == [("n" * 60, "–")]
    assert of_roles(Array([tag("P")]), {"P": "n" * 80}) == [("P", "n" * 60)]
    assert list(role_findings(checked(new_pdf(), SCREEN), [])) == []


def test_broken_trees_are_read_as_far_as_they_go() -> None:
    held = tagged(Array([pikepdf.Name.P, 7, Dictionary(Type=Name.OBJR), tag("P", Dictionary(Type=Name.MCR))]))
    assert [(each.role, each.has_content) for each in tags_of(held)] == [("P", True)]
    held.pdf.Root.StructTreeRoot.RoleMap = Name.Wrong
    assert [each.role for each in tags_of(held)] == ["P"]
    assert list(mapping_faults(held.pdf.Root.StructTreeRoot)) == []

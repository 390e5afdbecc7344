"""A drawing is examined in one walk, however deeply its elements are nested."""

from __future__ import annotations

from pipeline.findings.finding import Finding
from pipeline.page.pictures.picture_info import PictureInfo
from pipeline.page.pictures.svg_files import examine_svg

OPENING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'


def nested(levels: int) -> bytes:
    return f"{OPENING}{'<g>' * levels}<use/>{'</g>' * levels}</svg>".encode()


def test_groups_are_walked_once_to_the_depth_that_a_drawing_may_have() -> None:
    assert isinstance(examine_svg(nested(190), "deep.svg", None), PictureInfo)


def test_eighty_thousand_nested_groups_are_refused() -> None:
    refused = examine_svg(nested(80_000), "deep.svg", None)
    assert isinstance(refused, Finding)
    assert refused.code == "E55"


def test_a_use_of_a_group_that_holds_a_use_is_refused_however_deep() -> None:
    deep = f'{"<g>" * 180}<use href="#b"/>{"</g>" * 180}'
    drawing = f'{OPENING}<g id="a">{deep}</g><rect id="b"/><use href="#a"/></svg>'
    refused = examine_svg(drawing.encode(), "again.svg", None)
    assert isinstance(refused, Finding)
    assert (refused.code, dict(refused.values)["what"]) == ("E60", "<use> → <use>")

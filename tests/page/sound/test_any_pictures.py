"""Pictures of whatever proportion, with whatever captions, are printed in either style."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image

from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

SIZES: Final = {
    "a needle": ((2400, 1600), (150, 2400), (3000, 1500), (2400, 1600)),
    "a strip": ((2400, 1600), (3000, 160), (1600, 2400), (2400, 1600)),
    "a tower": ((900, 2400), (2400, 1600), (900, 2400), (150, 2400)),
}


def photograph(width: int, height: int) -> bytes:
    target = io.BytesIO()
    grey = Image.linear_gradient("L").rotate(width % 360).resize((width, height))
    grey.convert("RGB").save(target, "JPEG", quality=60)
    return target.getvalue()


@pytest.mark.parametrize("style", ["knowledge-city", "bulletin"])
@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_pictures_of_any_proportion_with_captions_that_say_the_same_are_printed(
    tmp_path: Path, sizes: tuple[tuple[int, int], ...], style: str
) -> None:
    files = {f"{at}.jpg": photograph(*size) for at, size in enumerate(sizes)}
    shown = "\n\n".join(
        f'![Снимка {at}]({at}.jpg "Кестени по булеварда наесен"){{credit="Г. П."}}'
        for at in range(len(sizes))
    )
    articles = {
        "a.md": f"---\nkind: gallery\ntitle: Галерия\n---\n{shown}\n",
        "b.md": f"---\ntitle: Статия\n---\n{'Дума и дума. ' * 40}\n",
    }
    publication = PUBLICATION.replace("knowledge-city", style)
    issue = workspace(tmp_path / "w", articles, files, publication=publication)
    assert errors_in(built(issue, tmp_path / "out", "screen").findings) == []


@pytest.mark.parametrize("measure", ["bleed", "wide"])
def test_a_picture_over_the_page_beside_a_margin_column_stays_on_the_page(
    tmp_path: Path, measure: str
) -> None:
    files = {"a.jpg": photograph(2400, 1600), "b.jpg": photograph(900, 1200)}
    said = "Дума и още една дума от текста. " * 30
    text = (
        f'{said}\n\n![Човек](b.jpg){{.margin credit="Г. П."}}\n\n{said}\n\n'
        f'![Река](a.jpg "Реката"){{.{measure} credit="Г. П."}}\n\n{said}'
    )
    articles = {"a.md": f"---\ntitle: Статия\nweight: feature\n---\n{text}\n"}
    publication = PUBLICATION.replace("knowledge-city", "bulletin")
    issue = workspace(tmp_path / "w", articles, files, publication=publication)
    assert errors_in(built(issue, tmp_path / "out", "screen").findings) == []

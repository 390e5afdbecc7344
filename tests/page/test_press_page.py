"""A press page with every feature: CMYK alone, and every address printed."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import find_workspace
from pipeline.findings.place import Place
from pipeline.models.editions import PRESS, SCREEN
from pipeline.models.text import Code, Emphasis, Link, Run
from pipeline.page.markup import address_on_paper
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

DATE: Final = "2023-12-20"
PLACE: Final = Place(f"issues/{DATE}/all.md", 3, 1)
FAR: Final = "https://example.org/дълъг/път-към-нещо/което/не-се-събира/на/един/ред/от/страницата?a=1&b=2"

ISSUE: Final = """format: 1
number: 2
date: 2023-12-20
title: Всичко наведнъж
greeting: Честито!
cover: {article: all.md}
sections:
  - title: Всичко
    lead: Има от всичко по нещо.
    articles: [all.md, pictures.md, event.md]
  - title: Проекти
    articles: [project.md, other.md]
"""
ALL: Final = f"""---
title: Всичко
standfirst: Подзаглавие под *заглавието*.
---
Абзац с **получер**, *курсив*, ***и двете***, `код`, [думи с адрес](https://example.org/towers/),
адреса [example.org/bridge](https://example.org/bridge), [поща](mailto:office@example.org),
[другата](project.md) и бележка.[^a] Още веднъж[^a] и [много надалеч]({FAR}).

## Първо

### Второ

#### Трето

- точка
  - в точка
- [точка с адрес](https://example.net)

1. едно
2. две

> Цитат, който [води](https://example.com/quoted) навън.

***

| Име | Брой |
|:----|-----:|
| Едно [тук](https://example.edu/cell) | 1 |
| Две | 2 |

![Снимка на кула](images/photo.jpg "Широка снимка"){{.wide credit="Иван"}}

![Сива кула](images/grey.png "Сива снимка"){{credit="Иван"}}

![Кула в четири бои](images/inks.jpg "Малка снимка"){{.margin credit="Иван"}}

![Чертеж на кула](images/drawing.svg "Чертеж"){{credit="Иван"}}

[^a]: Бележка с [адрес](https://example.org/note).
"""
GALLERY: Final = """---
kind: gallery
title: Галерия
---
Три снимки.

![Първа снимка на кула](images/photo.jpg "Едно"){credit="Иван"}

![Втора снимка на кула](images/grey.png "Две"){credit="Иван"}

![Трета снимка на кула](images/drawing.svg "Три"){credit="Иван"}
"""
EVENT: Final = """---
kind: event
title: Събитие
start: 2024-11-07
end: 2024-11-09
place: Барселона
registration: https://example.org/registration
deadline: 2024-09-15
---
Ще се видим.
"""
OTHER: Final = """---
kind: project
title: Пътища
url: https://example.org/roads/
funder: eu
budget: {total: 9294500 EUR, share: 42500 EUR}
partners: {organisations: 3, countries: [BG, MT, PT]}
period: {end: 2025-01}
---
Проектът върви.
"""
DRAWING: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">
<rect width="60" height="40" fill="#0F4C64"/>
<path d="M5 5h20v20z"/><text x="30" y="20" font-size="6" fill="white">кула</text></svg>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The editions of an issue with every feature, as a draft."""
    root = tmp_path_factory.mktemp("all") / "workspace"
    shutil.copytree(GOOD, root)
    folder = root / "issues" / DATE
    texts = {"issue.yaml": ISSUE, "all.md": ALL, "pictures.md": GALLERY, "event.md": EVENT, "other.md": OTHER}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "tower.md").unlink()
    ramp = Image.linear_gradient("L").resize((2100, 1400))
    Image.merge("RGB", (ramp, ramp.rotate(180), ramp)).save(folder / "images/photo.jpg")
    ramp.save(folder / "images/grey.png")
    Image.merge("CMYK", (ramp, ramp.rotate(180), ramp, Image.new("L", ramp.size))).save(
        folder / "images/inks.jpg"
    )
    (folder / "images/drawing.svg").write_text(DRAWING, "utf-8")
    (folder / "images/tower.png").unlink()
    workspace = find_workspace(root)
    order = BuildRequest(folder, workspace, root / "out", editions=(SCREEN, PRESS), draft=True, fresh=True)
    built = build(order)
    assert [finding.code for finding in built.findings if finding.code.startswith("E")] == []
    return {
        edition.name: (root / "out" / DATE / f"bulletin-{DATE}-draft{edition.suffix}.pdf").read_bytes()
        for edition in (SCREEN, PRESS)
    }


def words(pdf: bytes) -> str:
    """Return the text of all pages, without spaces, ends of lines, and hyphens that may stand there."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return re.sub(r"[\r\n\ufffe -]", "", text)


def streams(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Yield every content stream, with its resources."""
    for page in pdf.pages:
        yield page.obj, page.resources
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and ("/BBox" in thing or thing.get("/Type") == "/Pattern"):
            yield thing, thing.get("/Resources", pikepdf.Dictionary())


def test_every_colour_of_every_element_is_an_ink(made: dict[str, bytes]) -> None:
    operators: set[str] = set()
    spaces: set[str] = set()
    with pikepdf.open(io.BytesIO(made["press"])) as pdf:
        for stream, resources in streams(pdf):
            for instruction in pikepdf.parse_content_stream(stream):
                operators.add(str(instruction.operator))
                if str(instruction.operator) in {"cs", "CS"}:
                    named = resources.get("/ColorSpace", {}).get(str(instruction.operands[0]))
                    written = [instruction.operands[0]] if named is None else list(named)[:3]
                    spaces.add(" ".join(str(part) for part in written))
        pictures = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing]
        of_pictures = {str(picture["/ColorSpace"]) for picture in pictures}
        assert not any("/SMask" in picture for picture in pictures)
    assert not {"g", "G", "rg", "RG", "sh"} & operators
    assert spaces <= {"/DeviceCMYK", "/Separation /All /DeviceCMYK"}
    assert of_pictures == {"/DeviceCMYK", "/DeviceGray"}


def test_the_screen_edition_of_the_same_pages_is_light(made: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(made["screen"])) as pdf:
        operators = {
            str(instruction.operator)
            for stream, _ in streams(pdf)
            for instruction in pikepdf.parse_content_stream(stream)
        }
    assert not {"k", "K"} & operators


@pytest.mark.parametrize(
    "address",
    [
        "example.org/towers",
        "office@example.org",
        "example.net",
        "example.com/quoted",
        "example.edu/cell",
        "example.org/note",
        FAR.removeprefix("https://"),
    ],
)
def test_the_address_of_a_link_is_printed_where_nobody_can_follow_it(
    made: dict[str, bytes], address: str
) -> None:
    told = f"({address})".replace("-", "")
    assert told in words(made["press"])
    assert told not in words(made["screen"])


def test_an_address_that_is_read_already_is_not_printed_twice(made: dict[str, bytes]) -> None:
    said = words(made["press"])
    assert said.count("example.org/bridge") == 1
    assert said.count("example.org/registration") == 1
    assert "project.md" not in said


def tops(pdf: bytes, page: int, *wanted: str) -> list[float]:
    """Return the height of the first occurrence of words on a page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[page - 1].get_textpage()
        found = [text.search(word).get_next() for word in wanted]
        assert all(found), wanted
        return [text.get_charbox(at[0])[3] for at in found if at]
    finally:
        document.close()


@pytest.mark.parametrize("edition", ["screen", "press"])
def test_what_closes_an_issue_begins_below_the_last_card(made: dict[str, bytes], edition: str) -> None:
    # The head of the calendar, and not the one above the page.
    card, column, head = tops(made[edition], 5, "example.org/roads", "Кога", "Календар")
    assert card > head > column


def test_a_draft_says_so_on_paper_too(made: dict[str, bytes]) -> None:
    assert "чернова" in words(made["press"]).casefold()


def link(target: str, *children: Run | Code | Emphasis) -> str:
    return str(address_on_paper(Link(target, children, PLACE)))


def run(text: str) -> Run:
    return Run(text, PLACE)


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a/", "example.org/a"),
        ("https://www.example.org/", "Example.org"),
        ("mailto:office@example.org", "office@example.org"),
        ("mailto:office@example.org?subject=a", "office@example.org"),
        ("https://example.org/a", "example.org/\u2060a"),
        ("all.md", "думи"),
        ("#anchor", "думи"),
    ],
)
def test_words_that_are_the_address_want_no_other(target: str, text: str) -> None:
    assert link(target, run(text)) == ""
    assert link(target, Emphasis((run(text),))) == ""


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://example.org/%D0%BA%D1%83%D0%BB%D0%B0", "example.org/кула"),
        ("https://example.org/a%20b", "example.org/a%20b"),
        ("https://example.org/%E2%80%AE", "example.org/%E2%80%AE"),
        ("https://example.org/%D0", "example.org/%D0"),
    ],
)
def test_letters_of_an_address_are_printed_as_letters_and_nothing_else_is(target: str, shown: str) -> None:
    assert re.sub(r"<[^>]*>", "", link(target, run("думи"))) == f" ({shown})"


def test_an_address_is_told_of_whatever_the_words_are() -> None:
    told = link("https://example.org/<a>", run("думи"))
    assert told.startswith(' <span class="address">(')
    assert "&lt;a" in told
    assert "<a" not in told

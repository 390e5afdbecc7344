"""QR codes beside addresses: on paper alone, in one ink, and read again from the drawn page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.page.figures.address_code import LEAST_MODULE, MOST_WIDTH, QUIET_ZONE, address_code
from pipeline.pdf.plates.plates import plates_of
from pipeline.pdf.raster import page_pictures
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

REGISTRATION: Final = "https://example.org/forma/zapisvane?sabitie=sreshta-na-redaktorite&godina=2024"
WEBSITE: Final = "https://example.org/sreshta/"
EVENT: Final = f"""---
kind: event
title: Среща на редакторите
start: 2024-02-10 10:00
place: София, читалище „Искра“
url: {WEBSITE}
registration: {REGISTRATION}
---
Срещата е отворена за всички.
"""
PPI: Final = 150


def workspace(root: Path, qr: str, *, style: str = "bulletin", event: str = EVENT) -> Workspace:
    shutil.copytree(GOOD, root)
    publication = root / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("name: knowledge-city", f"name: {style}")
    publication.write_text(f"{text}press: {{qr: {qr}}}\n" if qr else text, "utf-8")
    (issue,) = Workspace(root).issue_folders()
    (issue / "event.md").write_text(event, "utf-8")
    plan = issue / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("tower.md]", "tower.md, event.md]"), "utf-8")
    assert "event.md" in plan.read_text("utf-8")
    return Workspace(root)


def codes_in(pictures: list[Image.Image]) -> list[zxingcpp.Barcode]:
    return [code for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def words_of(pictures: list[Image.Image]) -> set[str]:
    return {code.text for code in codes_in(pictures)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("codes")
    own = workspace(root / "workspace", "addresses")
    (issue,) = own.issue_folders()
    editions = (SCREEN, PRESS, ARCHIVE)
    made = build(BuildRequest(issue, own, root / "out", editions=editions, mail=True, booklet=True))
    assert not errors(made.findings)
    stem = f"bulletin-{issue.name}"
    return {path.name.removeprefix(stem): path.read_bytes() for path in made.paths}


@pytest.mark.parametrize("edition", ["-press.pdf", "-booklet.pdf"])
def test_on_paper_the_codes_beside_addresses_are_read_from_the_page(
    built: dict[str, bytes], edition: str
) -> None:
    assert words_of(page_pictures(built[edition], PPI)) >= {REGISTRATION, WEBSITE}


@pytest.mark.parametrize("edition", [".pdf", "-archive.pdf"])
def test_on_a_screen_there_are_none(built: dict[str, bytes], edition: str) -> None:
    assert not codes_in(page_pictures(built[edition], PPI))
    assert b"code-of-address" not in built["-mail.html"]


def test_codes_are_large_enough_and_have_their_quiet_zone(built: dict[str, bytes]) -> None:
    ppi = 600
    pages = [page for page in page_pictures(built["-press.pdf"], PPI) if codes_in([page])]
    assert pages
    for number, page in enumerate(page_pictures(built["-press.pdf"], PPI), 1):
        if not codes_in([page]):
            continue
        (fine,) = page_pictures(built["-press.pdf"], ppi, [number])
        for code in codes_in([fine]):
            corners = code.position
            width = corners.top_right.x - corners.top_left.x
            # The finder pattern is seven modules wide: measured along the first row of the symbol.
            left, top = corners.top_left.x, corners.top_left.y
            row = [_is_dark(fine.getpixel((left + x, top + 4))) for x in range(-60, width)]
            begins = row.index(True)
            module = row[begins:].index(False) / 7
            assert module / ppi * 25.4 >= LEAST_MODULE - 0.03
            quiet = round((QUIET_ZONE - 0.5) * module)
            assert not any(
                _is_dark(fine.getpixel((left - 60 + begins - x, top + y)))
                for x in range(3, quiet)
                for y in range(0, width, 5)
            )


def _is_dark(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return sum(pixel) < 384


def test_codes_are_printed_in_black_alone(built: dict[str, bytes]) -> None:
    read = 0
    for plates in plates_of(built["-press.pdf"], PPI):
        cyan, magenta, yellow, black = plates.split()
        for code in zxingcpp.read_barcodes(Image.eval(black, lambda level: 255 - level)):
            corners = code.position
            box = (corners.top_left.x, corners.top_left.y, corners.bottom_right.x, corners.bottom_right.y)
            read += 1
            assert all(plate.crop(box).getextrema() == (0, 0) for plate in (cyan, magenta, yellow))
    assert read >= 2


def test_registrations_alone_have_codes_where_only_these_are_asked_for(tmp_path: Path) -> None:
    own = workspace(tmp_path / "workspace", "registrations")
    (issue,) = own.issue_folders()
    made = build(BuildRequest(issue, own, tmp_path / "out", editions=(PRESS,)))
    pdf = next(path for path in made.paths if path.suffix == ".pdf").read_bytes()
    assert words_of(page_pictures(pdf, PPI)) == {REGISTRATION}


@pytest.mark.parametrize(
    ("style", "event", "codes"),
    [
        ("knowledge-city", EVENT, ["W443"]),
        ("bulletin", EVENT.replace(REGISTRATION, "https://example.org/" + "я" * 275), ["W444"]),
        ("bulletin", EVENT, []),
    ],
)
def test_a_code_that_cannot_be_is_told(tmp_path: Path, style: str, event: str, codes: list[str]) -> None:
    own = workspace(tmp_path / "workspace", "registrations", style=style, event=event)
    (issue,) = own.issue_folders()
    found = [each.code for each in check_issue(issue, own).findings]
    assert [code for code in found if code in {"W443", "W444"}] == codes


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-/?=&%.я", max_size=280))
def test_a_code_is_never_too_small_to_be_read_nor_too_large_for_its_place(rest: str) -> None:
    drawn = address_code(f"https://example.org/{rest}", "", "#000000", "#FFFFFF")
    if drawn is None:
        assert len(rest.encode()) > 350
        return
    width = float(drawn.partition('width="')[2].partition("mm")[0])
    assert 22 <= width <= MOST_WIDTH
    assert drawn.count("M") > 100

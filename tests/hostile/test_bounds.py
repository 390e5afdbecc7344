"""Files of others have bounds: what they ask for is known before it costs, and each bound is named."""

from __future__ import annotations

import io
import os
import time
import zipfile
from typing import TYPE_CHECKING, TextIO

import pikepdf
import pytest
from jinja2.exceptions import SecurityError

from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.delivery.returns.bounces import messages_in
from pipeline.delivery.settings.passwords import read_secret
from pipeline.files import bounded_process
from pipeline.files.bounded_process import Bounds, PastBoundsError, in_bounds
from pipeline.files.owned_files import load
from pipeline.findings.finding import ArchiveError, DeliveryError, Finding
from pipeline.importing.formats.table_rows import read_tables
from pipeline.importing.html.tree import parse_html
from pipeline.models.editions import EDITIONS
from pipeline.page.pictures.svg_files import examine_svg
from pipeline.page.templates.environment import BoundedEnvironment
from pipeline.pdf.content.embedded_files import embedded_files
from tests.bench.hostile_pdfs.__main__ import judge
from tests.conftest import run_bulletin
from tests.hostile.pdfs import hostile
from tests.support.broken_pdfs import sound
from tests.support.shelves import archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EDITION_NAMES = list(EDITIONS)


@pytest.mark.parametrize("seed", range(20))
def test_a_hostile_pdf_is_judged_within_its_bounds(seed: int, tmp_path: Path) -> None:
    edition = EDITION_NAMES[seed % 3]
    path = tmp_path / "hostile.pdf"
    path.write_bytes(hostile(seed, EDITIONS[edition]))
    assert judge(path, edition).faults == []


def blank() -> pikepdf.Pdf:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    return pdf


def tiny_pattern() -> bytes:
    """Eight hundred bytes whose drawing would take minutes."""
    pdf = blank()
    tile = pdf.make_stream(b"0 0 1 1 re f")
    tile.PatternType = tile.PaintType = tile.TilingType = 1
    tile.BBox, tile.XStep, tile.YStep = pikepdf.Array([0, 0, 1, 1]), 0.0001, 0.0001
    tile.Resources = pikepdf.Dictionary()
    pdf.pages[0].Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=tile))
    pdf.pages[0].Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 595 842 re f")
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def many_operators() -> bytes:
    pdf = blank()
    pdf.pages[0].Contents = pdf.make_stream(b"0 0 1 1 re f\n" * 1_400_000)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def many_pages() -> bytes:
    pdf = blank()
    for _ in range(1_001):
        pdf.pages.append(pdf.pages[0])
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (tiny_pattern, "E128: the file asks for more than it may"),
        (many_operators, "E116: the content of the page cannot be followed: too many instructions"),
        (many_pages, "it has more than 1000 pages"),
    ],
    ids=["tiny-pattern", "many-operators", "many-pages"],
)
def test_the_bound_that_a_pdf_meets_is_named(make: object, said: str, tmp_path: Path) -> None:
    assert callable(make)
    path = tmp_path / "hostile.pdf"
    path.write_bytes(make())
    judged = judge(path, "press")
    assert judged.faults == []
    assert judged.status == 1
    assert said in judged.output


def test_names_that_lead_back_to_themselves_are_read_once() -> None:
    pdf = blank()
    node = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([])))
    node.Names = pikepdf.Array([pikepdf.String("a"), pikepdf.Dictionary(UF=pikepdf.String("a"))])
    node.Kids = pikepdf.Array([node, node])
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
    assert [name for name, _ in embedded_files(pdf)] == ["a"]


# a process of its own


def spins(_: object) -> Iterator[str]:
    yield "before"
    while True:
        pass


def hoards(_: object) -> Iterator[str]:
    yield "before"
    kept = bytearray(2_000_000_000)
    yield str(len(kept))


def breaks_down(_: object) -> Iterator[str]:
    yield "before"
    os._exit(3)


def counts(number: int) -> Iterator[int]:
    yield from range(number)


def test_work_within_its_bounds_is_done_whole() -> None:
    assert list(in_bounds(counts, 3, Bounds(10, 1_000_000_000))) == [0, 1, 2]


def fails(_: object) -> Iterator[str]:
    yield "before"
    raise ZeroDivisionError


def ends_while_it_answers(_: object) -> Iterator[str]:
    def half(answers: TextIO, answer: str) -> None:
        answers.write(answer[: len(answer) // 2])
        answers.flush()
        os._exit(3)

    yield "before"
    bounded_process._answer = half
    yield "behind"


def says_something_else(_: object) -> Iterator[str]:
    def otherwise(answers: TextIO, answer: str) -> None:
        answers.write(f"[{answer}]\n")
        answers.flush()
        time.sleep(60)

    yield "before"
    bounded_process._answer = otherwise
    yield "behind"


@pytest.mark.parametrize(
    ("work", "by"),
    [
        (spins, "time"),
        (hoards, "memory"),
        (breaks_down, "fault"),
        (fails, "fault"),
        (ends_while_it_answers, "fault"),
        (says_something_else, "fault"),
    ],
)
def test_work_past_its_bounds_is_stopped_and_what_it_found_is_kept(work: object, by: str) -> None:
    found: list[str] = []
    with pytest.raises(PastBoundsError) as stopped:
        found.extend(in_bounds(work, None, Bounds(1 if work is spins else 30, 500_000_000)))  # type: ignore[arg-type]
    assert stopped.value.by == by
    assert found in (["before"], [])
    assert ("ZeroDivisionError" in str(stopped.value)) == (work is fails)


# workbooks


def workbook(sheet: bytes) -> bytes:
    """Return a workbook of one sheet with this content."""
    target = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r" '
            f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="s" '
            f'Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        head = f'<worksheet xmlns="{main}"><sheetData>'.encode()
        packed.writestr("xl/worksheets/sheet1.xml", head + sheet + b"</sheetData></worksheet>")
    return target.getvalue()


CELL = b'<c t="inlineStr"><is><t>a@example.org</t></is></c>'


@pytest.mark.parametrize(
    "sheet",
    [
        b"<row>" + CELL * 1_100_000 + b"</row>",
        b"<row/>" * 1_100_000,
        (b"<row>" + CELL * 2 + b"</row>") * 400_000,
    ],
    ids=["one row without end", "empty rows without end", "rows without end"],
)
def test_a_workbook_of_one_cell_repeated_is_refused_before_it_is_read(sheet: bytes, tmp_path: Path) -> None:
    path = tmp_path / "members.xlsx"
    path.write_bytes(workbook(sheet))
    assert path.stat().st_size < 1_000_000
    before = time.process_time()
    with pytest.raises(DeliveryError, match="E305"):
        read_tables(path, "members.xlsx", len)
    assert time.process_time() - before < 15


def test_an_ordinary_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "members.xlsx"
    path.write_bytes(workbook((b"<row>" + CELL + b"</row>") * 30))
    assert len(read_tables(path, "members.xlsx", len)) == 30


# drawings, templates, pages


def test_a_drawing_of_parts_within_parts_is_refused_before_it_is_built() -> None:
    deep = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + b"<g>" * 20_000 + b"</g>" * 20_000
    wide = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + b"<g/>" * 60_000
    for data in (deep + b"</svg>", wide + b"</svg>"):
        found = examine_svg(data, "drawing.svg", None)
        assert isinstance(found, Finding)
        assert found.code == "E55"
        assert "parts" in dict(found.values)["problem"]


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'x' * 3000000000 }}",
        "{{ 3000000000 * ['x'] }}",
        "{{ 'x'.ljust(3000000000) }}",
        "{{ 'x' | center(3000000000) }}",
        "{{ '%3000000000d' % 1 }}",
        "{{ '%3000000000d' | format(1) }}",
        "{{ '{:>3000000000}'.format(1) }}",
        "{{ '{:>{}}'.format(1, 3000000000) }}",
        "{{ '{:>{w}}'.format(1, w='3000000000') }}",
        "{{ ('{:>3000000000}' | escape).format(1) }}",
        "{{ '{0:>3000000000}'.format_map({'0': 1}) }}",
        "{{ 10 ** 30000000 }}",
        "{% set ns = ['x' * 10000] %}{% for i in range(9999) %}{{ ns[0] }}{% endfor %}",
        "{{ ('x' * 9999) * 9999 }}",
    ],
)
def test_a_template_cannot_make_text_without_end(template: str) -> None:
    environment = BoundedEnvironment(autoescape=True)
    environment.globals["range"] = range
    with pytest.raises(SecurityError):
        environment.from_string(template).render()


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{{ '-' * 20 }}", "-" * 20),
        ("{{ 6 * 7 }}{{ 2 ** 10 }}{{ 7 % 4 }}", "4210243"),
        ("{{ '%.2f' | format(1.5) }}{{ 'a' | center(3) }}", "1.50 a "),
        ("{{ '%05d' % 12 }}{{ 'ab'.replace('a', 'c') }}", "00012cb"),
        ("{{ '+359888123456: {:>3}'.format(7) }}", "+359888123456:   7"),
        ("{{ '{}: {:>3}'.format('+359888123456', 7) }}", "+359888123456:   7"),
        ("{{ '%d, %s' % (294500, '0888123456') }}{{ '{:>{}}'.format(294, 6) }}", "294500, 0888123456   294"),
        ("{{ '%d' | format(294500) }}{{ '{:,}'.format(294500) }}", "294500294,500"),
        ("{{ 'a\nb' | indent(2) }}", "a\n  b"),
    ],
)
def test_what_templates_ordinarily_do_is_as_it_was(template: str, made: str) -> None:
    assert BoundedEnvironment(autoescape=True).from_string(template).render() == made


def test_a_page_of_boxes_within_boxes_is_refused_while_it_is_read() -> None:
    before = time.process_time()
    with pytest.raises(Exception, match="E500"):
        parse_html("<div>" * 40_000, "page.html")
    assert time.process_time() - before < 10


# pipes and devices


@pytest.fixture(params=["pipe", "device", "link to a device", "folder"])
def no_plain_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the path of what can be opened and is no plain file."""
    path = tmp_path / "odd"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "folder":
        path.mkdir()
    elif request.param == "device":
        return type(path)("/dev/zero")
    else:
        path.symlink_to("/dev/zero")
    return path


def test_what_is_no_plain_file_is_never_waited_for(no_plain_file: Path) -> None:
    with pytest.raises(OSError, match="no plain file"):
        load(no_plain_file, 1000)


def test_a_list_of_members_that_is_no_plain_file_is_refused(no_plain_file: Path) -> None:
    with pytest.raises(DeliveryError, match="E301"):
        read_tables(no_plain_file, "members", len)


def test_a_password_that_is_no_plain_file_is_refused(no_plain_file: Path) -> None:
    with pytest.raises(DeliveryError, match="E89"):
        read_secret(no_plain_file)


def test_returned_mail_that_is_no_plain_file_is_named(no_plain_file: Path) -> None:
    if no_plain_file.is_dir():
        os.mkfifo(no_plain_file / "message.eml")
    found = list(messages_in(no_plain_file))
    assert [getattr(finding, "code", "") for _, finding in found] == ["E380"]


def test_a_filed_file_that_became_a_pipe_is_missing(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    shelf = Shelf(workspace)
    filing = shelf.filings[-1]
    name = next(iter(filing.files))
    shelf.path(filing, name).unlink()
    os.mkfifo(shelf.path(filing, name))
    with pytest.raises(ArchiveError, match="E210"):
        shelf.file(filing, name)
    assert {finding.code for finding in verify(shelf).findings} == {"E210"}


@pytest.mark.parametrize("command", [["preflight", "--edition", "screen"], ["import"], ["members", "check"]])
def test_a_command_does_not_wait_for_a_pipe(command: list[str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file.html")
    done = run_bulletin(command[0], *command[1:2], str(tmp_path / "file.html"), *command[2:], cwd=tmp_path)
    assert done.returncode in {1, 2}


def test_an_archive_pdf_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "archive.pdf")
    done = run_bulletin("archive", "restore", "archive.pdf", "--to", "new", cwd=tmp_path)
    assert done.returncode == 1


def test_the_sound_file_is_judged_as_before_by_the_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "sound.pdf"
    path.write_bytes(sound(EDITIONS["screen"]))
    judged = judge(path, "screen")
    assert judged.status == 0
    assert "no errors, no warnings" in judged.output
    assert "layers" in judged.output

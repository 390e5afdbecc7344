"""A page is looked at again unless the same check found nothing in the very same drawing before."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.models.editions import EDITIONS, PRESS, SCREEN
from pipeline.page.engine.paragraphs.remembered import Memory
from pipeline.pdf.content import sound_pages
from pipeline.pdf.content.sound_pages import FilePages, SoundPages, page_digests
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.visibility.visibility import unreadable
from pipeline.pdf.preflight.preflight import findings_of, preflight
from tests.pdf.law.hand_drawn import WORD, drawn
from tests.pdf.law.test_seen_texts import SEEN, UNSEEN
from tests.support.broken_pdfs import CASES, CONDITION, Broken, broken, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:
    """Return a file with something changed in it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target, **options)
    return target.getvalue()


def checked(data: bytes, edition: Edition, known: SoundPages | None = None) -> list[Finding]:
    condition = CONDITION if edition.in_ink else None
    pages = known.of(data) if known is not None else FilePages()
    # Separations are judged by themselves, see below.
    return preflight(data, edition, condition, plates=(), pages=pages)


@pytest.fixture(scope="module")
def known() -> SoundPages:
    """A memory of the sound file of each edition, each checked as every edition."""
    known = SoundPages()
    for data in map(sound, EDITIONS.values()):
        for edition in EDITIONS.values():
            checked(data, edition, known)
    return known


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.spoil.__name__}")
def test_every_fault_of_a_file_is_found_beside_sound_files(known: SoundPages, case: Broken) -> None:
    data = broken(case)
    assert checked(data, case.edition, known) == checked(data, case.edition)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_page_that_is_sound_as_one_edition_is_checked_as_another(edition: Edition) -> None:
    known = SoundPages()
    for other in EDITIONS.values():
        checked(sound(edition), other, known)
    for other in EDITIONS.values():
        assert checked(sound(edition), other, known) == checked(sound(edition), other)


def test_every_text_that_cannot_be_seen_is_found_beside_pages_whose_texts_can() -> None:
    known = SoundPages()

    def judged(content: str, pages: SoundPages) -> list[object]:
        data = drawn(content)
        with opened_pages(data) as (page,):
            return list(pages.of(data).found(1, "texts", unreadable(page, page.fragments)))

    for content in SEEN.values():
        assert judged(content, known) == judged(content, SoundPages()) == []
    for content, fault in UNSEEN.values():
        for _ in range(2):
            assert fault in {each.fault for each in judged(content, known)}  # type: ignore[attr-defined]


def test_a_sound_page_is_not_painted_again_whatever_file_it_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    plain = preflight.__globals__["painted"]

    def watched(page: pikepdf.Page, fonts: Any) -> Any:
        painted.append(page)
        return plain(page, fonts)

    monkeypatch.setitem(preflight.__globals__, "painted", watched)
    known, data = SoundPages(), sound(SCREEN)
    assert checked(data, SCREEN, known) == []
    count = len(painted)
    assert count
    written_anew = changed(data, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert checked(data, SCREEN, known) == checked(written_anew, SCREEN, known) == []
    assert len(painted) == count
    assert checked(data, SCREEN) == []
    assert len(painted) == 2 * count


def test_a_fault_of_a_font_that_was_named_on_a_page_before_is_named_where_that_page_is_not() -> None:
    def two_pages_without_font(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor.FontFile2
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].contents_add(b" ")

    known, both = SoundPages(), changed(sound(SCREEN), two_pages_without_font)
    second = changed(both, lambda pdf: pdf.pages.__delitem__(0))
    for data in (both, second):
        named = [(each.code, each.page) for each in checked(data, SCREEN, known) if each.code == "E130"]
        assert named
        assert {page for _, page in named} == {1}


def test_what_breaks_off_is_not_sound() -> None:
    known = SoundPages().of(drawn(WORD))

    def failing() -> Iterator[str]:
        raise ValueError
        yield ""

    with pytest.raises(ValueError, match=r"^$"):
        list(known.found(1, "check", failing()))
    assert list(known.found(1, "check", iter(["found"]))) == ["found"]

    asked = known.found(1, "other check", iter(["found", "found again"]))
    assert next(asked) == "found"
    del asked
    assert list(known.found(1, "other check", iter(["found"]))) == ["found"]


def test_pages_are_known_by_check_and_drawing_and_only_as_long_as_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sound_pages, "MOST_PAGES", 3)
    known = SoundPages().of(drawn(WORD, f"{WORD} "))
    assert list(known.found(1, "check", iter(()))) == []
    assert list(known.found(1, "check", iter(["not looked for"]))) == []
    assert list(known.found(1, "other", iter(["found"]))) == ["found"]
    assert list(known.found(2, "check", iter(["found"]))) == ["found"]
    assert list(known.found(3, "check", iter(["beyond the file"]))) == ["beyond the file"]
    for number in range(3):
        list(known.found(2, number, iter(())))
    assert list(known.found(1, "check", iter(["found"]))) == ["found"]


def larger_sheet(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.MediaBox
    pdf.Root.Pages.MediaBox = Array([0, 0, 300, 301])


CHANGES: Final[dict[str, Callable[[pikepdf.Pdf], object]]] = {
    "content": lambda pdf: pdf.pages[0].contents_add(b" "),
    "content of a form": lambda pdf: pdf.pages[0].Resources.XObject.X1.write(WORD.encode() + b" "),
    "entry of a form": lambda pdf: setattr(
        pdf.pages[0].Resources.XObject.X1, "BBox", Array([0, 0, 300, 299])
    ),
    "font of a form": lambda pdf: setattr(
        pdf.pages[0].Resources.XObject.X1.Resources.Font.F1, "BaseFont", Name.Courier
    ),
    "graphics state": lambda pdf: setattr(pdf.pages[0].Resources.ExtGState.G1, "ca", 0.2),
    "sheet": lambda pdf: setattr(pdf.pages[0], "MediaBox", Array([0, 0, 300, 301])),
    "sheet of all pages": larger_sheet,
    "trim": lambda pdf: setattr(pdf.pages[0], "TrimBox", Array([9, 9, 290, 290])),
    "turned": lambda pdf: setattr(pdf.pages[0], "Rotate", 90),
    "turned with all pages": lambda pdf: setattr(pdf.Root.Pages, "Rotate", 90),
    "unit": lambda pdf: setattr(pdf.pages[0], "UserUnit", 2),
    "transparency": lambda pdf: setattr(
        pdf.pages[0], "Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    ),
    "what is noted on it": lambda pdf: setattr(
        pdf.pages[0],
        "Annots",
        Array([pdf.make_indirect(Dictionary(Subtype=Name.Square, Rect=Array([0, 0, 300, 300])))]),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_page_with_anything_else_drawn_is_another(change: Callable[[pikepdf.Pdf], object]) -> None:
    data = drawn(WORD)
    (before,), (after,) = page_digests(data), page_digests(changed(data, change))  # type: ignore[arg-type]
    assert before != after
    assert None not in (before, after)


def test_a_page_is_the_same_wherever_its_objects_are_in_the_file() -> None:
    data = drawn(WORD, f"{WORD} ")
    moved = changed(data, lambda pdf: pdf.pages.reverse(), linearize=True)
    packed = changed(data, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    first, second = page_digests(data)
    assert first != second
    assert page_digests(moved) == [second, first]
    assert page_digests(packed) == [first, second]


def test_pages_that_refer_to_one_another_are_told_apart_by_what_is_on_them() -> None:
    def link(pdf: pikepdf.Pdf, to: int) -> None:
        target = Array([pdf.pages[to].obj, Name.Fit])
        note = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=target, P=pdf.pages[0].obj)
        pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

    data = drawn(WORD, WORD)
    to_first, to_second = (changed(data, functools.partial(link, to=to)) for to in (0, 1))
    assert None not in page_digests(to_first)
    assert page_digests(to_first)[0] != page_digests(to_second)[0]
    assert page_digests(to_first)[1] == page_digests(data)[1]


def test_a_page_that_holds_itself_or_is_nested_without_end_is_never_known() -> None:
    def hold_itself(pdf: pikepdf.Pdf) -> None:
        form = pdf.pages[0].Resources.XObject.X1
        form.Resources.XObject = Dictionary(X1=form)

    def nest(pdf: pikepdf.Pdf) -> None:
        for _ in range(60):
            form = pdf.make_stream(b"")
            form.Resources = Dictionary(XObject=Dictionary(X1=pdf.pages[0].Resources.XObject.X1))
            pdf.pages[0].Resources.XObject.X1 = form

    data = drawn(WORD)
    for change in (hold_itself, nest):
        whole = changed(data, change)
        assert page_digests(whole) == [None]
        assert [*SoundPages().of(whole).found(1, "check", iter(["found"]))] == ["found"]


def test_no_page_is_known_where_layers_may_hide_something_or_the_file_is_broken() -> None:
    hidden = changed(drawn(WORD), lambda pdf: setattr(pdf.Root, "OCProperties", Dictionary()))
    assert page_digests(hidden) == page_digests(b"%PDF-1.7 and nothing more") == []
    assert list(findings_of(b"%PDF-1.7", SCREEN, pages=SoundPages().of(b"%PDF-1.7")))


def test_separations_are_judged_each_time() -> None:
    known = SoundPages()
    checked(sound(PRESS), PRESS, known)
    fresh = findings_of(sound(PRESS), PRESS, CONDITION._replace(ink_limit=1), pages=known.of(sound(PRESS)))
    assert {each.code for each in fresh} == {"E123"}


def test_what_was_learned_in_another_process_is_known_here() -> None:
    digests = [b"one", b"two", None]
    there, here = (FilePages(digests, Memory(9)) for _ in range(2))
    assert list(there.found(1, "check", [])) == []
    assert list(there.found(2, "check", ["fault"])) == ["fault"]
    assert list(there.found(3, "check", [])) == []
    here.learn(there.learned())
    assert list(here.found(1, "check", ["never looked at"])) == []
    assert list(here.found(2, "check", ["fault"])) == ["fault"]
    assert list(here.found(3, "check", ["looked at"])) == ["looked at"]

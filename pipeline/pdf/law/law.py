"""The law of the page: each word of the typeset issue is held against what the pages of a PDF show."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, Spot, found, in_order
from pipeline.pdf.content.sound_pages import NONE_KNOWN
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.expected.issue import expected_of
from pipeline.pdf.law.expected.pictures import expected_pictures
from pipeline.pdf.law.insertions import inserted_words
from pipeline.pdf.law.links import wrong_links
from pipeline.pdf.law.matching.matcher import Matcher
from pipeline.pdf.law.matching.shown_fragments import ShownFragments
from pipeline.pdf.law.numbers import contents_findings, number_findings
from pipeline.pdf.law.pictures import picture_faults
from pipeline.pdf.law.repetition import surplus_of
from pipeline.pdf.law.second_reading import SecondReading
from pipeline.pdf.law.table_columns import cells_in_other_columns
from pipeline.pdf.law.visibility.contrast import LEAST_CONTRAST
from pipeline.pdf.law.visibility.visibility import Fault, unreadable
from pipeline.pdf.law.word_faults import code_line_fault, hyphen_fault, space_fault
from pipeline.pdf.law.word_spaces import fragments_at, lost_spaces, torn_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.findings.place import Place
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.pdf.content.sound_pages import FilePages
    from pipeline.pdf.law.drawn.drawn_text import Box, DrawnPage, Fragment
    from pipeline.pdf.law.expected.issue import Expected
    from pipeline.pdf.law.expected.pictures import ExpectedPicture
    from pipeline.pdf.law.matching.match import Match

_CODES: Final = {
    Fault.HIDDEN: "E182",
    Fault.NO_CONTRAST: "E183",
    Fault.OFF_PAGE: "E184",
    Fault.NO_SIZE: "E185",
    Fault.OVERLAPPED: "E186",
    Fault.DISTORTED: "E173",
    Fault.STRUCK: "E195",
}

_MILLIMETRES: Final = 25.4 / 72


def law_of_the_page(
    issue: Issue,
    pdf: bytes,
    edition: Edition,
    words_in_pictures: Iterable[str] = (),
    *,
    made_up: bool = False,
    pictures: Mapping[str, bytes] | None = None,
    known: FilePages = NONE_KNOWN,
) -> list[Finding]:
    """Hold the pages of an edition against what the issue says.

    Args:
        issue: Typeset.
        pdf: The finished file.
        edition: Which edition it is.
        words_in_pictures: Texts that drawings of the issue contain, which the pages show besides.
        made_up: Whether its style makes the pages up: events in a calendar, credits once, names on the cover.
        pictures: The files of its pictures of pixels as the engine was given them, by source.
        known: Its pages: texts that could all be read on a page before are not looked at again.

    Returns:
        An error for words that are missing (E180), doubled (E181), hidden (E182), without contrast (E183),
        off the page (E184), too small (E185), under other text (E186), out of order (E187), struck through
        (E195) or of nobody (E171); for a lost or made space (E174, E172), a wrong number (E189), a link that
        leads elsewhere (E194); for a picture that is missing or doubled (E196), hidden (E197) or exchanged
        (E198). Only E188, where the text of a page cannot be read.
    """
    expected = expected_of(issue, edition, made_up=made_up)
    with opened_pages(pdf) as pages:
        doubts = [
            found("E188", None, page=page.number, count=len(page.unread)) for page in pages if page.unread
        ]
        judgement = _Judgement(expected, pages, words_in_pictures, known, carries_links=edition.carries_links)
        if doubts:
            return doubts
        sought = list(expected_pictures(issue, pictures or {}, made_up=made_up))
        return in_order((*judgement.findings(), *judgement.picture_findings(sought)))


class _Judgement:
    """The law applied to one file.

    Args:
        expected: What the pages must show.
        pages: What they show.
        words_in_pictures: Texts of drawings.
        known: What is known of such pages.
        carries_links: Whether words must lead where the issue says.
    """

    def __init__(
        self,
        expected: Expected,
        pages: Sequence[DrawnPage],
        words_in_pictures: Iterable[str],
        known: FilePages = NONE_KNOWN,
        *,
        carries_links: bool,
    ) -> None:
        self._expected = expected
        self._pages = pages
        self._fragments = [fragment for page in pages for fragment in page.fragments]
        self._shown = ShownFragments(self._fragments, expected.running)
        self._words_in_pictures = words_in_pictures
        self._known = known
        self._carries_links = carries_links

    def findings(self) -> Iterator[Finding]:
        """Yield all that is wrong."""
        shown = self._shown
        for block in self._expected.blocks:
            block.choose(shown.signs)
        matches = self._matches = Matcher(shown).match_all(self._expected.blocks)
        self._second = SecondReading(shown, self._expected.blocks)
        yield from number_findings(shown, matches)
        yield from contents_findings(shown, matches)
        yield from self._missing(matches)
        for match in matches:
            if match.is_whole:
                yield from self._of_order(match)
        yield from self._row_findings(matches)
        yield from (self._about("E176", cell) for cell in cells_in_other_columns(matches))
        yield from self._surplus(matches)
        yield from self._spaces(matches)
        if self._carries_links:
            yield from self._wrong_links(matches)
        yield from self._unreadable()

    def picture_findings(self, expected: Sequence[ExpectedPicture]) -> Iterator[Finding]:
        """Yield what is wrong with the pictures; the words were read before."""
        captions: dict[str, list[Fragment]] = defaultdict(list)
        under_pictures = [match for match in self._matches if match.block.picture and match.is_whole]
        said = Counter(match.block.signs for match in under_pictures)
        for match in under_pictures:
            # Of captions that say the same, which is whose is not known.
            if said[match.block.signs] == 1:
                captions[match.block.picture].append(match.fragments[0])
        single = {source: found[0] for source, found in captions.items() if len(found) == 1}
        for fault in picture_faults(self._pages, expected, single):
            spot = None
            if fault.shown is not None:
                spot = spot_of(fault.shown.box, self._pages[fault.page - 1].trim)
            yield found(fault.code, fault.picture.place, page=fault.page, spot=spot, **fault.values)

    def _surplus(self, matches: Sequence[Match]) -> Iterator[Finding]:
        """Yield words that stand on the pages once more than in the files, and those that nobody wrote."""
        surplus = surplus_of(self._shown, matches, self._expected, self._words_in_pictures)
        for fragment, block in surplus.repeated:
            if self._second.is_once_too_often(fragment):
                yield self._around("E181", block.place, fragment)
        for fragment, match in inserted_words(surplus.unknown, matches, self._expected):
            place = match.block.place if match else None
            beside = match.block.words_from(0) if match else ""
            yield self._around("E171", place, fragment, beside=beside)

    def _spaces(self, matches: Sequence[Match]) -> Iterator[Finding]:
        """Yield words that run together or are torn apart, as they are seen."""
        for page in self._pages:
            for fragment in fragments_at(page, lost_spaces(page)):
                match = self._shown.owners.get(fragment)
                if match is not None and not match.block.lines:
                    yield self._around("E174", match.block.place, fragment)
        for match, offset in torn_words(matches, self._pages):
            block, on = match.block, match.fragments[0].page
            yield found("E172", block.place_at(offset), page=on, words=block.words_from(offset, most=1))

    def _wrong_links(self, matches: Sequence[Match]) -> Iterator[Finding]:
        for wrong in wrong_links(self._pages, matches):
            place = wrong.match.block.place_at(wrong.offset)
            values = {"address": wrong.wanted or "–", "shown": wrong.shown or "–"}
            yield self._around("E194", place, wrong.fragment, **values)

    def _around(self, code: str, place: Place | None, fragment: Fragment, **values: str) -> Finding:
        words = fragment.text.strip()
        return found(code, place, page=fragment.page, spot=self._spot(fragment), words=words, **values)

    def _missing(self, matches: Sequence[Match]) -> Iterator[Finding]:
        """Yield a finding for each stretch of blocks without all their words."""
        run: list[Match] = []
        page = 1
        for match in [*matches, None]:
            if match is not None and not match.is_whole:
                if self._second.is_there(match.block):
                    continue
                run.append(match)
                if not match.offset:
                    continue
            if run:
                yield self._missing_run(run, page)
                run = []
            if match is not None and match.fragments:
                page = match.fragments[-1].page

    def _missing_run(self, run: Sequence[Match], page: int) -> Finding:
        first = run[0]
        last = first.fragments[-1] if first.fragments else None
        count = sum(len(match.block.words_from(match.offset, most=100_000).split()) for match in run)
        return found(
            "E180",
            first.block.place_at(first.offset),
            page=last.page if last else page,
            spot=self._spot(last) if last else None,
            words=first.block.words_from(first.offset),
            count=count,
        )

    def _of_order(self, match: Match) -> Iterator[Finding]:
        """Yield what is wrong with a block all whose words are there."""
        block = match.block
        if not (match.in_order and match.after_previous) and not self._second.may_be_another(block):
            yield self._about("E187", match)
        if block.stands_alone:
            yield from self._between_signs(match)

    def _between_signs(self, match: Match) -> Iterator[Finding]:
        """Yield what is wrong between the signs of a block that stands by itself."""
        block, page = match.block, match.fragments[0].page
        fault = hyphen_fault(match, self._fragments)
        if fault is not None and not self._has_lone_hyphen(match):
            words = block.words_from(fault, most=1)
            yield found("E180", block.place_at(fault), page=page, words=words, count=1)
        for code, offset in (("E174", space_fault(match)), ("E175", code_line_fault(match, self._pages))):
            if offset is not None:
                yield found(code, block.place_at(offset), page=page, words=block.words_from(offset))

    def _has_lone_hyphen(self, match: Match) -> bool:
        """Return whether a hyphen stands as a text object of its own on a line of a block."""
        lone = [fragment for fragment in self._fragments if not fragment.bare]
        return any(hyphen.is_on_line_of(fragment) for hyphen in lone for fragment in match.fragments)

    def _row_findings(self, matches: Sequence[Match]) -> Iterator[Finding]:
        """Yield cells that do not stand beside the others of their row."""
        rows: dict[tuple[str, int], list[Match]] = defaultdict(list)
        for match in matches:
            if match.block.row and match.is_whole:
                rows[match.block.row, match.fragments[0].page].append(match)
        for cells in rows.values():
            tallest = max(cells, key=lambda cell: cell.top - cell.bottom)
            for cell in cells:
                on_line = cell.fragments[0].is_on_line_of(tallest.fragments[0])
                apart = not on_line and (cell.top <= tallest.bottom or cell.bottom >= tallest.top)
                # Cells that are set below one another make a column of their own. Either of the two may have
                # been taken for equal words elsewhere, as the place of an event in its card and the calendar.
                either = (cell.block, tallest.block)
                if (
                    apart
                    and not _is_stacked(cell, tallest)
                    and not any(map(self._second.may_be_another, either))
                ):
                    yield self._about("E187", cell)

    def _unreadable(self) -> Iterator[Finding]:
        owners = self._shown.owners
        for page in self._pages:
            mine = [at for at, fragment in enumerate(page.fragments) if fragment in owners]
            texts = unreadable(page, [page.fragments[at] for at in mine])
            seen: set[tuple[object, Fault]] = set()
            for text in self._known.found(page.number, ("reading", *mine), texts):
                block = owners[text.fragment].block
                if (block, text.fault) in seen:
                    continue
                seen.add((block, text.fault))
                values = {"words": text.words}
                if text.fault is Fault.NO_CONTRAST:
                    values |= {"contrast": f"{text.contrast:.1f}", "least": f"{LEAST_CONTRAST:g}"}
                if text.fault is Fault.NO_SIZE:
                    values["size"] = f"{text.fragment.size:.1f}"
                spot = self._spot(text.fragment)
                yield found(_CODES[text.fault], block.place, page=page.number, spot=spot, **values)

    def _about(self, code: str, match: Match) -> Finding:
        first = match.fragments[0]
        words = match.block.words_from(0)
        return found(code, match.block.place, page=first.page, spot=self._spot(first), words=words)

    def _spot(self, fragment: Fragment) -> Spot:
        return spot_of(fragment.box, self._pages[fragment.page - 1].trim)


def _is_stacked(cell: Match, other: Match) -> bool:
    mine, theirs = cell.fragments[0].box, other.fragments[0].box
    return mine.left < theirs.right and theirs.left < mine.right


def spot_of(box: Box, trim: Box) -> Spot:
    """Return a rectangle in millimetres from the upper left corner of the trim."""
    edges = (box.left - trim.left, trim.top - box.top, box.right - trim.left, trim.top - box.bottom)
    return Spot(*(round(edge * _MILLIMETRES, 1) for edge in edges))

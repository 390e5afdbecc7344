"""The archive: what is filed, what is found in it, and a filing that is made again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.archive.filing_record import stem
from pipeline.archive.shelf import Shelf
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.overview.made_files import PURPOSES, MadeFile, pdfs_in
from pipeline.desk.tasks.publishing import PublishRequest, rebuilding
from pipeline.findings.finding import ArchiveError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import made_pdf
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import file_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.search.query import Hit
    from pipeline.findings.finding import Finding

_MOST_HITS: Final = 40

VERDICTS: Final = {
    "IDENTICAL": N_("Made again: every file is the same, to the last byte"),
    "SAME_PICTURE": N_("Made again: the pages look and say the same; only the bytes of the files differ"),
    "DIFFERS": N_("Made again: it differs from what was filed"),
}
"""What came of a filing that was made again."""


class Found(NamedTuple):
    """A page that was found.

    Args:
        filing: Its filing.
        date: Of the issue, in words.
        page: Its number.
        language: Its language.
        pieces: Its words, each with whether it is one that was sought.
        mended_by: The number of a later filing that corrects it, or empty.
    """

    filing: Filing
    date: str
    page: int
    language: str
    pieces: tuple[tuple[str, bool], ...]
    mended_by: str


def archive(request: Request) -> Response:
    """Show what is filed, the newest first, or the pages on which what is sought stands."""
    state, language = state_of(request), language_of(request)
    sought = request.query_params.get("words", "").strip()
    filings: Sequence[Filing] = ()
    hits: list[Found] = []
    guesses: list[str] = []
    findings: tuple[Finding, ...] = ()
    shelf = Shelf(state.workspace)
    try:
        filings = sorted(shelf.filings, key=lambda each: (each.issue, each.filing), reverse=True)
        if sought and filings:
            hits, guesses = _sought(shelf, sought, language)
    except ArchiveError as error:
        findings = error.findings
    return view(
        request,
        "publishing/archive.html.j2",
        publication=publication_title(state.workspace),
        filings=filings,
        dates={each.name: full_date(each.date, language) for each in filings},
        days={each.name: full_date(each.filed, language) for each in filings},
        sought=sought,
        hits=hits[:_MOST_HITS],
        more=max(0, len(hits) - _MOST_HITS),
        guesses=guesses,
        findings=findings,
    )


def _sought(shelf: Shelf, words: str, language: str) -> tuple[list[Found], list[str]]:
    from pipeline.archive.search.catalogue import Catalogue  # noqa: PLC0415 - slow to load
    from pipeline.archive.search.query import nearest_words, parse_query, search  # noqa: PLC0415

    terms = parse_query(words)
    catalogue = Catalogue(shelf)
    hits = search(catalogue, shelf.filings, terms)
    return [_found(hit, language) for hit in hits], [] if hits else nearest_words(catalogue, terms)


def _found(hit: Hit, language: str) -> Found:
    return Found(
        hit.filing,
        full_date(hit.filing.date, language),
        hit.page,
        hit.language,
        tuple(_pieces(hit.quote, hit.marks)),
        hit.mended_by.rpartition("/")[2],
    )


def _pieces(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for begin, end in sorted(marks):
        if begin >= at:
            yield text[at:begin], False
            yield text[begin:end], True
            at = end
    yield text[at:], False


def filed(request: Request) -> Response:
    """Show a filing: its files, and what came of making it again."""
    state, language = state_of(request), language_of(request)
    shelf = Shelf(state.workspace)
    filing = _filing(shelf, request)
    return view(
        request,
        "publishing/filing.html.j2",
        publication=publication_title(state.workspace),
        filing=filing,
        date=full_date(filing.date, language),
        day=full_date(filing.filed, language),
        files=_files(filing),
        sizes={name: file_size(stored.size, language) for name, stored in filing.files.items()},
        again=state.rebuilt.get(filing.name),
        verdicts=VERDICTS,
        withdrawn=any(each.touches(filing.name) for each in shelf.withdrawals),
    )


def _files(filing: Filing) -> list[MadeFile]:
    """Return the PDFs of a filing, those of each language together."""
    files: list[MadeFile] = []
    own = filing.languages[0]
    for language in filing.languages:
        beginning = stem(filing.issue, language, own)
        sizes = {
            name: stored.size
            for name, stored in filing.files.items()
            if name.partition(".pdf")[0].partition(beginning)[2] in {"", "-press", "-archive", "-booklet"}
        }
        files += pdfs_in(sizes, "" if language == own else language)
    order = list(PURPOSES.values())
    return sorted(
        files, key=lambda each: (filing.languages.index(each.language or own), order.index(each.purpose))
    )


def filed_file(request: Request) -> Response:
    """Answer with a filed file, once it is seen to be what was filed."""
    shelf = Shelf(state_of(request).workspace)
    filing, name = _filing(shelf, request), request.path_params["name"]
    if name not in {each.name for each in _files(filing)}:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(shelf.file(filing, name), media_type="application/pdf")


def make_again(request: Request) -> Response:
    """Begin to make a filing again."""
    state, language = state_of(request), language_of(request)
    filing = _filing(Shelf(state.workspace), request)

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        state.rebuilt[filing.name] = made
        return {"announce": say(VERDICTS[made["verdict"]], language), "refresh": True}

    asked = PublishRequest(str(state.workspace.root), filing.issue, language, state.today, filing.filing)
    return JSONResponse({"job": state.jobs.start(Work(rebuilding, asked, language, finish))})


def made_again(request: Request) -> Response:
    """Answer with a file as it is made now, where it differs from the one that was filed."""
    state = state_of(request)
    filing, name = _filing(Shelf(state.workspace), request), request.path_params["name"]
    if name not in state.rebuilt.get(filing.name, {}).get("files", ()):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return made_pdf(state.workspace, f"{filing.issue}/rebuilt-{filing.filing}/{name}")


def _filing(shelf: Shelf, request: Request) -> Filing:
    """Return the filing that an address names."""
    wanted = f"{request.path_params['issue']}/{request.path_params['filing']}"
    found = next((each for each in shelf.filings if each.name == wanted), None)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


ROUTES: Final = [
    Route("/archive", archive),
    Route("/archive/{issue}/{filing}", filed),
    Route("/archive/{issue}/{filing}/again", make_again, methods=["POST"]),
    Route("/api/archive/{issue}/{filing}/files/{name}", filed_file),
    Route("/api/archive/{issue}/{filing}/again/{name}", made_again),
]

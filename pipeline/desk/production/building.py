"""Build: everything that was requested is built and then written, or nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.build_report import build_report
from pipeline.desk.production.edition_result import EditionResult, decoded, encoded
from pipeline.desk.production.layout_findings import NOTES
from pipeline.files.cache import Cache, default_folder
from pipeline.files.lock import Lock, input_stamps, lock_of
from pipeline.files.outputs import write_together
from pipeline.files.owned_files import hold_within
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import Finding, PressError, errors, found, in_order
from pipeline.findings.progress import Progress, silent
from pipeline.models.editions import FOLDED, MAIL, SCREEN, is_of_mail
from pipeline.page.engine.garbage import collected_rarely
from pipeline.page.engine.memory.frames import with_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pipeline.desk.production.build_request import BuildRequest

REFUSED: Final = "refused"
"""The folder below the outputs for files that preflight refuses."""

BOOKLET: Final = "booklet"

_MOST_TRIES: Final = 3
"""Builds of files that somebody saves meanwhile."""


class BuildResult(NamedTuple):
    """Result of a build.

    Args:
        paths: The files written, a PDF first.
        findings: Warnings; in a draft, also the errors of what was printed, which would have stopped a build.
        from_cache: Whether nothing had changed since it was built before.
    """

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    from_cache: bool


@with_room
@collected_rarely()
def build(request: BuildRequest, progress: Progress = silent) -> BuildResult:
    """Build editions of an issue, and write their files, all or none.

    Args:
        request: What is to be built.
        progress: Called after each step.

    Raises:
        IssueError: The files have errors, or a link leads out of the folder of outputs (E647); nothing was
            written.
        PressError: The pages cannot be laid out, or preflight or the law of the page refuses a file, which
            then lies under `refused/`; nothing else was written.
    """
    target = request.out / request.folder.name
    hold_within(request.out, target, target / REFUSED)
    with locked(target / ".lock"):
        results, lock, from_cache = _cached_or_built(request, progress)
        findings = _each_once(finding for result in results.values() for finding in result.findings)
        if refused := [result for result in results.values() if _is_refused(result, request)]:
            raise PressError([*findings, *(_refuse(target, result) for result in refused)])
        outputs = {name: data for result in results.values() for name, data in result.outputs.items()}
        outputs[f"{request.stem}-report.json"] = build_report(request, results, findings, lock)
        paths = write_together(target, outputs, _outdated(request, target, outputs))
        for name in outputs:
            (target / REFUSED / name).unlink(missing_ok=True)
    return BuildResult(tuple(paths), tuple(in_order(findings)), from_cache)


class _EditionCache:
    """The results of earlier builds from the same files with the same options.

    Args:
        request: What is to be built; where it asks for a fresh build, nothing is found here.
        lock: What it is built from.
    """

    def __init__(self, request: BuildRequest, lock: Lock) -> None:
        self._cache = Cache(default_folder())
        self._lock = lock
        self._options = (request.language or "", "draft" if request.draft else "")
        self._fresh = request.fresh

    def get(self, name: str) -> EditionResult | None:
        data = None if self._fresh else self._cache.get(self._lock.key(name, *self._options))
        return decoded(data) if data is not None else None

    def put(self, results: Mapping[str, EditionResult]) -> None:
        """Store those results that have no errors."""
        for name, result in results.items():
            if not errors(result.findings):
                self._cache.put(self._lock.key(name, *self._options), encoded(result))
        self._cache.prune()


def _cached_or_built(
    request: BuildRequest, progress: Progress
) -> tuple[dict[str, EditionResult], Lock, bool]:
    """Return what was requested, by edition, what it was built from, and whether all of it was in the cache.

    Of files that somebody saves while they are read nobody knows which were read: it is built once more.
    """
    workspace = request.workspace
    files = (request.folder, workspace.root, workspace.style_folders(), workspace.font_folders())
    for _ in range(_MOST_TRIES):
        stamps = input_stamps(*files)
        lock = lock_of(*files)
        results, fresh = _results_of(request, lock, progress)
        if not fresh:
            return results, lock, True
        if input_stamps(*files) == stamps:
            _EditionCache(request, lock).put(fresh)
            return results, lock, False
    # Somebody saves again and again: what is written is of no state of the files that is known.
    return results, lock._replace(inputs={}), False


def _results_of(
    request: BuildRequest, lock: Lock, progress: Progress
) -> tuple[dict[str, EditionResult], dict[str, EditionResult]]:
    """Return what was requested, by edition, and that of it which was not in the cache."""
    names = [edition.name for edition in request.editions]
    names += [BOOKLET] * request.booklet + [MAIL] * request.mail
    cache = _EditionCache(request, lock)
    results = {name: result for name in names if (result := cache.get(name)) is not None}
    missing = [name for name in names if name not in results]
    if not missing:
        return results, {}
    screen = results.get(SCREEN.name) or cache.get(SCREEN.name)
    built = _built(request, lock, missing, screen=screen, progress=progress)
    results |= built
    return {name: results[name] for name in names}, built


def _built(
    request: BuildRequest,
    lock: Lock,
    missing: Sequence[str],
    *,
    screen: EditionResult | None,
    progress: Progress,
) -> dict[str, EditionResult]:
    """Build what is missing, by edition; booklet and mail edition come from the screen edition."""
    # Typography, engine and PDF libraries are slow to load, and are not needed where all is in the cache.
    from pipeline.desk.production.edition_building import build_edition  # noqa: PLC0415
    from pipeline.desk.production.prepared_issue import prepare_issue  # noqa: PLC0415
    from pipeline.desk.production.step_timer import StepTimer  # noqa: PLC0415

    editions = [edition for edition in request.editions if edition.name in missing]
    derived = [name for name in missing if name in {BOOKLET, MAIL}]
    needs_screen = bool(derived) and screen is None and SCREEN not in editions
    timer = StepTimer(editions=len(editions) + needs_screen, derived=len(derived), progress=progress)
    prepared = prepare_issue(request, lock, timer)
    built = {edition.name: build_edition(prepared, edition, timer) for edition in editions}
    if derived:
        from pipeline.desk.production.derived_editions import (  # noqa: PLC0415 - neither is in most builds
            build_booklet,
            build_mail_edition,
        )

        screen = built.get(SCREEN.name) or screen or build_edition(prepared, SCREEN, timer)
        if BOOKLET in derived:
            folded = screen
            if prepared.valid.issue.publication.press.qr is not None:
                # Paper has codes that the screen has not.
                timer.one_more_edition()
                folded = build_edition(prepared, FOLDED, timer)
            built[BOOKLET] = build_booklet(prepared, folded, timer)
        if MAIL in derived:
            refused = bool(errors(screen.findings)) and not request.draft
            built[MAIL] = screen if refused else build_mail_edition(prepared, screen, timer)
    return built


def _is_refused(result: EditionResult, request: BuildRequest) -> bool:
    """Return whether a result may not be written; a draft always is, with its faults marked."""
    return bool(errors(result.findings)) and not request.draft


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once; those on the layout of a page, for the first edition that has one."""
    unique: dict[object, Finding] = {}
    for finding in findings:
        key = (finding.code, finding.page) if finding.code in NOTES else finding
        unique.setdefault(key, finding)
    return tuple(unique.values())


def _outdated(request: BuildRequest, target: Path, outputs: Mapping[str, bytes]) -> list[str]:
    """Return the names of files of an earlier build that could be taken for this one's: of pages now gone."""
    names: list[str] = []
    for edition in request.editions:
        proofs = target.glob(f"{request.stem}{edition.suffix}-proof-*.png") if edition.in_ink else ()
        names += sorted(path.name for path in proofs if path.name not in outputs)
    if SCREEN in request.editions and not request.booklet:
        names.append(f"{request.stem}-booklet.pdf")
    return names


def _refuse(target: Path, result: EditionResult) -> Finding:
    """Write the first file of a refused edition into `refused/`, and return the finding that names it.

    That it cannot be written either (E83) hides nothing of why it is refused.
    """
    name, data = next(iter(result.outputs.items()))
    try:
        write_together(target / REFUSED, {name: data})
    except PressError as fault:
        return fault.findings[0]
    code = "E323" if is_of_mail(name) else "E72"
    return found(code, None, name=name, folder=f"{target.name}/{REFUSED}")

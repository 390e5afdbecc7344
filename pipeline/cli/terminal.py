"""The terminal: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from typing import IO, TYPE_CHECKING, Final

from pipeline.findings.finding import Severity
from pipeline.findings.translatable import N_
from pipeline.findings.wording.excerpts import WIDEST
from pipeline.findings.wording.floods import in_words_gathered
from pipeline.findings.wording.wording import as_json, in_words, say, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings.finding import Finding
    from pipeline.findings.progress import Progress

STEPS: Final = (
    N_("reading"),
    N_("pictures"),
    N_("typography"),
    N_("composition"),
    N_("press"),
    N_("finishing"),
    N_("comparison"),
    N_("preflight"),
    N_("companions"),
    N_("imposition"),
    N_("mail"),
    N_("rebuilding"),
    N_("reading the archive"),
    N_("verifying"),
    N_("pages of the site"),
    N_("messages"),
    N_("returned letters"),
)
"""Names of the steps of long work, as passed to `Progress`."""

_GUTTER: Final = 10
_MINUTE: Final = 60
_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33"}


class Terminal:
    """Standard output and standard error; a closed pipe (`| head`) is no error.

    Args:
        language: `bg` or `en`.
    """

    def __init__(self, language: str) -> None:
        """Open the terminal; a character that its encoding lacks is written as an escape."""
        self.language = language
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError, ValueError):
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]

    def line(self, text: str) -> None:
        """Print a line of the result on standard output."""
        _write(sys.stdout, text + "\n")

    def aside(self, text: str) -> None:
        """Print a message about the work on standard error."""
        _write(sys.stderr, text + "\n")

    def marked(self, text: str, marks: Iterable[tuple[int, int]]) -> str:
        """Return a text with some parts in bold, if standard output is a terminal with colours.

        Args:
            text: The text.
            marks: Begin and end of each part, in order.
        """
        if not _takes_colour(sys.stdout):
            return text
        shown, at = "", 0
        for begin, end in marks:
            shown += f"{text[at:begin]}\x1b[1m{text[begin:end]}\x1b[0m"
            at = end
        return shown + text[at:]

    def findings(self, findings: Iterable[Finding], *, answer: bool, is_whole: bool = False) -> None:
        """Print findings one after another; of more than twenty of a kind in a file, the first few.

        Args:
            findings: In order, with excerpts.
            answer: Whether they are the result of the command, and go to standard output.
            is_whole: Whether all are printed, however many.
        """
        stream = sys.stdout if answer else sys.stderr
        widest = WIDEST
        if _is_terminal(stream):
            widest = max(40, shutil.get_terminal_size().columns - _GUTTER)
        known = tuple(findings)
        shown: Iterable[tuple[Finding | None, str]] = in_words_gathered(known, self.language, widest)
        if is_whole:
            shown = ((finding, in_words(finding, self.language, widest)) for finding in known)
        for finding, text in shown:
            coloured = text
            if finding is not None and _takes_colour(stream):
                word = f"{severity_of(finding, self.language)} {finding.code}"
                coloured = text.replace(word, f"\x1b[1;{_COLOURS[finding.severity]}m{word}\x1b[0m", 1)
            _write(stream, coloured + "\n")

    def data(self, findings: Iterable[Finding]) -> None:
        """Print findings as JSON for programs, in UTF-8 whatever the encoding of the terminal."""
        with contextlib.suppress(AttributeError, ValueError):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        _write(sys.stdout, as_json(findings, self.language) + "\n")

    @contextlib.contextmanager
    def progress(self, *, is_batch: bool = False) -> Iterator[Progress]:
        """Show the progress of long work: a bar on a terminal, plain lines elsewhere.

        Args:
            is_batch: Whether its steps take about the same time, so that the time left can be estimated.
        """
        left = _TimeLeft(self.language) if is_batch else None
        if not _is_terminal(sys.stderr):

            def print_line(step: str, done: int, total: int) -> None:
                if done:
                    rest = left.after(done, total) if left else ""
                    self.aside(f"{done}/{total} {say(step, self.language)}{rest}")

            yield print_line
            return
        from rich.console import Console  # noqa: PLC0415 - only where there is a bar to draw
        from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("")

            def show(step: str, done: int, total: int) -> None:
                rest = left.after(done, total) if left else ""
                bar.update(task, description=say(step, self.language) + rest, completed=done, total=total)

            yield show

    def close(self) -> None:
        """Flush both streams."""
        flush_streams()


def flush_streams() -> None:
    """Flush both standard streams; what cannot be written any more was reported before, and is left out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            _write(stream, "")
        except OSError:
            _write_nowhere(stream)


class _TimeLeft:
    """Estimates the time a batch still needs from the time its finished jobs took."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._begun = time.monotonic()

    def after(self, done: int, total: int) -> str:
        if not 0 < done < total:
            return ""
        seconds = (time.monotonic() - self._begun) / done * (total - done)
        if seconds < _MINUTE:
            return say(N_(", about {count} s left"), self._language, count=max(1, round(seconds)))
        return say(N_(", about {count} min left"), self._language, count=round(seconds / _MINUTE))


def _write(stream: IO[str] | None, text: str) -> None:
    # Python has no stream where the process was started without one.
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _write_nowhere(stream)


def _write_nowhere(stream: IO[str]) -> None:
    """Discard what a stream still holds: it would raise again when Python closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and stream.isatty()


def _takes_colour(stream: IO[str] | None) -> bool:
    # no-color.org: any value that is not empty asks for none.
    return _is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

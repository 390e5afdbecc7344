"""The budgets: what each measures, the reference, and the greatest ratio."""

from __future__ import annotations

import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2

from pipeline.models.editions import SCREEN
from pipeline.page.engine.faces import FACES_ONLY
from tests.bench import specimens
from tests.bench.measuring import in_pairs, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_SHORT: Final = 9
_LONG: Final = 490
"""Articles of the issues whose memory is compared; the table says how many pages they came to."""

_LAWFUL: Final = """\
from pipeline.page.engine.faces import isolate_faces
isolate_faces()
from pipeline.desk.production import edition_building
from pipeline.cli.main import main
main()
"""
_LAWLESS: Final = _LAWFUL.replace("\nmain()", "\nedition_building.law_findings = lambda *_: ()\nmain()")
"""The command, and the command without the law of the page."""

_BARE: Final = """
import sys, warnings
warnings.simplefilter("ignore")
import weasyprint
page = weasyprint.HTML(filename="page.html", base_url=".")
page.write_pdf(sys.argv[1], pdf_variant=sys.argv[2], pdf_tags=True)
"""
"""What a page costs without us: the engine loaded, given the page, the file written."""


class Measured(NamedTuple):
    """Both sides of a ratio.

    Args:
        ours: The measured value of this program.
        theirs: That of the reference.
        unit: The unit of both.
        words: A remark for the table.
    """

    ours: float
    theirs: float
    unit: str = "s"
    words: str = ""


class SkippedError(Exception):
    """A budget cannot be measured on this machine; the message gives the reason."""


class Bench:
    """The folders and commands that the rows share.

    Args:
        folder: The working folder; removed by the caller.
        pairs: The number of pairs of which a ratio is the median.
    """

    def __init__(self, folder: Path, pairs: int) -> None:
        self.folder = folder
        self.pairs = pairs
        self.shipped = specimens.shipped(folder / "shipped")
        self._pages: dict[str, Path] = {}

    def bulletin(self, root: Path, *words: str, cache: Path | None = None) -> float:
        """Run the command in a workspace, with a cache of its own or an empty one; returns seconds."""
        return self._bulletin(root, *words, cache=cache)[0]

    def peak(self, root: Path, *words: str) -> int:
        """Return the peak memory of the command, in kilobytes."""
        return self._bulletin(root, *words)[1]

    def cold_build(self) -> float:
        """Build the screen edition of the shipped issue, from nothing."""
        return self.bulletin(self.shipped, "build", specimens.SHIPPED, "--edition", "screen", "--fresh")

    def page(self, root: Path, *options: str) -> Path:
        """Return the folder with the HTML page of a workspace and its files."""
        key = " ".join((root.name, *options))
        if key not in self._pages:
            folder = self.folder / f"page-{len(self._pages)}"
            folder.mkdir()
            with self._empty_cache() as cache:
                self.python(["-m", "tests.bench.laying_out", root, folder, *options], folder, cache)
            self._pages[key] = folder
        return self._pages[key]

    def chromium(self, folder: Path) -> float:
        """Print a page with Chromium into `chromium.pdf`; returns seconds."""
        browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
        if browser is None:
            message = "no Chromium on this machine"
            raise SkippedError(message)
        with tempfile.TemporaryDirectory(dir=self.folder) as profile:
            command = [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--disable-background-networking", f"--user-data-dir={profile}"),
                *("--no-pdf-header-footer", f"--print-to-pdf={folder / 'chromium.pdf'}"),
                (folder / "page.html").as_uri(),
            ]
            return run(command, folder).seconds

    def bare_engine(self, folder: Path) -> float:
        """Print a page with one bare call of the engine, seeing the same faces; returns seconds."""
        command = [sys.executable, "-c", _BARE, "bare.pdf", str(SCREEN.standard)]
        return run(command, folder, {"FONTCONFIG_FILE": str(FACES_ONLY)}).seconds

    def python(self, words: list[str | Path], folder: Path, cache: str) -> str:
        """Run a module of this project and return its output."""
        return run([sys.executable, *words], folder, {"XDG_CACHE_HOME": cache}).said

    def _bulletin(self, root: Path, *words: str, cache: Path | None = None) -> tuple[float, int]:
        command = [sys.executable, "-m", "pipeline", "--language", "en", *words]
        with self._empty_cache() as empty:
            done = run(command, root, {"XDG_CACHE_HOME": str(cache or empty)})
        return done.seconds, done.peak

    def _empty_cache(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(dir=self.folder)


def check_cold(bench: Bench) -> Measured:
    """Check, against loading the libraries it uses."""
    return _checked(bench)


def check_without_spelling(bench: Bench) -> Measured:
    """Check without a dictionary, against the same."""
    return _checked(bench, "--no-spelling")


def _checked(bench: Bench, *options: str) -> Measured:
    libraries = [sys.executable, "-c", "import pydantic, jinja2, babel, ruamel.yaml"]
    ours, theirs = in_pairs(
        lambda: bench.bulletin(bench.shipped, "check", specimens.SHIPPED, *options),
        lambda: run(libraries, bench.shipped).seconds,
        2 * bench.pairs + 1,
    )
    return Measured(ours, theirs)


def build_against_engine(bench: Bench) -> Measured:
    """Build, against one bare call of the engine on the same page."""
    folder = bench.page(bench.shipped)
    return Measured(*in_pairs(bench.cold_build, lambda: bench.bare_engine(folder), bench.pairs))


def build_against_chromium(bench: Bench) -> Measured:
    """Build, against Chromium printing the same page."""
    folder = bench.page(bench.shipped)
    return Measured(*in_pairs(bench.cold_build, lambda: bench.chromium(folder), bench.pairs))


def law_of_the_page(bench: Bench) -> Measured:
    """Build with the law of the page, against building without it."""

    def build(program: str) -> float:
        words = ("build", specimens.SHIPPED, "--edition", "screen", "--fresh")
        with tempfile.TemporaryDirectory(dir=bench.folder) as cache:
            command = [sys.executable, "-c", program, *words]
            return run(command, bench.shipped, {"XDG_CACHE_HOME": cache}).seconds

    return Measured(*in_pairs(lambda: build(_LAWFUL), lambda: build(_LAWLESS), bench.pairs))


def one_word_changed(bench: Bench) -> Measured:
    """Build again after a change of one word, in a warm process, against the cold build."""

    def warm() -> float:
        with tempfile.TemporaryDirectory(dir=bench.folder) as cache:
            command: list[str | Path] = ["-m", "tests.bench.one_word", bench.shipped]
            return float(bench.python(command, bench.shipped, cache))

    return Measured(*in_pairs(warm, bench.cold_build, bench.pairs))


def one_word_previewed(bench: Bench) -> Measured:
    """Show the changed page after a change of one word, by the resident process, against the cold build."""

    def shown() -> float:
        with tempfile.TemporaryDirectory(dir=bench.folder) as cache:
            command: list[str | Path] = ["-m", "tests.bench.preview.one_word", bench.shipped]
            return float(bench.python(command, bench.shipped, cache))

    return Measured(*in_pairs(shown, bench.cold_build, bench.pairs))


def all_editions(bench: Bench) -> Measured:
    """Build every edition, against the screen edition alone."""
    words = ("build", specimens.SHIPPED, "--fresh")
    return Measured(*in_pairs(lambda: bench.bulletin(bench.shipped, *words), bench.cold_build, bench.pairs))


def nothing_changed(bench: Bench) -> Measured:
    """Build twice: the second time nothing has changed."""
    cache, out = bench.folder / "kept", bench.folder / "kept-out"
    words = ("build", specimens.SHIPPED, "--out", str(out))

    def first() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)
        cache.mkdir()
        return bench.bulletin(bench.shipped, *words, cache=cache)

    first()
    # A second build follows a first one in each pair, so the two are taken in that order.
    theirs, ours = in_pairs(first, lambda: bench.bulletin(bench.shipped, *words, cache=cache), bench.pairs)
    return Measured(ours, theirs)


def made_up_against_first_style(bench: Bench) -> Measured:
    """Build a bulletin of photographs and short pieces in style `bulletin`, against the first style."""
    roots = [specimens.of_photographs(bench.folder / look, look) for look in ("petrol", "version-1")]
    words = ("build", "--edition", "screen", "--fresh")
    ours, theirs = in_pairs(
        lambda: bench.bulletin(roots[0], *words), lambda: bench.bulletin(roots[1], *words), bench.pairs
    )
    return Measured(ours, theirs)


def made_up_against_chromium(bench: Bench) -> Measured:
    """Build the same, against Chromium printing the same page."""
    root = specimens.of_photographs(bench.folder / "forest", "forest")
    folder = bench.page(root)
    words = ("build", "--edition", "screen", "--fresh")
    return Measured(
        *in_pairs(lambda: bench.bulletin(root, *words), lambda: bench.chromium(folder), bench.pairs)
    )


def size_with_photographs(bench: Bench) -> Measured:
    """Weigh the PDF with photographs, against Chromium's of the same page and the same photographs."""
    root = specimens.photographed(bench.folder / "photographed")
    folder = bench.page(root, "--originals")
    bench.chromium(folder)
    ours = folder / "out" / specimens.SHIPPED / f"bulletin-{specimens.SHIPPED}.pdf"
    theirs = folder / "chromium.pdf"
    return Measured(ours.stat().st_size / 1024, theirs.stat().st_size / 1024, "kB")


def memory_of_a_long_issue(bench: Bench) -> Measured:
    """Compare the memory for a very long issue with that for a short one."""
    peaks, pages = [], []
    for articles in (_LONG, _SHORT):
        root = specimens.long_issue(bench.folder / f"articles-{articles}", articles)
        peaks.append(bench.peak(root, "build", "--fresh", "--edition", "screen") / 1024)
        pdf = pypdfium2.PdfDocument(root / "out" / specimens.SHIPPED / f"bulletin-{specimens.SHIPPED}.pdf")
        pages.append(len(pdf))
        pdf.close()
    return Measured(peaks[0], peaks[1], "MB", f"{pages[0]} pages against {pages[1]}")


class Row(NamedTuple):
    """A budget.

    Args:
        what: What is measured.
        against: The reference.
        limit: The greatest ratio.
        measure: Measures it.
        aim: What it would be at its best, or None.
    """

    what: str
    against: str
    limit: float
    measure: Callable[[Bench], Measured]
    aim: float | None = None


_LIBRARIES: Final = "python -c “import pydantic, jinja2, babel, ruamel.yaml”"

ROWS: Final[Mapping[str, Row]] = {
    "check": Row("check --no-spelling, cold", _LIBRARIES, 3.0, check_without_spelling),
    "spelling": Row("check, cold", _LIBRARIES, 5.0, check_cold),
    "engine": Row("build, cold", "one bare call of WeasyPrint", 1.6, build_against_engine, 1.3),
    "chromium": Row("build, cold", "Chromium printing the same HTML", 2.2, build_against_chromium, 1.5),
    "bulletin": Row(
        "style bulletin, 20 pages, cold",
        "style knowledge-city 1 of the same",
        6.0,
        made_up_against_first_style,
        3.0,
    ),
    "bulletin-chromium": Row(
        "style bulletin, 20 pages, cold",
        "Chromium printing the same HTML",
        12.0,
        made_up_against_chromium,
        6.0,
    ),
    "law": Row("build with the law of the page, cold", "without it", 1.1, law_of_the_page),
    "word": Row("one word changed, warm", "the cold build", 0.4, one_word_changed),
    "preview": Row("one word changed to picture, resident", "the cold build", 0.12, one_word_previewed),
    "editions": Row("all editions, cold", "the screen edition alone", 2.5, all_editions),
    "again": Row("a second build", "the first", 0.15, nothing_changed),
    "size": Row("the PDF with photographs", "Chromium's of the same", 0.2, size_with_photographs),
    "memory": Row("memory of a long issue", "a short one", 5.0, memory_of_a_long_issue),
}

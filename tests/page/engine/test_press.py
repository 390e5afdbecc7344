"""`print_pdf` uses only the issue's files and the given faces, and reports errors."""

from __future__ import annotations

import html.parser
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError, PressError
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import PrintedDocument, print_pdf
from pipeline.page.style import Style, load_style
from pipeline.pdf.raster import page_pictures
from pipeline.pdf.text import page_lines
from pipeline.typography.typesetting import typeset
from tests.conftest import REPOSITORY
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path


def _style() -> Style:
    return load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])


def _pressed(body: str, language: str = "bg") -> PrintedDocument:
    style = _style()
    page = (
        f'<html lang="{language}"><head><title>Проба</title><style>{style.properties(SCREEN)}'
        "@page { size: A4; margin: 20mm } body { font: 20pt/28pt var(--text) }"
        f"</style></head><body>{body}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    return print_pdf(page, SCREEN, assets, b"0" * 16, style.plan.page)


def test_bulgarian_letters_are_set_in_bulgarian_forms_and_russian_ones_in_russian() -> None:
    pictures = [
        page_pictures(_pressed("<h1>в г д ж</h1><p>вгджзиклптцшщюй</p>", language).pdf, 60)[0]
        for language in ("bg", "ru")
    ]
    assert pictures[0].tobytes() != pictures[1].tobytes()


@pytest.mark.parametrize(
    "asking",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="https://example.org/a.png" alt="x">',
        '<img src="../secret.png" alt="x">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<svg><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    ],
)
def test_nothing_is_fetched_but_what_the_issue_owns(asking: str) -> None:
    with pytest.raises(PressError) as raised:
        _pressed(f"<h1>Заглавие</h1>{asking}")
    assert {finding.code for finding in raised.value.findings} == {"E81"}


def test_what_the_engine_complains_of_is_a_finding() -> None:
    pressed = _pressed('<h1>Заглавие</h1><p style="glow: 3pt">x</p>')
    assert [finding.code for finding in pressed.findings] == ["E80"]


def test_the_faces_of_the_machine_are_refused() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    program = (
        "from tests.page.engine.test_press import _pressed\n"
        "import os\n"
        "from pipeline.findings.finding import PressError\n"
        "del os.environ['FONTCONFIG_FILE']\n"
        "try:\n    _pressed('<p>x</p>')\n"
        "except PressError as error:\n    print(error.findings[0].code)\n"
        "else:\n    print('printed')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    has_faces = (
        shutil.which("fc-list")
        and subprocess.run(["fc-list"], env=environment, capture_output=True, text=True, check=True).stdout
    )
    assert done.stdout.strip() == ("E82" if has_faces else "printed")


class _Tags(html.parser.HTMLParser):
    """Gathers the tags and attributes of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, *sorted(name for name, _ in attrs)))


def _tags(page: str) -> set[tuple[str, ...]]:
    parser = _Tags()
    parser.feed(page)
    parser.close()
    return parser.found


def _composed(root: Path, title: str, body: str) -> str | None:
    path = root / "issues/2023-12-20/tower.md"
    quoted = title.replace("'", "''")
    path.write_text(f"---\ntitle: '{quoted}'\n---\n{body}\n", "utf-8", newline="")
    workspace = Workspace(root)
    looked = check_issue(workspace.choose_issue(), workspace)
    if looked.reading.issue is None or looked.style is None:
        assert looked.findings
        return None
    return compose_html(typeset(looked.reading.issue), SCREEN, looked.style, {})


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound issue without pictures."""
    root = tmp_path_factory.mktemp("bare") / "w"
    shutil.copytree(GOOD, root)
    plan = root / "issues/2023-12-20/issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("cover: {article: tower.md}\n", ""), "utf-8")
    return root


ODD = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "{{ 7*7 }}",
        "{% raw %}",
        "</style><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "]]>",
        "&lt;b&gt;",
        "\u202eобърнат",
        "а" * 400,
        "з\u0327\u0323\u0304",
        "</h3><h1>",
    ]
)


MARKDOWN = {
    *((tag,) for tag in ("br", "wbr", "blockquote", "ul", "ol", "li", "h4", "em", "strong", "code")),
    *(("span", "lang"), ("span", "class"), ("div", "class"), ("ol", "start")),
    *(("a", "href"), ("a", "class", "href"), ("a", "href", "lang")),
}
"""What Markdown may bring."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ODD, body=ODD)
def test_no_text_brings_markup_with_it(bare: Path, title: str, body: str) -> None:
    plain = _composed(
        bare, "Заглавие", "Обикновен *текст* с **думи** и `код`, [връзка](https://example.org/)."
    )
    assert plain is not None
    page = _composed(bare, title, f"Текст {body}")
    if page is not None:
        ordinary = _tags(plain) | MARKDOWN
        assert _tags(page) <= ordinary
        assert "49" not in page or "49" in title + body or "49" in plain


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }} {% for %}", "дума" * 90, "5 > 3 & 2 < 4", "„цитат в „цитат“ край“"],
)
def test_odd_texts_are_printed_as_they_stand(tmp_path: Path, text: str) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    path = root / "issues/2023-12-20/project.md"
    path.write_text(path.read_text("utf-8") + f"\n{text}\n", "utf-8")
    workspace = Workspace(root)
    try:
        built = build(BuildRequest(workspace.choose_issue(), workspace, root / "out", fresh=True))
    except BulletinError as error:
        pytest.fail(str(error))
    told = subprocess.run(
        ["pdftotext", built.paths[0], "-"], capture_output=True, text=True, check=True
    ).stdout
    letters = "".join(sign for sign in text if sign.isalnum())
    assert letters in "".join(sign for sign in told if sign.isalnum())


def test_an_issue_with_errors_writes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    (root / "issues/2023-12-20/tower.md").unlink()
    workspace = Workspace(root)
    with pytest.raises(BulletinError):
        build(BuildRequest(workspace.choose_issue(), workspace, root / "out"))
    assert [path.name for path in (root / "out").rglob("*") if path.is_file()] == [".lock"]


def test_a_mark_of_a_list_whose_content_the_style_gives_is_set_before_its_item() -> None:
    style = (
        '<style>ol li::marker { content: counter(list-item) ") " } ul li::marker { content: "→ " }</style>'
    )
    printed = _pressed(f"{style}<ol><li>Едно<li>Две</ol><ul><li>Три</ul>")
    lines = [line.text.strip() for line in next(iter(page_lines(printed.pdf)))]
    assert sorted(lines) == ["1)", "2)", "Две", "Едно", "Три", "→"]
    assert not printed.findings

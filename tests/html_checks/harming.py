"""A page of the site and a mail, with all ways to harm them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.mail_edition.contents import PdfFile
from pipeline.mail_edition.html import compose_mail
from pipeline.mail_edition.mail_law import mail_findings
from pipeline.typography.typesetting import typeset
from tests.support.generated.html_mutations import INSERTED, Harm, comment_harms, element_harms, harms
from tests.support.generated.site_trials import pages_of
from tests.support.mails import CORRECTION, ONLINE
from tests.support.sites import CORRECTED, archive_of_issues

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.findings.finding import Finding

SITE_ELEMENTS: Final = {
    "row": r"<tr><(?:td|th scope=\"row\").*?</tr>",
    "cell": r"<td[^>]*>(?:(?!</td>).)*</td>",
    # A link to the feed is the page's own.
    "paragraph": r"(?<=\n)<p>(?!<a href=\"\.\./feed)(?:(?!</p>).)*</p>",
    "item": r"<li>(?:(?!<li|</li>|<a).)*</li>",
    "heading": r"<h[34]>(?!Бюджети|Budgets).*?</h[34]>",
    "caption": r"<figcaption>.*?</figcaption>",
    "fact": r"<dt>.*?</dd>",
    "value": r"<dd>(?:(?!</dd>).)*</dd>",
    "statement": r'<p class="statement">.*?</p>',
    "standfirst": r'<p class="standfirst">.*?</p>',
    "lead": r'<p class="lead">.*?</p>',
    "entry of the contents": r"<li><a href=\"#(?:(?!</li>).)*</li>",
    "note": r'<li id="(?:(?!</li>).)*</li>',
    "quote": r"<blockquote>.*?</blockquote>",
}
MAIL_ELEMENTS: Final = {
    "row": r"<tr>(?:(?!<tr>|<table).)*?</tr>",
    "cell": r"<td class=\"(?:name|sum)\"(?:(?!</td>).)*</td>",
    "paragraph": r"<p [^>]*>.*?</p>",
    "title": r"<h3[^>]*>.*?</h3>",
    "section": r"<h2[^>]*>.*?</h2>",
    "link": r"<a [^>]*>[^<]*</a>",
}


class Subject(NamedTuple):
    """What is harmed.

    Args:
        name: For people.
        html: Sound.
        findings: What the law finds on a page.
        harms: All ways to harm it.
    """

    name: str
    html: str
    findings: Callable[[str], list[Finding]]
    harms: Callable[[random.Random], Iterator[Harm]]


def site_subject(root: Path) -> Subject:
    """Return the page of an issue with all kinds of text.

    Args:
        root: An empty folder, for the archive and its site.
    """
    shelf = archive_of_issues(root / "archive")
    path = f"{CORRECTED}/index.html"
    page = next(each for each in pages_of(shelf, root / "site") if each.path == path)

    def all_harms(chance: random.Random) -> Iterator[Harm]:
        yield from harms(page.html, _is_of_article, ("h3", ".body p", "td", ".card dd", "figcaption"), chance)
        yield from element_harms(page.html, SITE_ELEMENTS, chance)
        yield from _tables(page.html)
        yield from _lists(page.html)
        yield from _links(page.html)

    return Subject("site", page.html, page.findings, all_harms)


def mail_subject(root: Path) -> Subject:
    """Return the HTML of a mail with all kinds of text.

    Args:
        root: An empty folder, for the workspace.
    """
    from tests.mail_edition.test_parity import ARTICLES, workspace  # noqa: PLC0415 - a workspace of theirs

    root.mkdir()
    held = workspace(root, list(ARTICLES), f"online: {ONLINE}", "reply_to: answers@example.org")
    space = Workspace(held)
    plan = held / "issues/2023-12-20/issue.yaml"
    plan.write_text(plan.read_text("utf-8") + CORRECTION, "utf-8")
    valid = check_issue(space.issues / "2023-12-20", space).valid()
    issue = typeset(valid.issue)
    body = compose_mail(issue, valid.style, PdfFile("a.pdf", 1_234_567, 9), {})

    def findings(html: str) -> list[Finding]:
        return mail_findings(issue, body.contents, html, body.text)

    def all_harms(chance: random.Random) -> Iterator[Harm]:
        behind = body.html.index("</div>", body.html.index("<body"))
        yield from harms(body.html, lambda _, at: at > behind, ("h2", ".fact", ".standfirst", ".sum"), chance)
        yield from element_harms(body.html, MAIL_ELEMENTS, chance)
        yield from _links(body.html)
        yield from _preheaders(body.html)
        yield from comment_harms(body.html, body.html.index("</h2>") - 6)

    return Subject("mail", body.html, findings, all_harms)


def _is_of_article(html: str, at: int) -> bool:
    """Return whether a word is within the sections and none of the page's own, such as a label."""
    start, end = html.index('<section class="section"'), html.index('<section class="closing"')
    around = html[max(0, at - 200) : at]
    own = [*re.finditer(r'<(?:span class="(?:credit|share|unseen|call)"|p class="byline"|dt|a)\b', around)]
    return start < at < end and not (own and not re.search(r"</(?:span|p|dt|a)>", around[own[-1].start() :]))


def _tables(html: str) -> Iterator[Harm]:
    at = html.index("Русе</")
    start = html.rindex("<tr>", 0, at)
    yield Harm("table: empty cell before", "Русе", html[: start + 4] + "<td></td>" + html[start + 4 :])
    cell = html.index("<td", html.index("</td>", at))
    yield Harm("table: cell over two columns", "7", html[: cell + 3] + ' colspan="2"' + html[cell + 3 :])
    end = html.index("</td>", cell) + 5
    yield Harm("table: cell lost", "7", html[:cell] + html[end:])
    yield Harm("table: cell emptied", "7", re.sub(r"(<td[^>]*>)7(</td>)", r"\1\2", html, count=1))
    heads = (
        html.replace(">Град<", ">\0<", 1)
        .replace(">Участници<", ">Град<", 1)
        .replace(">\0<", ">Участници<", 1)
    )
    yield Harm("table: heads exchanged", "Град", heads)
    head = html.rindex("<tr>", 0, html.index(">Град<"))
    over = html.index("</tr>", head) + 5
    behind = html.index("</table>", over)
    yield Harm("table: head below", "Град", html[:head] + html[over:behind] + html[head:over] + html[behind:])
    for kind, rule in {
        "table: columns reversed": "table { direction: rtl }",
        "table: head at the foot": "thead { display: table-footer-group }",
        "table: rows reversed": "tbody { display: flex; flex-direction: column-reverse }",
        "table: row moved": "tbody tr:last-child { order: -1 } tbody { display: grid }",
        "table: column gone": "td:nth-child(2) { display: none }",
    }.items():
        yield Harm(kind, rule, html.replace("</head>", f"<style>{rule}</style></head>", 1))


def _lists(html: str) -> Iterator[Harm]:
    numbered = "<ol>\n<li>едно"
    for kind, other in {
        "list: from two": '<ol start="2">\n<li>едно',
        "list: reversed": "<ol reversed>\n<li>едно",
        "list: letters": '<ol type="a">\n<li>едно',
        "list: a value": '<ol>\n<li value="4">едно',
        "list: no numbers": '<ol style="list-style:none">\n<li>едно',
        "list: letters by style": '<ol style="list-style-type:lower-alpha">\n<li>едно',
        "list: other counter": '<ol style="counter-reset:list-item 7">\n<li>едно',
    }.items():
        yield Harm(kind, "едно", html.replace(numbered, other, 1))
    marker = ".body ol li::marker { color: white }"
    yield Harm("list: pale numbers", "едно", html.replace("</head>", f"<style>{marker}</style></head>", 1))


def _links(html: str) -> Iterator[Harm]:
    link = re.search(r'<a [^>]*href="(https?://example\.org/[^"]*)"', html)
    assert link is not None
    yield Harm(
        "link: elsewhere", link[1], html[: link.start(1)] + "https://other.example.com/" + html[link.end(1) :]
    )
    yield Harm("link: gone", link[1], html[: link.start()] + "<a" + html[link.end() :])


def _preheaders(html: str) -> Iterator[Harm]:
    match = re.search(r'<div class="preheader"[^>]*>([^<]*)</div>', html)
    assert match is not None
    first, last = html[: match.start()], html[match.end() :]
    yield Harm("preheader: lost", match[1], first + last)
    yield Harm("preheader: doubled", match[1], first + match[0] * 2 + last)
    yield Harm("preheader: longer", match[1], first + match[0].replace("</div>", f" {INSERTED}</div>") + last)
    yield Harm("preheader: another", match[1], first + match[0].replace(match[1], INSERTED) + last)
    yield Harm("preheader: shown", match[1], f"{first}<div>{match[1]}</div>{last}")
    yield Harm("preheader: at the end", match[1], first + last.replace("</body>", f"{match[0]}</body>"))

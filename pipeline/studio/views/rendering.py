"""Pages made on the server: templates with every value escaped, in the language of the browser's session."""

from __future__ import annotations

import base64
import functools
import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from pipeline.desk.overview.issues import issue_at_a_glance, publication_title
from pipeline.findings.wording.wording import say, severity_of
from pipeline.studio.gate.policies import FIRST_SCRIPT
from pipeline.studio.views.forms.fields import colour_of, is_day, is_month
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.telling import message_here, remedy_here, where_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from http import HTTPStatus

    from starlette.requests import Request

    from pipeline.studio.gate.origins import Source
    from pipeline.studio.gate.sessions import Session

TEMPLATES: Final = Path(__file__).with_name("templates")
STATIC: Final = Path(__file__).parents[1] / "static"


class EntryPages:
    """The pages that are shown before somebody is let in."""

    def __init__(self) -> None:
        """Know the pages of this run from those of another program that had the port before."""
        self._run = secrets.token_urlsafe(16)

    def frame(self, language: str) -> str:
        """Return the empty frame of every page, as HTML."""
        return self._shown(language, "view", key="")

    def entry(self, language: str, key: str) -> str:
        """Return the page that keeps the secret of its tab and goes on, as HTML."""
        return self._shown(language, "entry", key=key)

    def spent(self, language: str) -> str:
        """Return the page that says how to open the studio again, as HTML."""
        return self._shown(language, "spent", key="")

    def refused(self, language: str, reason: Source) -> str:
        """Return the page that says why nothing is shown, as HTML."""
        return self._shown(language, reason.name.lower(), key="")

    def _shown(self, language: str, page: str, key: str) -> str:
        return rendered("frame.html.j2", language, page=page, key=key, run=self._run)


def language_of(request: Request) -> str:
    """Return the language of the browser's session."""
    session: Session = request.scope["state"]["session"]
    return session.language


def view(request: Request, template: str, status: HTTPStatus | int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - values of templates
    """Return what a page shows, which our script puts into the frame.

    Args:
        request: The request.
        template: Name of the template.
        status: HTTP status.
        **values: Values of the template.
    """
    session: Session = request.scope["state"]["session"]
    known = {"path": request.url.path, "kin": state_of(request).keeping.kin, "sight": session.sight}
    shown = rendered(template, language_of(request), **known, **values)
    return HTMLResponse(shown, int(status))


def issue_view(request: Request, template: str, issue: str, **values: Any) -> HTMLResponse:  # noqa: ANN401 - likewise
    """Return a page of an issue, with its navigation.

    Args:
        request: The request.
        template: Name of the template.
        issue: Name of the issue's folder.
        **values: Further values of the template.
    """
    state = state_of(request)
    language = language_of(request)
    glance = issue_at_a_glance(state.workspace, state.folder(issue), language)
    publication = publication_title(state.workspace)
    return view(request, template, issue=glance, publication=publication, **values)


def rendered(template: str, language: str, **values: Any) -> str:  # noqa: ANN401 - likewise
    """Return a filled template.

    Args:
        template: Its name.
        language: `bg` or `en`.
        **values: Its values.
    """
    return (
        _environment()
        .get_template(template)
        .render({"language": language, "_": _sayer(language), "finding": _finding_words(language), **values})
    )


def static_address(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that a browser may keep it."""
    return f"/static/{name}?v={_hash(name)[:12]}"


def integrity_of(name: str) -> str:
    """Return the hash by which a browser knows a static file (Subresource Integrity, W3C)."""
    return f"sha256-{base64.b64encode(bytes.fromhex(_hash(name))).decode()}"


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / "parts"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "static": static_address,
        "integrity": integrity_of,
        "first_script": FIRST_SCRIPT,
        "is_day": is_day,
        "is_month": is_month,
        "colour_of": colour_of,
    }
    return environment


@functools.cache
def _sayer(language: str) -> Callable[..., str]:
    def sayer(message: str, **values: object) -> str:
        return say(message, language, **values)

    return sayer


@functools.cache
def _finding_words(language: str) -> Callable[..., dict[str, str]]:
    def words(finding: Any) -> dict[str, str]:  # noqa: ANN401 - a finding, from a template
        return {
            "severity": severity_of(finding, language),
            "message": message_here(finding, language),
            "remedy": remedy_here(finding, language),
            **where_here(finding, language),
        }

    return words


@functools.cache
def _hash(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()

"""The mail edition as it stands now, for a view of it by day and in the dark."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from pipeline.desk.preview.shown import MailShown
from pipeline.desk.production.derived_editions import mail_logos
from pipeline.mail_edition.contents import PdfFile
from pipeline.mail_edition.html import compose_mail, in_light
from pipeline.models.editions import SCREEN

if TYPE_CHECKING:
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.mail_edition.html import Logo

_PICTURE: Final = re.compile(r'src="cid:([^"]*)"')


def mail_view(prepared: PreparedIssue, pages: int, size: int, *, dark: bool) -> MailShown:
    """Compose the mail edition.

    Args:
        prepared: The issue.
        pages: Pages of its screen edition.
        size: Bytes of its screen edition, as far as they are known.
        dark: Whether it is shown as a mail program does it in the dark.
    """
    file = PdfFile(prepared.pdf_name(SCREEN), size, pages)
    body = compose_mail(prepared.typeset, prepared.valid.style, file, *mail_logos(prepared))
    logos = {logo.name: logo for logo in body.logos.values()}
    html = _PICTURE.sub(lambda match: f'src="{_inlined(logos[match[1]])}"', in_light(body.html, dark=dark))
    return MailShown(html, body.text, body.findings)


def _inlined(logo: Logo) -> str:
    return f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode('ascii')}"

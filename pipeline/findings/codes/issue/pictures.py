"""Finding codes of pictures: their words, their files, and how they print."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

PICTURE_CODES: Final[dict[str, Code]] = {
    "E51": Code(
        N_("the picture has no alternative text"),
        N_("say between [ ] what is to be seen, for those who cannot see it"),
    ),
    "E52": Code(
        N_("the alternative text is the caption again"),
        N_("say what is to be seen; the caption says what it means"),
    ),
    "E53": Code(
        N_("the picture has no credit"), N_('write who made it, in {{credit="…"}} behind the picture')
    ),
    "E54": Code(N_("the picture lies on the web: “{name}”"), N_("save it into the folder of the issue")),
    "E55": Code(
        N_("the picture “{name}” cannot be read: {problem}"),
        N_("open it in a picture program and save it again as JPEG or PNG"),
    ),
    "E56": Code(
        N_("the picture “{name}” has {pixels} million pixels"), N_("bring it down to {limit} million")
    ),
    "E57": Code(
        N_("someone in the picture did not agree to be shown"),
        N_("use another picture, or ask again and write consent=yes"),
    ),
    "E58": Code(
        N_("pictures of this kind are not printed: “{name}”"), N_("use JPEG, PNG, WebP, TIFF or SVG")
    ),
    "E59": Code(
        N_("“{found}” means nothing on a picture"),
        N_('use .wide, .margin, credit="…", consent=yes'),
        N_("write “{guess}”"),
    ),
    "E60": Code(
        N_("the drawing “{name}” holds {what}"),
        N_("save it as plain SVG, without scripts, styles from elsewhere or linked pictures"),
    ),
    "E66": Code(
        N_("the drawing “{name}” has the colour {found}, and no inks are known for it"),
        N_(
            "use a colour of the style ({choices}), black, white or a grey; for a logo, ask for it in four "
            "inks and name it as logo_cmyk"
        ),
    ),
    "E67": Code(
        N_("the drawing “{name}” holds {what}, which cannot be printed in ink"),
        N_("save it with plain colours, or as a picture of 300 pixels per inch"),
    ),
    "E68": Code(
        N_("the picture “{name}” is too coarse for paper: {ppi} pixels per inch"),
        N_(
            "use a larger picture, {wanted} pixels across, set it narrower, or make the other editions "
            "alone with --edition"
        ),
    ),
    "E162": Code(
        N_("the drawing “{name}” has lines of {width} pt as set; under {limit} pt they break up on paper"),
        N_("make its lines thicker in a drawing program, or set it wider"),
    ),
    "E167": Code(
        N_("“{name}” is not built as such files are, so place and device cannot be taken out of it"),
        N_("open it in a picture program and save it again as JPEG or PNG"),
    ),
    "W04": Code(
        N_("the picture “{name}” prints at {ppi} pixels per inch"),
        N_("use a larger picture: {wanted} pixels across or more"),
    ),
    "W10": Code(N_("the alternative text says nothing: “{found}”"), N_("say what is to be seen")),
    "W12": Code(
        N_("the picture “{name}” will be soft on paper: {ppi} pixels per inch"),
        N_("use a larger picture: {wanted} pixels across"),
    ),
    "W175": Code(
        N_("files of pictures tell more than they show ({what}): {known}"),
        N_(
            "“bulletin check --fix” takes it out, and the pictures stay as they are; nothing published has it"
        ),
    ),
    "W176": Code(
        N_("whether those in the photographs agreed to be shown is not answered: {known}"),
        N_("write consent=yes, no or not-needed at each picture, and consent: under cover: in issue.yaml"),
    ),
}

"""Letters by rule, as mail programs build them: forms of the text, quotations, signatures, lists, enclosures.

Each says which words must be placed, which must be listed, and which must not stand in the draft.
"""

from __future__ import annotations

import base64
import itertools
import quopri
import textwrap
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OWN: Final = (
    "Каним всички членове на откриването на изложбата в залата на читалището, което ще бъде в сряда.",
    "The harbour museum invites all of its friends to the opening of the hall on the first floor.",
    "Работилницата за отворени данни премина успешно и събра двадесет участници от четири града.",
)
_EARLIER: Final = (
    "Може ли да пратите текста до петък",
    "Could you send us the words by Friday",
    "Чакаме снимките от срещата",
)
_SIGNATURE: Final = (
    "Милена Примерова, тел. 02 123 45 67",
    "Elena Sample, +359 2 765 43 21",
    "Екипът на клуба",
)
_ATTRIBUTIONS: Final = (
    "На пн, 4.03.2024 г. в 10:15 Елена Примерова <elena@example.org> написа:",
    "On Mon, 4 Mar 2024 at 10:15, Elena Sample <elena@example.org> wrote:",
    "На 4.03.24 г. в 10:15, Елена Примерова написа:",
    "Елена Примерова <elena@example.org> написа:",
    "> На 4.03.2024 г., в 10:15 ч., Елена Примерова <elena@example.org> написа:",
)
_HEADINGS: Final = (
    """\
-----Original Message-----
From: Elena <elena@example.org>
Sent: Monday, March 4, 2024 10:15 AM
To: Office <office@example.org>
Subject: Text""",
    """\
-----Оригинално съобщение-----
От: Елена <elena@example.org>
Изпратено: понеделник, 4 март 2024 г. 10:15
До: Офис <office@example.org>
Относно: Текст""",
    """\
От: Елена Примерова <elena@example.org>
Изпратено: 4 март 2024 г. 10:15
До: Офис
Относно: Текст""",
    """\
________________________________
From: Elena Sample <elena@example.org>
Sent: Monday, March 4, 2024
To: Office
Subject: Text""",
    """\
-------- Оригинално писмо --------
От: Елена elena@example.org
Относно: Текст
До: Офис
Изпратено на: 04.03.2024 10:15""",
)
_SENT_ON: Final = (
    """\
---------- Forwarded message ---------
From: Elena <elena@example.org>
Date: Mon, 4 Mar 2024
Subject: Text
To: <office@example.org>
""",
    """\
---------- Препратено съобщение ----------
От: Елена <elena@example.org>
Дата: пн, 4 март 2024 г.
Тема: Текст
До: <office@example.org>
""",
    """\
Begin forwarded message:

From: Elena <elena@example.org>
Subject: Text
Date: 4 March 2024
To: office@example.org
""",
)


class LetterByRule(NamedTuple):
    """A letter.

    Args:
        name: Says by which rule it was made.
        data: The message.
        placed: What must stand in the draft.
        listed: What must be told.
    """

    name: str
    data: bytes
    placed: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


def letters() -> Iterator[LetterByRule]:
    """Yield all letters."""
    for maker in _MAKERS:
        yield from maker()


def _letter(subject: str = "Текст за бюлетина") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "Милена Колева <milena@example.org>", "office@example.org"
    letter["Subject"], letter["Date"] = subject, "Tue, 12 Mar 2024 10:00:00 +0200"
    return letter


def _plain(text: str, subject: str = "Re: Текст за бюлетина") -> bytes:
    letter = _letter(subject)
    letter.set_content(text)
    return bytes(letter)


def _page(html: str, subject: str = "Re: Текст за бюлетина", plain: str | None = None) -> bytes:
    letter = _letter(subject)
    if plain is not None:
        letter.set_content(plain)
        letter.add_alternative(html, subtype="html")
    else:
        letter.set_content(html, subtype="html")
    return bytes(letter)


def _quoted_replies() -> Iterator[LetterByRule]:
    for (at, own), said in itertools.product(enumerate(_OWN), _ATTRIBUTIONS):
        earlier, signature = _EARLIER[at], _SIGNATURE[at]
        mark = ">> " if said.startswith(">") else "> "
        quoted = f"{said}\n{mark}{earlier}\n{mark.strip()}\n{mark}Поздрави\n"
        yield LetterByRule(f"reply {said}", _plain(f"{own}\n\n{quoted}"), (own,), (earlier,))
        yield LetterByRule(
            f"reply with signature {said}",
            _plain(f"{own}\n\n-- \n{signature}\n\n{quoted}"), (own,), (earlier, signature),
        )  # fmt: skip
        yield LetterByRule(f"answer below {said}", _plain(f"{quoted}\n{own}\n"), (own,), (earlier,))
        wrapped = "\n".join(textwrap.wrap(said, 50)) if not said.startswith(">") else said
        text = f"{own}\n\n{wrapped}\n\n{mark}{earlier}\n"
        yield LetterByRule(f"attribution wrapped {said}", _plain(text), (own,), (earlier,))


def _headed_replies() -> Iterator[LetterByRule]:
    for (at, own), heading in itertools.product(enumerate(_OWN), _HEADINGS):
        earlier = _EARLIER[at]
        yield LetterByRule(
            f"heading {heading[:20]}", _plain(f"{own}\n\n{heading}\n\n{earlier}\n"), (own,), (earlier,)
        )
        lines = "<br>".join(line.replace("<", "&lt;").replace(">", "&gt;") for line in heading.split("\n"))
        rest = f"<p>{lines}</p><p>{earlier}</p>"
        yield LetterByRule(f"page {heading[:20]}", _page(f"<p>{own}</p>{rest}"), (own,), (earlier,))
        bordered = (
            f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal>{lines}</p></div>'
        )
        yield LetterByRule(
            f"Outlook {heading[:20]}",
            _page(f"<div><p class=MsoNormal>{own}</p><div>{bordered}</div><p>{earlier}</p></div>"),
            (own,), (earlier,),
        )  # fmt: skip


def _pages_that_quote() -> Iterator[LetterByRule]:
    for (at, own), said in itertools.product(enumerate(_OWN), _ATTRIBUTIONS[:4]):
        earlier, signature = _EARLIER[at], _SIGNATURE[at]
        told = said.replace("<", "&lt;").replace(">", "&gt;")
        pages = {
            "Gmail": f"<div dir=ltr>{own}</div><br><div class=gmail_quote>"
            f"<div class=gmail_attr>{told}<br></div>"
            f"<blockquote class=gmail_quote><div>{earlier}</div></blockquote></div>",
            "Thunderbird": f"<p>{own}</p><div class=moz-cite-prefix>{told}<br></div>"
            f"<blockquote type=cite><p>{earlier}</p></blockquote>",
            "Apple": f"<div>{own}</div><div><br><blockquote type=cite><div>{told}</div><br>"
            f"<div>{earlier}</div></blockquote></div>",
            "Outlook on the web": f"<div>{own}</div><div id=appendonsend></div><hr>"
            f"<div id=divRplyFwdMsg><font><b>From:</b> Elena<br><b>Sent:</b> Monday<br>"
            "<b>Subject:</b> x</font></div>"
            f"<div>{earlier}</div>",
            "Yahoo": f"<div>{own}</div><div class=yahoo_quoted><div>{told}</div><div>{earlier}</div></div>",
            "a citation": f"<p>{own}</p><p>{told}</p><blockquote><p>{earlier}</p></blockquote>",
        }
        for name, page in pages.items():
            yield LetterByRule(f"{name} {at} {said[:12]}", _page(page), (own,), (earlier,))
        signed = f"<div dir=ltr>{own}<br><div class=gmail_signature>{signature}</div></div>"
        yield LetterByRule(f"Gmail signature {at}", _page(signed), (own,), (signature,))


def _sent_on() -> Iterator[LetterByRule]:
    for (at, own), heading in itertools.product(enumerate(_OWN), _SENT_ON):
        note = ("За бюлетина.", "Ето я новината.", "")[at]
        for subject in ("Fwd: Текст", "ПР: Текст", "Текст"):
            text = f"{note}\n\n{heading}\n{own}\n"
            listed = ("elena@example.org",)
            yield LetterByRule(
                f"sent on {heading[:20]} {subject}", _plain(text, subject), (own, note), listed
            )
        lines = "<br>".join(line.replace("<", "&lt;").replace(">", "&gt;") for line in heading.split("\n"))
        page = (
            f"<div>{note}</div><div class=gmail_quote><div class=gmail_attr>{lines}</div><p>{own}</p></div>"
        )
        yield LetterByRule(
            f"sent on from Gmail {at}", _page(page, "Fwd: Текст"), (own, note), ("elena@example.org",)
        )


def _flowed() -> Iterator[LetterByRule]:
    for own, delsp, width in itertools.product(_OWN, (False, True), (30, 50)):
        lines = textwrap.wrap(own, width, break_long_words=False, drop_whitespace=False)
        joined = (
            "\r\n".join(line.rstrip() + ("  " if delsp else " ") for line in lines[:-1]) + "\r\n" + lines[-1]
        )
        said = f"Content-Type: text/plain; charset=utf-8; format=flowed{'; delsp=yes' if delsp else ''}\r\n"
        old = f">> Стари думи {' ' if delsp else ''}\r\n>> на друг\r\n"
        body = f"{joined}\r\n\r\n- първо\r\n- второ\r\n\r\n{old}-- \r\n{_SIGNATURE[0]}\r\n"
        head = f"From: m@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n{said}\r\n"
        yield LetterByRule(
            f"flowed {delsp} {width}", (head + body).encode(), (own, "- първо\n- второ"),
            ("Стари думи на друг", _SIGNATURE[0]),
        )  # fmt: skip


def _forms() -> Iterator[LetterByRule]:
    for own in _OWN:
        for empty in (
            "<html><body></body></html>",
            "<div><br></div>",
            "<p>&nbsp;</p><style>p{color:red}</style>",
        ):
            yield LetterByRule(f"empty page {empty[:12]}", _page(empty, plain=own), (own,))
        half = f"<p>{own.split()[0]}</p>"
        yield LetterByRule("page with a word", _page(half, plain=f"{own} {own}"), (own,))
        other = _page(f"<p>{own}</p>", plain="Вашата поща не показва страници, отворете писмото другаде")
        yield LetterByRule("plain that says something else", other, (own,), ("не показва страници",))
        for kind, enriched in itertools.product(
            ("enriched", "richtext"),
            (
                f"<bold>{own.split(maxsplit=1)[0]}</bold> {own.split(maxsplit=1)[1]}",
                f"<fontfamily><param>Times</param>{own}</fontfamily>\n\nВтори <<ред>",
            ),
        ):
            letter = _letter()
            letter.set_content(enriched, subtype=kind)
            yield LetterByRule(f"{kind} alone", bytes(letter), (own.split(maxsplit=1)[1],))
            letter = _letter()
            letter.set_content(own)
            letter.add_alternative(enriched, subtype=kind)
            yield LetterByRule(f"{kind} beside plain", bytes(letter), (own.split(maxsplit=1)[1],))


def _enclosed() -> Iterator[LetterByRule]:
    for at, own in enumerate(_OWN):
        inner = _letter("Вътрешно писмо")
        inner.set_content(own)
        data = bytes(inner)
        bodies = {
            "7bit": data,
            "8bit": data,
            "base64": base64.encodebytes(data),
            "quoted-printable": quopri.encodestring(data),
        }
        for encoding, body in bodies.items():
            outer = (
                b"From: a@example.org\nSubject: =?utf-8?b?0JLRitC90YjQvdC+?=\nMIME-Version: 1.0\n"
                b"Content-Type: multipart/mixed; boundary=B\n\n--B\n"
                b"Content-Type: text/plain; charset=utf-8\n\n"
                + "Пращам ви писмото.\n--B\n".encode()
                + f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n".encode()
                + b"Content-Disposition: attachment\n\n" + body + b"\n--B--\n"
            )  # fmt: skip
            yield LetterByRule(f"enclosed {encoding} {at}", outer, (own, "Пращам ви писмото."))
        letter = _letter("Външно писмо")
        letter.set_content("Пращам ви файла.\n")
        letter.add_attachment(data, "application", "octet-stream", filename="писмо.eml")
        yield LetterByRule(f"attached as a file {at}", bytes(letter), (own, "Пращам ви файла."))


def _bad_parts() -> Iterator[LetterByRule]:
    broken = (
        (
            "application",
            "vnd.openxmlformats-officedocument.wordprocessingml.document",
            "статия.docx",
            b"PK\x03\x04broken",
        ),
        ("message", "delivery-status", None, b"Reporting-MTA: dns; example.org\n\n"),
        ("text", "calendar", None, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x\n"),
        ("application", "pkcs7-signature", "smime.p7s", b"\x30\x80\x06"),
        ("application", "ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22"),
        ("application", "octet-stream", "писмо.eml", b"\x00\x01\x02"),
        ("image", "jpeg", "снимка.jpg", b"\xff\xd8\xff\xe0broken"),
        ("text", "html", "страница.html", b"<div>" * 400),
    )
    for own, (main, sub, file, content) in itertools.product(_OWN, broken):
        name = f'; name="{file}"' if file else ""
        letter = (
            "From: a@example.org\nSubject: Новина\nMIME-Version: 1.0\n"
            "Content-Type: multipart/mixed; boundary=B\n\n"
            f"--B\nContent-Type: text/plain; charset=utf-8\n\n{own}\n--B\nContent-Type: {main}/{sub}{name}\n"
        ).encode()
        encoded = base64.encodebytes(content) if main != "message" else content
        code = b"Content-Transfer-Encoding: base64\n\n" if main != "message" else b"\n"
        listed = file or ("delivery-status" if main == "message" else "calendar")
        yield LetterByRule(f"bad {main}/{sub}", letter + code + encoded + b"\n--B--\n", (own,), (listed,))


def _outlook_lists() -> Iterator[LetterByRule]:
    def item(mark: str, words: str, level: int = 1, *, ignored: bool = True) -> str:
        space = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
        marked = f"<![if !supportLists]><span style='mso-list:Ignore'>{mark}{space}</span><![endif]>"
        if not ignored:
            marked = f"<span>{mark}</span>&nbsp;&nbsp; "
        style = f"margin-left:{36 * level}.0pt;text-indent:-18.0pt;mso-list:l0 level{level} lfo1"
        return f"<p class=MsoListParagraphCxSpMiddle style='{style}'>{marked}{words}<o:p></o:p></p>"

    for own, ignored in itertools.product(_OWN, (True, False)):
        head = f"<div class=WordSection1><p class=MsoNormal>{own}</p>"
        bullets = (
            item("·", "вода", ignored=ignored)
            + item("o", "чаша", 2, ignored=ignored)
            + item("·", "хляб", ignored=ignored)
        )
        yield LetterByRule("bullets", _page(head + bullets), (own, "- вода\n  - чаша\n- хляб"))
        numbers = item("1.", "вода", ignored=ignored) + item("2.", "хляб", ignored=ignored)
        later = item("3.", "сол", ignored=ignored)
        yield LetterByRule(
            "numbers", _page(f"{head}{numbers}<p>и още</p>{later}"), (own, "1. вода\n2. хляб", "3. сол")
        )
        mixed = (
            item("1.", "вода", ignored=ignored)
            + item("a)", "чаша", 2, ignored=ignored)
            + item("2.", "хляб", ignored=ignored)
        )
        yield LetterByRule("levels", _page(head + mixed), (own, "1. вода", "a) чаша", "2. хляб"))


def _invitations() -> Iterator[LetterByRule]:
    zone = ";TZID=FLE Standard Time:20240405T1"
    spans = {
        "local": (f"DTSTART{zone}00000\nDTEND{zone}20000", "2024-04-05 10:00\nend: 2024-04-05 12:00"),
        "utc": (
            "DTSTART:20240405T070000Z\nDTEND:20240405T090000Z",
            "2024-04-05 10:00\nend: 2024-04-05 12:00",
        ),
        "winter": ("DTSTART:20240105T080000Z\nDURATION:PT90M", "2024-01-05 10:00\nend: 2024-01-05 11:30"),
        "floating": ("DTSTART:20240405T100000", "2024-04-05 10:00\nplace"),
        "days": ("DTSTART;VALUE=DATE:20240405\nDTEND;VALUE=DATE:20240407", "2024-04-05\nend: 2024-04-06"),
    }
    for own, (kind, (span, fields)), where in itertools.product(
        _OWN, spans.items(), ("alternative", "attached")
    ):
        calendar = (
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@example.org\n"
            f"DTSTAMP:20240301T000000Z\n{span}\nSUMMARY:Семинар за данни\nLOCATION:Зала 3\\, втори етаж\n"
            "ORGANIZER;CN=Елена Примерова:mailto:elena@example.org\nEND:VEVENT\nEND:VCALENDAR\n"
        ).replace("\n", "\r\n")
        letter = _letter("Покана: Семинар за данни")
        letter.set_content(own)
        if where == "alternative":
            letter.add_alternative(calendar, subtype="calendar", params={"method": "REQUEST"})
        else:
            letter.add_attachment(calendar.encode(), "application", "ics", filename="invite.ics")
        place = 'place: "Зала 3, втори етаж"'
        placed = (
            own,
            "kind: event",
            "title: Семинар за данни",
            f"start: {fields}",
            place,
            "elena@example.org",
        )
        yield LetterByRule(f"invitation {kind} {where}", bytes(letter), placed)


_MAKERS: Final[tuple[Callable[[], Iterator[LetterByRule]], ...]] = (
    _quoted_replies,
    _headed_replies,
    _pages_that_quote,
    _sent_on,
    _flowed,
    _forms,
    _enclosed,
    _bad_parts,
    _outlook_lists,
    _invitations,
)

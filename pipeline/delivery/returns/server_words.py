"""Words of mail servers and of people in what comes back; `server_words.toml` has the tables."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Final

from pipeline.delivery.returns.status_codes import Cause

OF_SENDER: Final = "stage-of-sender"
AFTER_DATA: Final = "stage-after-data"
DELAY: Final = "delay"
DAEMON: Final = "daemon"
SUBJECT_OF_REPORT: Final = "subject-of-report"
AWAY: Final = "away"
COPY_BEGINS: Final = "copy-begins"
ANSWERED_BEGINS: Final = "answered-begins"
WISH: Final = "wish"
"""Tables that speak of no cause."""

_ADDRESS: Final = re.compile(r"<?(?<![\w.+=-])[\w.+=-]{1,64}@[\w.-]{0,254}\w>?")

_LONGEST: Final = 4000
"""Characters of one notice or field that are searched; the tables look back and forth over some words."""


def says(words: str, table: str | Cause) -> bool:
    """Return whether a server's words say what a table holds.

    Args:
        words: A field, or a paragraph of a notice.
        table: The name of a table, as above, or a cause.
    """
    plain = _plain(words)
    # The dots of an address end no sentence of a server.
    return bool(_tables()[table].search(_ADDRESS.sub("<>", plain) if isinstance(table, Cause) else plain))


def until(text: str, table: str) -> tuple[str, str]:
    """Part a text where something begins.

    Args:
        text: A text of several lines.
        table: `COPY_BEGINS` or `ANSWERED_BEGINS`.

    Returns:
        The text before, and that from there on, which is empty where it does not begin.
    """
    match = _tables()[table].search(text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def one_line(words: str) -> str:
    """Return a server's words in one line, without addresses of members, and not too long."""
    line = _ADDRESS.sub("…", " ".join(words[:_LONGEST].split()))
    return line if len(line) <= 160 else f"{line[:159]}…"  # noqa: PLR2004 - two lines of a terminal


def _plain(words: str) -> str:
    # A reply of several lines repeats its code on each: “550-No such”, “550 user”.
    joined = re.sub(r"\n[ \t]{0,20}[245]\d\d[ -](?:[245]\.\d\.\d{1,3} )?", " ", words[:_LONGEST].lower())
    return " ".join(joined.replace("’", "'").split())


@functools.cache
def _tables() -> dict[str, re.Pattern[str]]:
    text = resources.files(__package__).joinpath("server_words.toml").read_text(encoding="utf-8")
    return {
        table: re.compile(
            "|".join(f"(?:{each})" for group in groups.values() for each in group),
            re.IGNORECASE | re.MULTILINE,
        )
        for table, groups in tomllib.loads(text).items()
    }

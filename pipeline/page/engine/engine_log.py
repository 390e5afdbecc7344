"""The engine's log: its records are collected during layout and become findings."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOGGER: Final = "weasyprint"
"""The name of the engine's logger."""


class _RecordCollector(logging.Handler):
    """Collects log records from WARNING up.

    Args:
        records: The list they are appended to.
    """

    def __init__(self, records: list[logging.LogRecord]) -> None:
        """Store the list."""
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Append a record."""
        self._records.append(record)


@contextlib.contextmanager
def collected_records() -> Iterator[list[logging.LogRecord]]:
    """Yield a list to which the engine's records are appended, instead of going to its handlers."""
    logger = logging.getLogger(LOGGER)
    records: list[logging.LogRecord] = []
    handlers, propagates = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [_RecordCollector(records)], False
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = handlers, propagates


def log_findings(records: Iterable[logging.LogRecord]) -> tuple[Finding, ...]:
    """Return a finding (E80) for each message of the log, once each."""
    messages = dict.fromkeys(record.getMessage() for record in records)
    return tuple(found("E80", None, record=message) for message in messages)

"""Whose fault it is that a rule failed on a file: the file's, or the rule's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings.finding import Finding, found
from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import FAULTS_OF_THE_FILE, problem_of
from pipeline.pdf.content.entry_types import wrong_entry

if TYPE_CHECKING:
    import pikepdf


def blamed(rule: str, fault: BaseException, pdf: pikepdf.Pdf, page: int = 0) -> Finding:
    """Return the finding for a rule that failed.

    Args:
        rule: The rule, by the name that those who make the program know it by.
        fault: What was raised.
        pdf: The file, open.
        page: The page it failed on, or 0.

    Returns:
        E117 where the file is broken: pikepdf says so, or an entry of it has a type that the standard does
        not allow. E128 where it takes more memory than it may. E127 where nothing is wrong with the file.
    """
    if isinstance(fault, FAULTS_OF_THE_FILE):
        return found("E117", None, page=page, problem=problem_of(fault))
    if isinstance(fault, MemoryError):
        return found("E128", None, page=page, problem=N_("it takes more memory than it may"))
    if wrong := wrong_entry(pdf):
        return found("E117", None, page=page, problem=wrong)
    problem = f"{type(fault).__name__}: {problem_of(fault)}"
    return found("E127", None, page=page, rule=rule, problem=problem)

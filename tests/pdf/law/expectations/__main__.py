"""Write down anew, after a change, what pages must show: `python -m tests.pdf.law.expectations`."""

from __future__ import annotations

from tests.pdf.law.expectations import CASES, described, kept_file

for case in CASES:
    kept_file(case).parent.mkdir(exist_ok=True)
    kept_file(case).write_text(described(case), "utf-8")

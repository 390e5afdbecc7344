"""`python -m tests.frozen keep`: keep the hashes of new versions of styles, the meaning of new workspaces.

What was kept before stays as it is.
"""

from __future__ import annotations

import json
import sys

from tests.frozen import (
    KEPT_HASHES,
    LANGUAGES,
    described,
    description_file,
    hashes_now,
    kept_hashes,
    kept_reading,
    published_versions,
)

if sys.argv[1:] != ["keep"]:
    sys.exit(__doc__)
known = kept_hashes() if KEPT_HASHES.exists() else {}
kept = {version: known.get(version) or hashes_now(version) for version in published_versions()}
KEPT_HASHES.write_text(json.dumps(known | kept, indent=1, sort_keys=True) + "\n", "utf-8")
for name, language in LANGUAGES:
    path = description_file(name, language)
    if not path.exists():
        reading = kept_reading(name, language)
        if reading.issue is None:
            sys.exit(f"{name} has errors: {[finding.code for finding in reading.findings]}")
        path.write_text(described(reading.issue), "utf-8")

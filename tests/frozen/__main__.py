"""`python -m tests.frozen keep`: keep the hashes of versions that are published now; others stay."""

from __future__ import annotations

import json
import sys

from tests.frozen import KEPT_HASHES, hashes_now, kept_hashes, published_versions

if sys.argv[1:] != ["keep"]:
    sys.exit(__doc__)
known = kept_hashes() if KEPT_HASHES.exists() else {}
kept = {version: known.get(version) or hashes_now(version) for version in published_versions()}
KEPT_HASHES.write_text(json.dumps(known | kept, indent=1, sort_keys=True) + "\n", "utf-8")

"""`python -m tests.golden renew`: keep the shipped issues as they are built now; look at them first.

`renew bulletin` keeps only those in style `bulletin`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.page.engine.faces import isolate_faces
from tests.golden import ISSUES, REPOSITORY, made_up, renew

if sys.argv[1:] not in (["renew"], ["renew", "bulletin"]):
    sys.exit(__doc__)
isolate_faces()
with tempfile.TemporaryDirectory() as folder:
    made_up.renew(Path(folder))
if sys.argv[2:]:
    sys.exit()
with tempfile.TemporaryDirectory() as folder:
    workspace = Workspace(REPOSITORY)
    for issue in ISSUES:
        build(
            BuildRequest(
                workspace.issues / issue,
                workspace,
                Path(folder),
                editions=(SCREEN, PRESS, ARCHIVE),
                fresh=True,
                mail=True,
            )
        )
    renew(Path(folder))

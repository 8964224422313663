"""The scratch folder: what libraries want as files while documents are made."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path


@cache
def scratch_folder() -> Path:
    """A folder of this process and of the copies that are made of it, removed when it ends.

    A copy (a worker that was forked) leaves the folder of the process that it is a copy of alone;
    one that asks first has a folder of its own.
    """
    folder = tempfile.mkdtemp(prefix="briefgen-")
    # Unlike those of `atexit` and `weakref`, these run in workers too, and not in copies.
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    return Path(folder)

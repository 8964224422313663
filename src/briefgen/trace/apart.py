"""A PDF of anyone's, read in a process of its own.

A PDF library unpacks tables and objects of a file before anyone can ask how large they are: a file
of 1.4 MB took 2 GB. The process may take `MEMORY` and `SECONDS` and is ended beyond that.
"""

from __future__ import annotations

import subprocess
import sys

MEMORY = 1_000_000_000
"""Bytes of address space; a PDF of ours, with Python and the library, takes about 200 million."""
SECONDS = 20
"""For a PDF of ours a fifth of one is enough."""


def run_apart(module: str, pdf: bytes, *words: str) -> tuple[int, bytes] | None:
    """The exit code and the output of a module that is given a PDF; None where time ran out.

    The module must call `limit_memory` with its last argument before it opens the file.
    """
    # -P: a module in the folder where the command runs is not taken for one of ours.
    command = [sys.executable, "-P", "-m", module, *words, str(MEMORY)]
    try:
        run = subprocess.run(  # noqa: S603 - our own module; the file goes in as its input
            command, input=pdf, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return None
    return run.returncode, run.stdout


def limit_memory(memory: int) -> None:
    """Let this process take no more than these bytes, where the system can see to that."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the time alone is bounded
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (soft, most))

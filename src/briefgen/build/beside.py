"""Beside: work that a copy of this process does while this one goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")


def beside(task: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a task in a copy of this process; what is given back waits for what the task gives.

    That crosses processes, and is lost if the copy is ended or the task fails there: then, and
    where the system's libraries do not stand copies (anywhere but on Linux), the task is done by
    whoever waits. It must change nothing.
    """
    if sys.platform != "linux":
        return task
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_do, args=(task, theirs))
    process.daemon = True
    process.start()
    theirs.close()

    def wait() -> Result:
        with ours:
            try:
                found: Result = ours.recv()
            except (EOFError, OSError):
                return task()
        process.join()
        return found

    return wait


def _do(task: Callable[[], object], theirs: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits hears that, and ends this
    with suppress(BaseException):
        theirs.send(task())
    theirs.close()
    os._exit(0)  # without what the other process has left to do at its end

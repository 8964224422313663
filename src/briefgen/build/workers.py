"""Workers: jobs done one after the other in this process, or by several, each with its engine.

Any executor of `concurrent.futures` will do; where none is given, processes are started. A worker
that dies (the system ends the largest where memory runs short) costs nothing that is finished: what
it had in hand is done again, alone, and told as failed if that ends it once more.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path

from briefgen.build.engine import Engine
from briefgen.build.inputs import inputs_digest
from briefgen.build.jobs import Done, Job, do_job
from briefgen.build.project import Project, load_project
from briefgen.formats.scratch import scratch_folder
from briefgen.problems import WrongEnvironment

START = "fork" if sys.platform == "linux" else "spawn"
"""How processes start. A copy of this one has all that it has read and imported; elsewhere than on
Linux the system's own libraries do not stand that."""
_held: tuple[str, Engine] | None = None
"""What a worker keeps between its jobs: an engine, and the hash of all that it was made from."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def do_all(
    jobs: Sequence[Job],
    engine: Engine,
    workers: int,
    begun: Callable[[str], None],
    *,
    only_check: bool = False,
    executor: Executor | None = None,
) -> Iterator[Done]:
    """What became of each job, in their order, but for those whose worker died, which come last.

    With one worker or one job in this process, which tells `begun` the name of each artefact;
    else by `executor`, or by as many processes.
    """
    is_alone = len(jobs) == 1 and workers > 1
    workers = min(workers, len(jobs))
    if executor is not None:
        yield from _results(_submit(executor, jobs, engine.project, only_check=only_check))
    elif workers <= 1:
        for job in jobs:
            yield do_job(job, engine, begun, only_check=only_check, is_alone=is_alone)
    else:
        yield from _in_processes(jobs, engine.project, workers, only_check=only_check)


def _in_processes(
    jobs: Sequence[Job], project: Project, workers: int, *, only_check: bool
) -> Iterator[Done]:
    left = list(jobs)
    with _pool(project, workers) as pool:
        for done in _results(_submit(pool, jobs, project, only_check=only_check)):
            left.remove(done.job)
            yield done
    for job in left:
        with _pool(project, 1) as pool:
            [future] = _submit(pool, [job], project, only_check=only_check)
            yield next(_results({future: job}), None) or Done(job, failure=_killed(job))


def _submit(
    executor: Executor, jobs: Sequence[Job], project: Project, *, only_check: bool
) -> dict[Future[Done], Job]:
    inputs = inputs_digest(project.folder)
    return {executor.submit(work, job, project.folder, inputs, only_check): job for job in jobs}


def _results(futures: dict[Future[Done], Job]) -> Iterator[Done]:
    """What the futures give, in their order, but for those whose worker has died."""
    for future in futures:
        if not isinstance(future.exception(), BrokenExecutor):
            yield future.result()


def work(
    job: Job,
    folder: Path,
    inputs: str,
    only_check: bool,  # noqa: FBT001 - crosses processes
) -> Done:
    """Do a job in a worker; one that does not have this state of the project reads its folder."""
    global _held  # noqa: PLW0603 - what a process keeps between its jobs has no other place
    if _held is None or _held[0] != inputs:
        _held = inputs, Engine(load_project(folder, loose_ends=False))
    done = do_job(job, _held[1], lambda _: None, only_check=only_check)
    gc.collect()  # it is paused while a document is made; what is left over adds up
    return done


@contextmanager
def _pool(project: Project, workers: int) -> Iterator[Executor]:
    """Processes with the project; an interrupt ends them at once."""
    scratch_folder()  # one for all; those that are ended would leave theirs behind
    inputs = inputs_digest(project.folder)
    context = multiprocessing.get_context(START)
    plain = replace(project, pending=None)  # what waits for another process crosses to none
    pool = ProcessPoolExecutor(workers, context, _start, (plain, inputs))
    try:
        yield pool
    except BaseException:
        for process in multiprocessing.active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start(project: Project, inputs: str) -> None:
    """Make a new process a worker, which lives no longer than the one that started it."""
    global _held  # noqa: PLW0603 - see `work`
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it hears that, and ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _held = inputs, Engine(project)
    gc.freeze()  # what it has from the other process stays shared: no collection writes to it


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _killed(job: Job) -> WrongEnvironment:
    return WrongEnvironment(
        f"the process that made {job.wanted[0].file_name} was ended by the system, twice: most "
        "likely memory ran short\n  help: build with `--jobs 1`, or free some memory"
    )

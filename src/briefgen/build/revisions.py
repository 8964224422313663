"""Revisions: the project's data as git has kept it, read without touching the work tree.

1. resolve  the name of the revision to a commit
2. list     the files of the project's `data/` in that commit
3. copy     their bytes, as they were committed, to a folder that is removed after reading
4. load     as any data is loaded and checked

The bytes come from the objects themselves (`git cat-file`), not from an archive or a checkout:
no filter of the repository runs, nothing is written into it, and no path is unpacked unread.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefgen.build.project import Project, load_dossiers
from briefgen.formats.environment import require_git
from briefgen.problems import WrongEnvironment, WrongUsage, printable

MOST_FILES = 10_000
MOST_BYTES = 64_000_000
"""More than any dossier of text holds; a `data/` above it is not one."""
COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
REGULAR = ("100644", "100755")
"""Modes of files; links (120000) and other repositories (160000) are not followed."""
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""What a hook of git sets for its own repository; the project's is found from its folder."""


@dataclass(frozen=True)
class Revision:
    """The data of a project at a commit."""

    name: str
    """As it was asked for: a tag, a branch, a commit."""
    commit: str
    """The commit's full name."""
    project: Project
    not_followed: tuple[str, ...]
    """Links and other repositories in `data/`, which were left out."""


@dataclass(frozen=True)
class _File:
    """A file of the commit."""

    path: PurePosixPath
    """Below `data/`."""
    blob: str
    size: int


def load_revision(folder: Path, name: str) -> Revision:
    """The dossiers of the project in `folder` as they were at the revision.

    Problems are found by today's rules and name files as git does: `v1.0:data/…`.

    Raises:
        WrongUsage: the folder is in no repository, the revision is unknown, it has no `data/`
            with a dossier, or one beyond all measure.
        WrongEnvironment: there is no git, or it refuses to read.
    """
    repository = _Repository(folder, require_git())
    commit = repository.commit(name)
    files, not_followed = repository.files(commit, name)
    with tempfile.TemporaryDirectory(prefix="briefgen-") as temporary:
        data = Path(temporary) / "data"
        for path, content in repository.contents(files):
            target = data / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        dossiers = load_dossiers(data, f"{name}:data") if files else {}
    if not dossiers:
        raise WrongUsage(f"at {name}, data/ holds no dossier: a folder with a dossier.yaml")
    return Revision(name, commit, Project(folder, dossiers), not_followed)


def revisions_of_data(folder: Path, most: int) -> list[str]:
    """The commits in which `data/` of the project changed, the newest first, at most so many.

    Raises:
        WrongUsage: the folder is in no repository.
        WrongEnvironment: there is no git, or it refuses to read.
    """
    return _Repository(folder, require_git()).commits_of_data(most)


@dataclass(frozen=True)
class _Repository:
    """The repository that a project lies in."""

    folder: Path
    git: str

    def commit(self, name: str) -> str:
        """The commit that the name stands for."""
        # A name that starts with a hyphen would be an option to git.
        if not name or name.startswith("-") or not name.isprintable():
            raise WrongUsage(
                f'"{printable(name)}" is not the name of a revision\n'
                "  help: write EDITION@REVISION with a tag, a branch or a commit: overview@v1.0"
            )
        found = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", check=False)
        commit = found.decode(errors="replace").strip()
        if not COMMIT.fullmatch(commit):
            self._prefix()
            raise WrongUsage(
                f'unknown revision "{name}"\n  help: name a tag, a branch or a commit; '
                "`git tag` and `git log --oneline` show some"
            )
        return commit

    def commits_of_data(self, most: int) -> list[str]:
        """The commits in which `data/` changed, the newest first."""
        self._prefix()
        # A repository without a commit has no log: that is no mistake.
        words = ("log", f"--max-count={most}", "--format=%H", "--", "data")
        return self._run(*words, check=False).decode(errors="replace").split()

    def files(self, commit: str, name: str) -> tuple[list[_File], tuple[str, ...]]:
        """The files of `data/` in the commit, and what is not a file there."""
        tree = f"{commit}:{self._prefix()}data"
        if self._run("cat-file", "-t", tree, check=False).strip() != b"tree":
            raise WrongUsage(
                f"at {name} the project has no folder data/\n  help: name a revision in which "
                "it has, or compare two editions"
            )
        listing = self._run("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        files: list[_File] = []
        not_followed: list[str] = []
        for entry in listing.split(b"\0")[:-1]:
            about, _, raw_path = entry.partition(b"\t")
            mode, _, blob, size = about.decode().split()
            path = os.fsdecode(raw_path)
            if mode in REGULAR:
                files.append(_File(_checked(path, name), blob, int(size)))
            else:
                not_followed.append(f"data/{path}")
        if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES:
            raise WrongUsage(
                f"at {name}, data/ is too large to be read: at most {MOST_FILES} files and "
                f"{MOST_BYTES // 1_000_000} MB are\n  help: keep other files outside data/"
            )
        return files, tuple(not_followed)

    def contents(self, files: Sequence[_File]) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Each file with its bytes as they were committed."""
        asked = "".join(f"{file.blob}\n" for file in files).encode()
        answer = self._run("cat-file", "--batch", given=asked)
        at = 0
        for file in files:
            start = answer.index(b"\n", at) + 1
            if answer[at:start].split()[1:] != [b"blob", str(file.size).encode()]:
                raise WrongEnvironment(
                    f"git does not have the contents of data/{file.path}\n"
                    "  help: fetch the whole history: `git fetch --refetch`"
                )
            at = start + file.size + 1
            yield file.path, answer[start : at - 1]

    def _prefix(self) -> str:
        """The way from the top of the repository to the project, with a stroke at its end."""
        return os.fsdecode(self._run("rev-parse", "--show-prefix").removesuffix(b"\n"))

    def _run(self, *words: str, given: bytes = b"", check: bool = True) -> bytes:
        environment = {key: value for key, value in os.environ.items() if key not in ELSEWHERE}
        # Reading must not wait for the network, nor tidy up the repository.
        environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
        ran = subprocess.run(  # noqa: S603 - no shell; the words are ours or checked
            [self.git, "-C", str(self.folder), *words],
            input=given,
            capture_output=True,
            env=environment,
            check=False,
        )
        if ran.returncode and check:
            raise self._refusal(ran.stderr.decode(errors="replace"))
        return ran.stdout

    def _refusal(self, said: str) -> WrongUsage | WrongEnvironment:
        if "not a git repository" in said:
            return WrongUsage(
                f"the project in {self.folder} is in no git repository, so it has no revisions\n"
                "  help: name editions without @, or keep the project in git"
            )
        first = printable(said.strip().split("\n", 1)[0])
        owner = "dubious ownership" in said
        mend = (
            f"git config --global --add safe.directory {self.folder.resolve()}"
            if owner
            else "see that `git status` works in the project's folder"
        )
        return WrongEnvironment(f"git cannot read the repository: {first}\n  help: {mend}")


def _checked(path: str, name: str) -> PurePosixPath:
    """The path below `data/`; a repository made by hand may hold one that leads out of it."""
    parts = path.split("/")
    if not all(parts) or ".." in parts or "." in parts:
        raise WrongUsage(
            f"at {name}, data/ holds the path {printable(path)}, which leads elsewhere\n"
            "  help: name another revision"
        )
    return PurePosixPath(path)

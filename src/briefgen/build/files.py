"""Write a file whole or not at all: a full disk must not cut what a person has written."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from briefgen.problems import WrongEnvironment


def write_whole(path: Path, data: bytes) -> None:
    """Put the data in the file's place, behind a link where it is one; its rights stay.

    Raises:
        WrongEnvironment: it cannot be written, and the file is as it was.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".briefgen-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(target.stat().st_mode if target.exists() else mode_of_new_files())
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> WrongEnvironment:
    """What the system's error about a path means, and its remedy."""
    fact = f"cannot write {path}: {error.strerror}; nothing was changed"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WrongEnvironment(f"{fact}\n  help: change its permissions, or those of its folder")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return WrongEnvironment(f"{fact}\n  help: free some space")
    return WrongEnvironment(fact)


def mode_of_new_files() -> int:
    """The rights that new files get; the system tells its mask only when one is set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask

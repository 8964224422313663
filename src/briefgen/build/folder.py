"""The folder of a project: the named one, or the nearest with data."""

from __future__ import annotations

import os
from pathlib import Path

from briefgen.problems import WrongUsage


def project_folder(named: Path | None) -> Path:
    """The project to work on: the named one, or the nearest with data from here upwards.

    Where there is none, this folder, which then stands for the shipped example.

    Raises:
        WrongUsage: the named folder is not there or has no `data/`.
    """
    if named is not None:
        if not named.is_dir():
            raise WrongUsage(f"there is no folder {named}")
        if not (named / "data").is_dir():
            raise WrongUsage(
                f"{named} has no data/\n  help: name the folder that holds data/ and out/"
            )
        return named
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any(folder.glob("data/*/dossier.yaml")):
            return Path(os.path.relpath(folder))
    return Path()

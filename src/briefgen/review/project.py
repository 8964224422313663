"""The dossier that an edited file was exported from, as the project has it now."""

from __future__ import annotations

from pathlib import Path

from briefgen.build.collector import paused_collector
from briefgen.build.files import finish_writing
from briefgen.build.loaded import LoadedDossier
from briefgen.dossier.base import ID_PATTERN
from briefgen.dossier.load import read_dossier
from briefgen.edition.load import read_editions
from briefgen.problems import WrongUsage, suggest
from briefgen.resources import shipped


def read_for_review(folder: Path, name: str) -> LoadedDossier:
    """The dossier `name` of the project in `folder`, read but not checked.

    Raises:
        WrongUsage: there is none.
    """
    data = folder / "data" if (folder / "data").is_dir() else shipped("data")
    known = sorted(path.parent.name for path in data.glob("*/dossier.yaml"))
    # The name comes from the file, so that it may be a path or anything else.
    if not ID_PATTERN.fullmatch(name) or name not in known:
        raise WrongUsage(
            f'the file was exported from the dossier "{name}", which is not in {data}\n'
            f"  help: {suggest(name, known)}go to its project, or name that with --project; "
            f"dossiers here: {', '.join(known) or 'none'}"
        )
    path, shown = data / name, Path("data") / name
    finish_writing(path, shown)
    with paused_collector():
        editions = read_editions(path / "editions", shown / "editions")
        reading = read_dossier(path, shown)
    problems = [*reading.problems, *editions.problems]
    return LoadedDossier(path, shown, reading, editions.editions, problems=problems)

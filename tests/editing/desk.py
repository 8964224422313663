"""A desk: a project, Word files exported from it, and what comes back."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from shipped import PROJECTS
from word_editing import WordFile

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.edition.models import Length
from briefgen.edition.tailor import tailor
from briefgen.formats.docx.edited import accept_all, read_edited
from briefgen.review.decisions import Decisions
from briefgen.review.merge import MergePlan, plan_merge, write_merge
from briefgen.review.project import read_for_review
from briefgen.review.review import Accepts, Reviewed, review_edited

UNDECIDED = Decisions()
EXPORTS: dict[tuple[str, ...], bytes] = {}
"""What was exported, by the state of the data: most tests edit the same copy."""


@dataclass
class Desk:
    """A project on disk."""

    folder: Path
    dossier: str

    def export(self, edition: str, length: Length = "full", layout: str = "") -> WordFile:
        """The edition as a Word file, as the data is now."""
        state = "\n".join(f"{name} {digest}" for name, digest in self.fingerprints().items())
        key = (state, edition, length, layout)
        if key not in EXPORTS:
            EXPORTS[key] = self._exported(edition, length, layout)
        return WordFile(EXPORTS[key])

    def _exported(self, edition: str, length: Length, layout: str) -> bytes:
        project = load_project(self.folder, loose_ends=False)
        [target] = find_targets(project, [edition], layout or None)
        engine = Engine(project)
        document = engine.compose(tailor(target.dossier.dossier, target.edition, length))
        return engine.render(document, target.edition.layout, "docx")

    def saved(self, word: WordFile, name: str = "edited.docx") -> Path:
        return word.save(self.folder / name)

    def review(self, word: WordFile | Path, accepts: Accepts = accept_all) -> Reviewed:
        path = word if isinstance(word, Path) else self.saved(word)
        file = read_edited(path)
        return review_edited(file, read_for_review(self.folder, file.snapshot.dossier), accepts)

    def merge(
        self,
        *words: WordFile | Path,
        decisions: Decisions = UNDECIDED,
        to_lens: bool = False,
        accepts: Accepts = accept_all,
    ) -> MergePlan:
        plan = plan_merge(
            [self.review(word, accepts) for word in words], decisions, to_lens=to_lens
        )
        write_merge(plan)
        return plan

    def path(self, name: str) -> Path:
        return self.folder / "data" / self.dossier / name

    def text(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change the data, as somebody does meanwhile."""
        text = self.text(name)
        assert old in text, f"{name} does not hold {old!r}"
        self.path(name).write_text(text.replace(old, new, 1), "utf-8")

    def reviews(self) -> str:
        """All that is to be settled."""
        return "\n".join(p.read_text("utf-8") for p in sorted(self.path("reviews").glob("*.yaml")))

    def fingerprints(self) -> dict[str, str]:
        """What stands in the files of the dossier."""
        folder = self.folder / "data" / self.dossier
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def desk_with(name: str, folder: Path) -> Desk:
    """A desk with a copy of a project's data."""
    shutil.copytree(PROJECTS[name] / "data", folder / "data")
    return Desk(folder, name)

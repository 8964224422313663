"""Review of an edited Word file against pandoc reading the same file, cold.

Both start from the edited copy of a `full` document: an edit a screen, tracked and untracked, some
comments. Ours reads it, reads the dossier, finds each field, makes prose of what was edited,
compares it with the data and writes the report; pandoc (`--track-changes=all`) reads it and writes
its native form. Fresh processes, imports within the clock. How both are measured: turns.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from turns import cold, report, run

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "editing"))

EDITS = 12
"""Edits in the copy."""


def prepare(folder: Path, edition: str, length: str) -> None:
    """Write the edited copy."""
    from word_editing import WordFile, text_of

    from briefgen.build.engine import Engine
    from briefgen.build.project import find_targets, load_project
    from briefgen.edition.tailor import tailor

    project = load_project(ROOT, loose_ends=False)
    [target] = find_targets(project, [edition])
    engine = Engine(project)
    document = engine.compose(tailor(target.dossier.dossier, target.edition, length))  # type: ignore[arg-type]
    word = WordFile(engine.render(document, target.edition.layout, "docx"))
    long = [p for p in word.paragraphs() if len(text_of(p)) > 150]  # noqa: PLR2004 - running text
    for number, paragraph in enumerate(long[:: max(1, len(long) // EDITS)]):
        at = text_of(paragraph).index(" ") + 1
        word.type(paragraph, at, at, "indeed ", "Analyst" if number % 2 else "")
    word.save(folder / "edited.docx")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--edition", default="india")
    parser.add_argument("--length", default="full")
    parser.add_argument("--prepare", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.prepare:
        prepare(Path(given.prepare[0]), *given.prepare[1:])
        return
    import pypandoc  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as name:
        folder = Path(name)
        run([sys.executable, __file__, "--prepare", name, given.edition, given.length])
        copy = str(folder / "edited.docx")
        ours = [sys.executable, "-m", "briefgen", "review", copy, "--project", str(ROOT)]
        ours += ["--out", str(folder / "review.txt")]
        pandoc = [pypandoc.get_pandoc_path(), "--from=docx", "--track-changes=all", "--to=native"]
        peer = [*pandoc, f"--output={folder / 'pandoc.txt'}", copy]
        print(f"{'':<38} {'wall: ours, pandoc, ÷':<21} | {'processor':<21} | {'MB':<21} | aim")
        title = f"{given.edition}, {given.length}: review, cold"
        report(title, cold(ours, peer, given.rounds), "1.0")


if __name__ == "__main__":
    main()

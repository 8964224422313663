"""`briefgen watch`: finished documents, made again at each save."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import typer

from briefgen.cli.asked import Asked, make, word_options
from briefgen.cli.build_options import (
    AnnotateOption,
    CreateStylesOption,
    EditionsArgument,
    EmbedFontsOption,
    FinalOption,
    FormatChoice,
    FormatsOption,
    JobsOption,
    LayoutOption,
    LengthOption,
    OutOption,
    ReferenceOption,
)
from briefgen.cli.common import ProjectOption, reporting_problems, say_failure, some_of
from briefgen.problems import WrongEnvironment, WrongUsage

if TYPE_CHECKING:
    from briefgen.build.runs import Finished
    from briefgen.build.watch import Round


def watch_command(
    editions: EditionsArgument = None,
    formats: FormatsOption = None,
    length: LengthOption = None,
    layout: LayoutOption = None,
    reference_doc: ReferenceOption = None,
    create_styles: CreateStylesOption = False,
    final: FinalOption = False,
    annotate: AnnotateOption = False,
    embed_fonts: EmbedFontsOption = False,
    out: OutOption = None,
    jobs: JobsOption = None,
    project: ProjectOption = None,
) -> None:
    """Build documents, then build again what each saved file touches, until Ctrl-C.

    Files in data/ and templates/ are watched, and the reference file. Mistakes are shown with
    their places; once they are mended and saved, building goes on.

    \b
    Examples:
      briefgen watch
      briefgen watch india --format pdf
      briefgen watch india european-sceptic --length one-page
      briefgen watch india --format docx --reference-doc house.docx
    """
    with reporting_problems(), suppress(KeyboardInterrupt):
        from briefgen.build.engine import warm
        from briefgen.build.folder import project_folder
        from briefgen.build.watch import Watched, rounds, saves

        folder = project_folder(project)
        to = out or folder / "out"
        log = _Log(to)

        def make_again(changed: Sequence[str]) -> Finished:
            log.begin(changed)
            if not (folder / "data").is_dir():
                raise WrongUsage(
                    "there is no data/ to watch\n  help: start with `briefgen new dossier NAME`, "
                    "go to your project, or name it with --project"
                )
            word = word_options(
                reference_doc,
                create_styles=create_styles,
                final=final,
                annotate=annotate,
                embed_fonts=embed_fonts,
            )
            asked = Asked.of(editions, formats, length, layout, word)
            return make(asked, folder, to, jobs, lines=False)

        watched = Watched(folder.resolve(), to, (reference_doc,) if reference_doc else ())
        for done in rounds(watched, saves(watched), make_again):
            log.end(done)
            if log.rounds == 1:
                if isinstance(done.failure, WrongUsage | WrongEnvironment):
                    raise typer.Exit(done.failure.exit_code)
                typer.echo("watching data/ and templates/; Ctrl-C ends")
                warm([each.value for each in formats or FormatChoice])


@dataclass
class _Log:
    """Says in a few lines what each round did: what is made on standard output, the rest beside."""

    out: Path
    rounds: int = 0
    _began: float = 0
    _told: tuple[str, ...] = ()

    def begin(self, changed: Sequence[str]) -> None:
        """Say what a round is for."""
        self._began = perf_counter()
        self.rounds += 1
        if changed:
            typer.echo(f"changed: {some_of(changed)}")

    def end(self, done: Round) -> None:
        """Say what came of it."""
        if done.failure:
            say_failure(done.failure)
        if done.finished:
            self._say_finished(done.finished)

    def _say_finished(self, finished: Finished) -> None:
        for line in finished.told:
            if line not in self._told:  # what was said of files that are as they were is known
                typer.echo(line, err=True)
        self._told = finished.told
        for name in finished.made:
            typer.echo(str(self.out / name))
        count = len(finished.made)
        what = f"{count} file{'s' * (count != 1)} built" if count else "nothing to build"
        typer.echo(f"{what}, {perf_counter() - self._began:.1f} s")

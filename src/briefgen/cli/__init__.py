"""The command line: parse, call one function, print, choose an exit code.

Heavy imports wait until a command needs them, so that `--help` is quick.
"""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from briefgen import __version__
from briefgen.cli.build import build_command
from briefgen.cli.check import check_command
from briefgen.cli.compare import compare_command
from briefgen.cli.doctor import doctor_command
from briefgen.cli.explain import explain_command
from briefgen.cli.import_csl import import_app
from briefgen.cli.list import list_command
from briefgen.cli.measure import measure_command
from briefgen.cli.merge import merge_command
from briefgen.cli.new import new_app
from briefgen.cli.review import review_command
from briefgen.cli.schema import schema_command
from briefgen.cli.show import show_command
from briefgen.cli.summary import summary_command
from briefgen.cli.trace import trace_command
from briefgen.cli.verify import verify_command
from briefgen.cli.watch import watch_command

OWN_BUG = 70
"""Exit code of our own mistakes (EX_SOFTWARE of sysexits.h)."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("build", short_help="Build all editions, or those that are named.")(build_command)
app.command("watch", short_help="Build again whenever a file is saved.")(watch_command)
app.command("check")(check_command)
app.command("measure", short_help="Measure how far editions differ, and how plainly they read.")(
    measure_command
)
app.command("list")(list_command)
app.command("show")(show_command)
app.command("explain", short_help="Explain why an edition shows this and not that.")(
    explain_command
)
app.command("compare", short_help="Compare two editions, or one with its past.")(compare_command)
app.command("trace", short_help="Trace words in a finished file to their evidence.")(trace_command)
app.command("review", short_help="Review edited Word files against their export and the data.")(
    review_command
)
app.command("merge", short_help="Merge edited Word files into the data.")(merge_command)
app.command("summary", short_help="Sum up the finished files, in Markdown.")(summary_command)
app.command("verify", short_help="Verify finished files: intact, and built from this data.")(
    verify_command
)
app.command("schema", short_help="Write JSON Schemas, for editors.")(schema_command)
app.add_typer(new_app, name="new", short_help="Start a dossier or an edition.")
app.add_typer(import_app, name="import", short_help="Add sources from a reference manager.")
app.command("doctor", short_help="Report what this machine has and lacks.")(doctor_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"briefgen {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Make tailored policy briefs, as PDF, DOCX and HTML, from one body of checked evidence.

    \b
    A first tour:
      briefgen list                  what there is
      briefgen list areas            the records of one kind
      briefgen show cyber-defence    one record with its evidence
      briefgen compare india european-sceptic
                                     what two editions share, and where they part
      briefgen build                 all editions, in all formats, into out/
      briefgen build india           one edition
      briefgen watch india           the same again at each save
      briefgen check                 every problem in the data, with its remedy
      briefgen explain india         why an edition shows this and not that
      briefgen measure               how far the editions differ, how plainly they read
      briefgen trace FILE "words"    from a sentence in a finished file to its evidence
      briefgen review FILE           what somebody edited in a Word file
      briefgen merge FILE            the same, into the data
      briefgen verify FILE           whether a finished file is as it was built, and from this data

    \b
    Exit codes: 0 done; 1 problems in the data; 2 wrong usage; 3 something is missing on
    this machine; 4 conflicts to settle; 5 an artefact was changed by hand; 70 a mistake of ours.
    """


def main() -> None:
    """Run the command line."""
    try:
        app()
    except Exception:  # noqa: BLE001 - whatever is left is our own bug
        traceback.print_exc()
        sys.stderr.write(
            f"\nThis is a mistake in briefgen {__version__}, not in your data. Please report it "
            "with the lines above.\n"
        )
        sys.exit(OWN_BUG)

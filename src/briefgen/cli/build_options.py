"""The options of the commands that build: `build` and `watch`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class LengthOrAll(StrEnum):
    """The lengths, and all of them."""

    one_page = "one-page"
    brief = "brief"
    full = "full"
    all = "all"


class FormatChoice(StrEnum):
    """The formats, as the command line offers them."""

    pdf = "pdf"
    docx = "docx"
    html = "html"


EditionsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="EDITION",
        help="Editions to build, each as EDITION or DOSSIER/EDITION.",
        show_default="all",
    ),
]

FormatsOption = Annotated[
    list[FormatChoice] | None,
    typer.Option(
        "--format",
        help="Only this format; may be given several times.",
        show_default="those of the edition",
    ),
]

LengthOption = Annotated[
    LengthOrAll | None,
    typer.Option(
        "--length",
        help="one-page, brief (4 pages), full (at most 16) or all.",
        show_default="brief, where the edition has it",
    ),
]

LayoutOption = Annotated[
    str | None,
    typer.Option(
        "--layout",
        metavar="LAYOUT",
        help="Build in this layout; `briefgen list layouts` shows all.",
        show_default="that of the edition",
    ),
]

ReferenceOption = Annotated[
    Path | None,
    typer.Option(
        "--reference-doc",
        metavar="FILE",
        help="Word file (.docx or .dotx) of your house: DOCX takes its styles, page, running "
        "head and foot, and cover.",
        show_default="the style of the layout",
    ),
]

CreateStylesOption = Annotated[
    bool,
    typer.Option(
        "--create-styles",
        help="With --reference-doc: make the styles that the file lacks.",
    ),
]

FinalOption = Annotated[
    bool,
    typer.Option(
        "--final",
        help="Word copies for publication: nothing in them that brings edits back, no author.",
    ),
]

AnnotateOption = Annotated[
    bool,
    typer.Option(
        "--annotate",
        help="Word copies with a comment on each claim that is contested, doubtful or dated.",
    ),
]

EmbedFontsOption = Annotated[
    bool,
    typer.Option(
        "--embed-fonts",
        help="Word files in the typefaces of the PDF, which they carry (0.6 MB).",
    ),
]

OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Folder for the finished files.",
        show_default="out/ in the project",
    ),
]

JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=1,
        metavar="N",
        help="Documents to make at the same time.",
        show_default="the cores that there are",
    ),
]

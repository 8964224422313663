"""What a Word file is to be beside the document itself; apart, so that a plan needs no writer."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.formats.reference_doc import ReferenceDoc


@dataclass(frozen=True)
class WordOptions:
    """What is asked of a Word file."""

    final: bool = False
    """The copy for publication: nothing in it that is there for editing."""
    annotate: bool = False
    """A comment stands at each claim that needs care."""
    embed_fonts: bool = False
    """It is set in the theme's own faces, as the PDF is, and carries them."""

    reference: ReferenceDoc | None = None
    """The file of an organisation's own whose style, page and cover it takes."""
    create_styles: bool = False
    """Styles that the reference file lacks are made from the theme."""

    @property
    def suffix(self) -> str:
        """What the name of the file says of it, behind a hyphen."""
        return "final" * self.final + "annotated" * self.annotate


FOR_EDITING = WordOptions()
"""What is asked unless something else is: a file to edit, whose edits come back."""

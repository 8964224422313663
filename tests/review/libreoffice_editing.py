"""Edits made in LibreOffice itself, by a macro, and saved there as .docx."""

from __future__ import annotations

from pathlib import Path

from docx_office import run_macros

EDIT = """
Sub Main
  stem = Environ("BRIEFGEN_FILE")
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  opened = StarDesktop.loadComponentFromURL(ConvertToURL(stem & ".docx"), "_blank", 0, how())
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  source = createUnoService("com.sun.star.io.TextInputStream")
  source.setInputStream(files.openFileRead(ConvertToURL(stem & ".steps")))
  source.setEncoding("UTF-8")
  Do While Not source.isEOF()
    Take(opened, Split(source.readLine(), Chr(9)))
  Loop
  how(0).Name = "FilterName"
  how(0).Value = "MS Word 2007 XML"
  opened.storeToURL(ConvertToURL(stem & "-edited.docx"), how())
  opened.close(True)
End Sub

Sub Take(opened, edit)
  If UBound(edit) < 1 Then
    If UBound(edit) = 0 Then
      If edit(0) = "track" Then opened.RecordChanges = True
      If edit(0) = "stop" Then opened.RecordChanges = False
    End If
    Exit Sub
  End If
  wanted = opened.createSearchDescriptor()
  wanted.SearchString = edit(1)
  wanted.SearchCaseSensitive = True
  found = opened.findFirst(wanted)
  If IsNull(found) Then Exit Sub
  holder = found.getText()
  Select Case edit(0)
    Case "replace"
      found.setString(edit(2))
    Case "append"
      holder.insertString(found.getEnd(), edit(2), False)
    Case "split"
      holder.insertControlCharacter(found.getEnd(), 0, False)
    Case "remove"
      place = holder.createTextCursorByRange(found.getStart())
      place.gotoStartOfParagraph(False)
      place.gotoNextParagraph(True)
      place.setString("")
    Case "comment"
      remark = opened.createInstance("com.sun.star.text.textfield.Annotation")
      remark.Content = edit(2)
      remark.Author = edit(3)
      holder.insertTextContent(found, remark, True)
  End Select
End Sub
"""


def edit_in_libreoffice(path: Path, *steps: tuple[str, ...]) -> Path:
    """The path of an edited copy.

    Steps, one after the other: `("track",)`, `("stop",)`, `("replace", words, new)`,
    `("append", words, new)`, `("split", words)`, `("remove", words)` for the paragraph that has
    them, `("comment", words, text, author)`. Words are looked for from the start.
    """
    stem = path.with_suffix("")
    lines = ("\t".join(step) for step in steps)
    stem.with_suffix(".steps").write_text("\n".join(lines) + "\n", "utf-8")
    run_macros(path.parent, EDIT, BRIEFGEN_FILE=str(stem))
    return path.with_name(f"{path.stem}-edited.docx")

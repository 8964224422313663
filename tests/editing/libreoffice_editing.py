"""Edits made in LibreOffice itself, by a macro, and saved there as .docx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docx_office import run_macros
from word_editing import WordFile

Step = tuple[str, ...]
EDIT = r"""
Sub Main
  ' The package without a screen (writer-nogui) ends where it comes to draw a comment.
  EnableReschedule False
  For Each stem In Split(Environ("BRIEFGEN_FILES"), "|")
    EditOne(stem)
  Next
End Sub

Sub EditOne(stem)
  On Error GoTo Failed
  opened = OpenAt(stem & ".docx")
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  source = createUnoService("com.sun.star.io.TextInputStream")
  source.setInputStream(files.openFileRead(ConvertToURL(stem & ".steps")))
  source.setEncoding("UTF-8")
  Do While Not source.isEOF()
    edit = Split(Replace(source.readLine(), Chr(10), ""), Chr(9))
    If UBound(edit) = 0 Then
      If edit(0) = "track" Then opened.RecordChanges = True
      If edit(0) = "stop" Then opened.RecordChanges = False
      If edit(0) = "odt" Then
        Save(opened, stem & ".odt", "writer8")
        opened.close(True)
        opened = OpenAt(stem & ".odt")
      End If
    ElseIf UBound(edit) > 0 Then
      Take(opened, edit)
    End If
  Loop
  Save(opened, stem & "-edited.docx", "MS Word 2007 XML")
  opened.close(True)
  Exit Sub
Failed:
  number = FreeFile
  Open stem & ".failed" For Output As #number
  Print #number, Join(edit, " ") & ": " & Error
  Close #number
  opened.close(True)
End Sub

Function OpenAt(path)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  OpenAt = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, how())
End Function

Sub Save(opened, path, filter)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = filter
  opened.storeToURL(ConvertToURL(path), how())
End Sub

Function Locate(opened, words)
  wanted = opened.createSearchDescriptor()
  wanted.SearchString = Replace("\Q" & words & "\E", " ", "\E[ \u00A0]\Q")
  wanted.SearchCaseSensitive = True
  wanted.SearchRegularExpression = True
  Locate = opened.findFirst(wanted)
End Function

Function WholeParagraph(place)
  cursor = place.getText().createTextCursorByRange(place.getStart())
  cursor.gotoStartOfParagraph(False)
  If Not cursor.gotoNextParagraph(True) Then cursor.gotoEndOfParagraph(True)
  WholeParagraph = cursor
End Function

Sub Take(opened, edit)
  place = Locate(opened, edit(1))
  holder = place.getText()
  Select Case edit(0)
    Case "replace"
      place.setString(edit(2))
    Case "append"
      holder.insertString(place.getEnd(), edit(2), False)
    Case "italics"
      place.CharPosture = com.sun.star.awt.FontSlant.ITALIC
    Case "split"
      holder.insertControlCharacter(place.getEnd(), 0, False)
    Case "join"
      cursor = holder.createTextCursorByRange(place.getStart())
      cursor.gotoEndOfParagraph(False)
      cursor.goRight(1, True)
      cursor.setString(" ")
    Case "add"
      cursor = holder.createTextCursorByRange(place.getStart())
      cursor.gotoEndOfParagraph(False)
      holder.insertControlCharacter(cursor, 0, False)
      holder.insertString(cursor, edit(2), False)
    Case "remove"
      WholeParagraph(place).setString("")
    Case "move"
      opened.CurrentController.select(WholeParagraph(place))
      held = opened.CurrentController.getTransferable()
      WholeParagraph(place).setString("")
      cursor = WholeParagraph(Locate(opened, edit(2)))
      cursor.collapseToEnd()
      opened.CurrentController.select(cursor)
      opened.CurrentController.insertTransferable(held)
    Case "row"
      For number = 0 To place.TextTable.getRows().getCount() - 1
        If Left(place.Cell.CellName, 1) & (number + 1) = place.Cell.CellName Then gone = number
      Next
      place.TextTable.getRows().removeByIndex(gone, 1)
    Case "note"
      note = opened.createInstance("com.sun.star.text.Footnote")
      holder.insertTextContent(place.getEnd(), note, False)
      note.setString(edit(2))
    Case "unnote"
      cursor = holder.createTextCursorByRange(place.getEnd())
      cursor.goRight(1, True)
      cursor.setString("")
    Case "comment"
      remark = opened.createInstance("com.sun.star.text.textfield.Annotation")
      remark.Content = edit(2)
      remark.Author = edit(3)
      holder.insertTextContent(place, remark, True)
  End Select
End Sub
"""


def edit_in_libreoffice(
    folder: Path, copies: Mapping[str, tuple[WordFile, Sequence[Step]]]
) -> dict[str, Path]:
    """The paths of edited copies by their names, all saved by one run of LibreOffice.

    Steps, one after the other: `("track",)`, `("stop",)`; `("odt",)` saves it as a text of
    OpenDocument and goes on with that; `("replace", words, new)`, `("append", words, new)`,
    `("italics", words)`; `("split", words)` behind them, `("join", words)` their paragraph and the
    next, `("add", words, text)` a paragraph behind theirs; `("remove", words)` and `("move", words,
    others)` the paragraph that has them, behind that of others; `("row", words)` removes their row
    of a table; `("note", words, text)`, `("unnote", words)` a footnote behind them;
    `("comment", words, text, author)`. Words are looked for from the start.
    """
    stems = {name: folder / name for name in copies}
    for name, (word, steps) in copies.items():
        word.save(stems[name].with_suffix(".docx"))
        lines = "".join("\t".join(step) + "\n" for step in steps)
        stems[name].with_suffix(".steps").write_text(lines, "utf-8")
    run_macros(folder, EDIT, BRIEFGEN_FILES="|".join(map(str, stems.values())))
    failed = [f"{path.stem}: {path.read_text()}" for path in folder.glob("*.failed")]
    assert not failed, failed
    return {name: folder / f"{name}-edited.docx" for name in copies}

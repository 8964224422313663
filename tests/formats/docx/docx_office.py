"""LibreOffice at work: Word files as it lays them out, and with their contents lists updated."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Briefgen"/>
</library:library>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"
  xlink:type="simple" library:link="false"/>
</library:libraries>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Briefgen"
 script:language="StarBasic">
{macros}
</script:module>
"""
OPEN_ALL = """
Sub Main
  For Each stem In Split(Environ("BRIEFGEN_FILES"), "|")
    OpenOne(stem)
  Next
End Sub

Sub OpenOne(stem)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  opened = StarDesktop.loadComponentFromURL(ConvertToURL(stem & ".docx"), "_blank", 0, how())
  how(0).Name = "FilterName"
  how(0).Value = "writer_pdf_Export"
  opened.storeToURL(ConvertToURL(stem & ".pdf"), how())
  indexes = opened.getDocumentIndexes()
  For number = 0 To indexes.getCount() - 1
    indexes.getByIndex(number).update()
  Next
  how(0).Value = "MS Word 2007 XML"
  opened.storeToURL(ConvertToURL(stem & ".updated"), how())
  opened.close(True)
End Sub
"""


@dataclass(frozen=True)
class OpenedInOffice:
    """What became of a file."""

    pdf: Path
    """As it was laid out when it was opened."""
    updated: bytes
    """Saved as a Word file, its contents lists updated."""


def open_in_office(files: Mapping[str, bytes], folder: Path) -> dict[str, OpenedInOffice]:
    """The files by their names, opened one after the other."""
    for name, blob in files.items():
        (folder / f"{name}.docx").write_bytes(blob)
    stems = "|".join(str(folder / name) for name in files)
    run_macros(folder, OPEN_ALL, BRIEFGEN_FILES=stems)
    return {
        name: OpenedInOffice(folder / f"{name}.pdf", (folder / f"{name}.updated").read_bytes())
        for name in files
    }


def run_macros(folder: Path, macros: str, **variables: str) -> None:
    """Run `Main` of these macros, in a profile of the folder's own."""
    profile = folder / "profile"
    start = command(profile)
    # At its first start LibreOffice puts its own macros in the place of any that are there.
    _run([*start, "--terminate_after_init"])
    basic = profile / "user" / "basic"
    (basic / "script.xlc").write_text(LIBRARIES)
    (basic / "Standard" / "script.xlb").write_text(LIBRARY)
    (basic / "Standard" / "Briefgen.xba").write_text(MODULE.format(macros=escape(macros)))
    _run([*start, "macro:///Standard.Briefgen.Main"], **variables)


def _run(arguments: list[str], **variables: str) -> None:
    """Run it, at most two minutes: a mistake in a macro would wait for an answer."""
    with subprocess.Popen(
        arguments,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | variables,
        start_new_session=True,
    ) as process:
        try:
            _, errors = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert process.returncode == 0, (process.returncode, errors.decode())


def office(folder: Path, target: str, *files: Path) -> None:
    """Convert files with LibreOffice into a folder, in a profile of that folder's own."""
    subprocess.run(
        [*command(folder / "profile"), "--convert-to", target, "--outdir", folder, *files],
        check=True,
        capture_output=True,
        timeout=300,
    )


def command(profile: Path) -> list[str]:
    """The start of a command line for LibreOffice, without a window and in this profile."""
    soffice = shutil.which("soffice")
    assert soffice, "this test needs LibreOffice: apt-get install libreoffice-writer-nogui"
    return [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]

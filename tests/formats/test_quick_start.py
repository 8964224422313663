"""The quick import of WeasyPrint: the same files, and a plain import wherever it does not fit."""

from __future__ import annotations

import ctypes.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cffi import FFI

from briefgen.formats.quick_start import SONAMES, Arrays, find_quickly

SRC = Path(__file__).parents[2] / "src"

MAKE = """
import hashlib, json, sys
from briefgen.formats.quick_start import import_weasyprint
quick = sys.argv[1] == "quick"
if quick:
    weasyprint = import_weasyprint()
else:
    import weasyprint
promised = [n for n in ("fontTools.subset", "fontTools.varLib.instancer") if n in sys.modules]
html = '<html lang="en"><title>T</title><h1>Title</h1><p>Words <b>and</b> <i>words</i>.</p>'
data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
print(json.dumps([promised, hashlib.sha256(data).hexdigest()]))
"""


def run(code: str, *arguments: str, path: Path | None = None) -> str:
    """What a fresh Python prints; modules in `path` go before all others."""
    folders = [str(folder) for folder in (path, SRC) if folder]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0", "PYTHONPATH": os.pathsep.join(folders)}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout.strip()


def fake_weasyprint(folder: Path, text: str) -> Path:
    (folder / "weasyprint").mkdir()
    (folder / "weasyprint" / "__init__.py").write_text(text, "utf-8")
    return folder


# --- The same files -----------------------------------------------------------


def test_the_bytes_are_those_of_a_plain_import() -> None:
    quick, plain = (json.loads(run(MAKE, how)) for how in ("quick", "plain"))

    assert quick[1] == plain[1]


def test_what_is_not_used_is_not_loaded() -> None:
    quick, plain = (json.loads(run(MAKE, how)) for how in ("quick", "plain"))

    assert quick[0] == []
    assert plain[0] == ["fontTools.subset", "fontTools.varLib.instancer"]


def test_what_was_promised_is_there_when_it_is_needed() -> None:
    code = """
from briefgen.formats.quick_start import import_weasyprint
import_weasyprint()
from weasyprint.pdf import fonts
from fontTools.subset import Options
from fontTools.varLib import instancer
given = []
instancer.instantiateVariableFont = lambda *arguments, **options: given.append(arguments)
fonts.instantiateVariableFont("font", {"wght": 400})
print(type(fonts.subset.Options()) is Options, given)
"""

    assert run(code) == "True [('font', {'wght': 400})]"


def test_the_process_is_left_as_it_was() -> None:
    code = """
import ctypes.util, sys
before = ctypes.util.find_library
from briefgen.formats.quick_start import _Promised, import_weasyprint
import_weasyprint()
left = [name for name, module in sys.modules.items() if isinstance(module, _Promised)]
print(ctypes.util.find_library is before, left)
"""

    assert run(code) == "True []"


def test_a_second_call_gives_the_same_module() -> None:
    code = """
from briefgen.formats.quick_start import import_weasyprint
first = import_weasyprint()
print(import_weasyprint() is first)
"""

    assert run(code) == "True"


def test_nothing_is_written_anywhere(tmp_path: Path) -> None:
    code = """
import builtins, os, sys
sys.dont_write_bytecode = True
written = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (
        os.O_WRONLY | os.O_RDWR | os.O_CREAT
    ):
        written.append(arguments[0])
    if event in ("os.mkdir", "os.rename"):
        written.append(arguments[0])
sys.addaudithook(watch)
from briefgen.formats.quick_start import import_weasyprint
import_weasyprint()
here = len(written)
open(sys.argv[1], "w").close()
print(here, len(written))
"""

    assert run(code, str(tmp_path / "proof-that-the-watch-sees-a-file")) == "0 1"


def test_fonts_are_subset_without_a_type_for_each_length() -> None:
    code = """
from cffi.cparser import Parser
from briefgen.formats.quick_start import import_weasyprint
weasyprint = import_weasyprint()
parsed, parse = [], Parser.parse_type
def watch(self, declared):
    parsed.append(declared)
    return parse(self, declared)
Parser.parse_type = watch
weasyprint.HTML(string="<title>T</title>Words").write_pdf()
print([t for t in parsed if t.startswith("hb_")], [t for t in parsed if "[1" in t])
"""

    assert run(code) == "['hb_tag_t[]', 'hb_codepoint_t[]'] []"


@pytest.mark.parametrize(
    ("declared", "initial"),
    [("int[3]", [4, 5, 6]), ("int[3]", None), ("int[3]", [4]), ("int *", 7), ("int[]", [8, 9])],
)
def test_arrays_are_those_of_cffi(declared: str, initial: object) -> None:
    ffi = FFI()
    theirs, ours = (maker.new(declared, initial) for maker in (ffi, Arrays(ffi)))

    assert ffi.sizeof(ours) == ffi.sizeof(theirs)
    assert bytes(ffi.buffer(ours)) == bytes(ffi.buffer(theirs))


def test_arrays_have_the_rest_of_the_interface() -> None:
    ffi = FFI()

    assert Arrays(ffi).NULL == ffi.NULL


# --- Another WeasyPrint than the one we know ----------------------------------

ASK = """
import sys
from briefgen.formats.quick_start import import_weasyprint
weasyprint = import_weasyprint()
print(weasyprint.version, getattr(weasyprint, "names", ""))
"""


def test_another_function_of_a_promised_module_is_the_real_one(tmp_path: Path) -> None:
    text = """
from fontTools.varLib.instancer import AxisLimits
from fontTools import subset
names = [AxisLimits.__name__, subset.Options.__name__]
version = "other"
"""

    assert run(ASK, path=fake_weasyprint(tmp_path, text)) == "other ['AxisLimits', 'Options']"


def test_an_import_that_the_stand_ins_break_is_done_again_plainly(tmp_path: Path) -> None:
    text = """
import sys
from fontTools import subset
version = "other"
if not subset.__file__:  # stand-ins have none
    raise ImportError
"""
    counted = "import builtins\nbuiltins.times = getattr(builtins, 'times', 0) + 1\n"
    code = ASK + "import builtins\nprint(builtins.times)"

    printed = run(code, path=fake_weasyprint(tmp_path, counted + text))

    assert printed.split() == ["other", "2"]


def test_a_broken_weasyprint_is_reported_as_it_is(tmp_path: Path) -> None:
    code = """
from briefgen.formats.quick_start import import_weasyprint
try:
    import_weasyprint()
except ImportError as error:
    print(error)
"""

    assert run(code, path=fake_weasyprint(tmp_path, "raise ImportError('broken')")) == "broken"


# --- Finding libraries --------------------------------------------------------


def slow(name: str) -> str | None:
    return f"slow {name}"


def test_a_known_library_that_loads_is_found_by_its_linux_name() -> None:
    assert find_quickly("libpango-1.0-0", slow, lambda _: True) == "libpango-1.0.so.0"


def test_a_known_library_that_does_not_load_is_looked_for_as_before() -> None:
    assert find_quickly("libpango-1.0-0", slow, lambda _: False) == "slow libpango-1.0-0"


def test_a_name_of_a_file_is_not_looked_for() -> None:
    names = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")

    assert [find_quickly(name, slow) for name in names] == [None] * 3


def test_an_unknown_library_is_looked_for_as_before() -> None:
    assert find_quickly("libother-3", slow, lambda _: True) == "slow libother-3"


def test_the_library_that_is_often_missing_is_not_looked_for_six_times() -> None:
    names = ("libharfbuzz-vector-0", "harfbuzz-vector", "harfbuzz-vector-0.0")

    assert [find_quickly(name, slow, lambda _: False) for name in names] == [None] * 3
    assert {find_quickly(name, slow, lambda _: True) for name in names} == {
        "libharfbuzz-vector.so.0"
    }


def test_the_quick_names_are_those_that_the_slow_search_leads_to() -> None:
    stems = {
        "libpango-1.0-0": "pango-1.0",
        "libharfbuzz-0": "harfbuzz",
        "libfontconfig-1": "fontconfig",
    }

    found = {name: ctypes.util.find_library(stem) for name, stem in stems.items()}

    assert found == {name: SONAMES[name] for name in stems}


if sys.platform != "linux":  # elsewhere the import is the plain one, and a skip fails in CI
    del (
        test_what_is_not_used_is_not_loaded,
        test_an_import_that_the_stand_ins_break_is_done_again_plainly,
        test_the_quick_names_are_those_that_the_slow_search_leads_to,
    )

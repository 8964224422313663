"""WeasyPrint, imported in about half of the time.

Measured on WeasyPrint 70 under Linux, two things take half of its import and change nothing in a
file: seven C libraries are looked for under names of other systems first, each time by running
`gcc`, `ld` and `ldconfig`; and fontTools' subsetter and instancer, which draw in the whole of
OpenType's tables, are loaded although HarfBuzz subsets and our faces are static.

So while `weasyprint` is imported, and no longer, libraries are found by the name that Linux gives
them, and the two modules are stand-ins that load the real ones at their first use. Nothing is
written anywhere: a cache of the compiled C declarations would save another 60 ms, but whoever
could write it would decide what runs.

One thing stays: the arrays that HarfBuzz is given when fonts are subset. WeasyPrint writes their
length into the name of their type, and cffi parses each such name as C, 4 ms a time.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

SONAMES: dict[str, str] = {
    "libgobject-2.0-0": "libgobject-2.0.so.0",
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libfontconfig-1": "libfontconfig.so.1",
    "libharfbuzz-0": "libharfbuzz.so.0",
    "libharfbuzz-subset-0": "libharfbuzz-subset.so.0",
    "libharfbuzz-vector-0": "libharfbuzz-vector.so.0",
    "harfbuzz-vector": "libharfbuzz-vector.so.0",
    "harfbuzz-vector-0.0": "libharfbuzz-vector.so.0",
}
"""What Linux calls the libraries, by the names that WeasyPrint 70 tries first."""
OFTEN_MISSING = "libharfbuzz-vector.so.0"
"""Only the newest systems have it, and the others would look for it under six names."""
FILES = re.compile(r"\.dylib$|\.dll$|\.so\.[0-9]+$")
"""Names of files; a search for libraries adds "lib" and an ending to each, and finds nothing."""
SUBSETTER = "fontTools.subset"
INSTANCER = "fontTools.varLib.instancer"
INSTANTIATE = "instantiateVariableFont"
"""The one function of the instancer that WeasyPrint 70 imports by its name."""

COUNTED = re.compile(r"(\w+)\[(\d+)\]")
"""An array type with its length, as C writes it."""

Find = Callable[[str], str | None]
"""From the name of a library to what `dlopen` takes; `ctypes.util.find_library` is one."""


def import_weasyprint() -> Any:
    """The `weasyprint` package, imported quickly where that can be done and plainly elsewhere.

    Raises:
        OSError: a C library is missing.
        ImportError: WeasyPrint is not installed.
    """
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        try:
            with _quick_libraries(), _stand_ins():
                weasyprint = importlib.import_module("weasyprint")
        except (ImportError, AttributeError):
            _forget("weasyprint")  # its inside is not as we know it
        else:
            _spare_array_types()
            return weasyprint
    return importlib.import_module("weasyprint")


def _forget(package: str) -> None:
    """Drop what was imported of a package that failed half-way."""
    for name in [n for n in sys.modules if n.partition(".")[0] == package]:
        del sys.modules[name]


@contextmanager
def _quick_libraries() -> Iterator[None]:
    slow = ctypes.util.find_library
    ctypes.util.find_library = lambda name: find_quickly(name, slow)
    try:
        yield
    finally:
        ctypes.util.find_library = slow


def find_quickly(name: str, slow: Find, loads: Callable[[str], bool] | None = None) -> str | None:
    """What `slow` would find under Linux, without running programs where the answer is known."""
    if FILES.search(name):
        return None
    soname = SONAMES.get(name)
    if soname is None:
        return slow(name)
    if (loads or _loads)(soname):
        return soname
    return None if soname == OFTEN_MISSING else slow(name)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _spare_array_types() -> None:
    fonts: Any = sys.modules.get("weasyprint.pdf.fonts")
    if hasattr(fonts, "ffi"):
        fonts.ffi = Arrays(fonts.ffi)


class Arrays:
    """A cffi interface that makes arrays without parsing a type for each of their lengths."""

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ffi, name)

    def new(self, declared: str, initial: Any = None) -> Any:
        """An owned C value, as `FFI.new` makes it; an array is as long as its list."""
        if counted := COUNTED.fullmatch(declared):
            length = int(counted[2])
            if initial is None:
                initial = length
            if initial == length or len(initial) == length:
                declared = f"{counted[1]}[]"
        return self._ffi.new(declared, initial)


@contextmanager
def _stand_ins() -> Iterator[None]:
    """The two modules of fontTools, promised, unless the process has loaded them already."""
    promised = {
        name: module
        for name, module in ((SUBSETTER, _Promised(SUBSETTER)), (INSTANCER, _instancer()))
        if name not in sys.modules
    }
    sys.modules.update(promised)
    try:
        yield
    finally:
        for name, module in promised.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _Promised(ModuleType):
    """A module that is loaded when something is first asked of it."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # the import system's own questions
            raise AttributeError(attribute)
        return getattr(_load(self.__name__), attribute)


def _load(name: str) -> ModuleType:
    """The real module, even while its stand-in holds its place."""
    if isinstance(sys.modules.get(name), _Promised):
        del sys.modules[name]
    return importlib.import_module(name)


def _instancer() -> _Promised:
    def instantiate_variable_font(*arguments: Any, **options: Any) -> Any:
        return getattr(_load(INSTANCER), INSTANTIATE)(*arguments, **options)

    module = _Promised(INSTANCER)
    setattr(module, INSTANTIATE, instantiate_variable_font)
    return module

"""Bounds of templates, which may come from anyone: time, length of the page, size of a value.

A loop round a loop, a template that includes itself or a text of gigabytes would otherwise take
the machine. Memory that one filter takes is not bounded; without any left, the build ends with a
problem at the template's line.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import Any

from jinja2 import TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

SECONDS = 30.0
"""Of the processor's time for one page, which takes far less than one."""
LONGEST_PAGE = 5_000_000
"""Characters; sixteen pages have about 200,000."""
MOST_DIGITS = 1_000
"""Bits of a number that templates may work with."""


class OutOfBounds(TemplateRuntimeError):
    """A template takes more time, or writes more, than any page needs."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, with operators that cannot make a value of gigabytes.

    Operators named here are also left alone when templates are compiled, before anyone waits.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The value of `left operator right`.

        Raises:
            OutOfBounds: it would be a text, a list or a number without end.
        """
        if operator == "*":
            _check_product(left, right)
        elif operator == "%" and isinstance(left, str):
            raise OutOfBounds("% on a text may pad it without end; join texts with ~")
        elif operator == "**" and isinstance(right, int) and _bits(left) * right > MOST_DIGITS:
            raise OutOfBounds("a power too large")
        return super().call_binop(context, operator, left, right)


def _check_product(left: Any, right: Any) -> None:
    for one, times in ((left, right), (right, left)):
        if isinstance(one, Sized) and isinstance(times, int) and len(one) * times > LONGEST_PAGE:
            raise OutOfBounds(f"a repetition of more than {LONGEST_PAGE} characters")
    if _bits(left) + _bits(right) > MOST_DIGITS:
        raise OutOfBounds("a number too large")


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def joined(parts: Iterable[str]) -> str:
    """What a template writes, part by part.

    Raises:
        OutOfBounds: it writes more than `LONGEST_PAGE`.
    """
    kept: list[str] = []
    length = 0
    for part in parts:
        kept.append(part)
        length += len(part)
        if length > LONGEST_PAGE:
            raise OutOfBounds(f"writes more than {LONGEST_PAGE} characters")
    return "".join(kept)


@contextmanager
def limited_time() -> Iterator[None]:
    """At most `SECONDS` of the processor's time for what stands inside.

    Nothing is bounded where the system has no such clock, or outside the main thread, or inside
    another such limit.

    Raises:
        OutOfBounds: it takes longer.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")) or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: object) -> None:
    raise OutOfBounds(f"takes more than {SECONDS:g} seconds")

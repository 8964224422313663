"""What every layout must print: a template that drops it stops the build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.document.model import Document
from briefgen.problems import ProblemsFound

Compose = Callable[..., Document]
EDITION = "editions/shopkeepers"


def said(compose: Compose) -> str:
    with pytest.raises(ProblemsFound) as found:
        compose("shopkeepers")
    return str(found.value)


def drop(layout: Path, section: str, text: str, instead: str) -> None:
    path = layout / "sections" / f"{section}.html.j2"
    before = path.read_text("utf-8")
    assert text in before
    path.write_text(before.replace(text, instead), "utf-8")


def test_the_layouts_that_ship_print_it(compose_edition: Compose) -> None:
    assert compose_edition("shopkeepers").ledger.passages


@pytest.mark.parametrize(
    ("section", "text", "what"),
    [
        ("bottom-line", "{{ edition.bottom_line }}", f"does not print {EDITION}/bottom_line"),
        (
            "cover",
            "{{ edition.stance.label or words.neutral_stance }}",
            f"does not print {EDITION}/stance/label",
        ),
        ("messages", "{{ message.text }}", f"does not print {EDITION}/key_messages/"),
        ("case-against", "{{ edition.counter_view }}", f"does not hold {EDITION}/counter_view"),
        ("case-against", "{{ message.counter }}", f"does not hold {EDITION}/key_messages/"),
        (
            "case-against",
            "{{ edition.stance.weakness }}",
            f"does not hold {EDITION}/stance/weakness",
        ),
        ("case-against", 'class="box case"', f"does not hold {EDITION}/counter_view"),
        ("left-out", 'class="disclosure"', "does not say what the document leaves out"),
    ],
)
def test_a_layout_that_drops_it_is_refused(
    own_layout: Path, compose_edition: Compose, section: str, text: str, what: str
) -> None:
    drop(own_layout, section, text, 'class="note"' if text.startswith("class") else "x")

    message = said(compose_edition)

    assert "templates/policy-brief/document.html.j2:1:1: error[BG057]: " in message
    assert what in message

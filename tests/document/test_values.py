"""What stands in the data of each field that a document prints."""

from __future__ import annotations

from collections.abc import Callable

from briefgen.document.model import Document

Compose = Callable[..., Document]


def test_every_field_of_the_document_has_its_text_of_the_data(compose_edition: Compose) -> None:
    document = compose_edition("shopkeepers")

    fields = {e.get("data-field", "").partition("#")[0] for e in document.tree.iter()} - {""}
    assert set(document.values) == fields


def test_a_value_is_prose_as_it_was_written_with_its_citations(compose_edition: Compose) -> None:
    values = compose_edition("shopkeepers").values

    assert values["editions/shopkeepers/title"] == "Ask the tills first"
    assert "[@" in values["areas/trade/summary"]
    assert "[@" in values["editions/shopkeepers/lens/areas/deliveries/text/summary"]
    assert values["editions/shopkeepers/key_messages/takings/counter"]
    assert values["editions/shopkeepers/exclude/split-committee/reason"]


def test_a_document_says_of_which_layout_it_is(compose_edition: Compose) -> None:
    assert compose_edition("overview").layout == "policy-brief"

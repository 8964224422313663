"""From plain data to a model, with every mistake at its place and in plain words."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefgen.dossier.base import COLOUR, SHA256, Model
from briefgen.dossier.model import Path
from briefgen.dossier.yaml_places import YamlFile
from briefgen.problems import suggest

M = TypeVar("M", bound=BaseModel)

KIND_OF_VALUE = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}
MAX_SHOWN = 60
NUMBER, WHOLE = ("a number", "write a number"), ("a whole number", "write a whole number")
TRUTH = ("true or false", "write true or false")
MAPPING = ("a mapping", "write it as `key: value` lines")
EXPECTED = {
    "string_type": ("text", "write text"),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_parsing": NUMBER,
    "float_type": NUMBER,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "tuple_type": ("a list", "write it as [one, two] or as `- one` lines"),
    "dict_type": MAPPING,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
}
"""For pydantic's types of error: what is expected, and how to write it."""
LIMITS = {
    "greater_than_equal": "should be {ge} or more, is {value}",
    "less_than_equal": "should be {le} or less, is {value}",
    "too_short": "should have {min_length} or more entries, has {actual_length}",
    "too_long": "should have {max_length} or fewer characters, has {actual_length}",
    "string_pattern_mismatch": '"{value}" does not have the form that it needs',
}
PATTERNS = {
    SHA256: "write the 64 small hex digits that `sha256sum FILE` prints",
    COLOUR: 'write # and six small hex digits in quotes: "#1d4f5c"',
}
"""For each pattern in the models, how to write the value."""


def validate(model: type[M], data: Any, file: YamlFile, base: Path) -> M | None:
    """The model of `data`, which stands at `base` in the file; None after noting problems."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details: dict[Path, list[ErrorDetails]] = {}
        for detail in error.errors(include_url=False, include_context=True):
            path = _path_in_file(detail["loc"], file, base)
            if detail["type"] == "missing":
                key = detail["loc"][-1]
                file.add(file.values[path], "BG005", f'key "{key}" is missing', f"add `{key}: …`")
            elif not _follows_from_others(detail):
                details.setdefault(path, []).append(detail)
        for path, found in details.items():
            _report(found, path, model, file)
        return None


def _follows_from_others(detail: ErrorDetails) -> bool:
    # pydantic does not count the entries that have mistakes of their own.
    enough = detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and len(detail["input"]) >= enough


def _path_in_file(loc: tuple[str | int, ...], file: YamlFile, base: Path) -> Path:
    # pydantic adds names of union members and of dictionary keys that do not stand in the file.
    path = base
    for part in loc:
        if (*path, part) in file.values:
            path = (*path, part)
    return path


def _report(
    details: list[ErrorDetails], path: Path, model: type[BaseModel], file: YamlFile
) -> None:
    detail, place = details[0], file.values[path]
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        known = _keys_beside(model, detail["loc"])
        mend = f"{suggest(key, known)}keys here: {', '.join(sorted(known))}"
        file.add(file.keys.get(path, place), "BG004", f'unknown key "{key}"', mend)
        return
    # The one union in the models, a claim's values, fails once for each of its members.
    what, mend = _explain(detail) if len(details) == 1 else _explain_value(detail)
    name = next((part for part in reversed(path) if isinstance(part, str)), None)
    if detail["loc"][-1:] == ("[key]",):
        name, place = "key", file.keys[path]
    file.add(place, "BG006", f"{name}: {what}" if name else what, mend)


def _explain(detail: ErrorDetails) -> tuple[str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "")
        choices = [choice.strip() for choice in expected.replace(" or ", ", ").split(",")]
        return f'"{_short(value)}" is not one of the choices', (
            f"{suggest(str(value), choices)}choose one of {', '.join(choices)}"
        )
    if kind == "value_error":
        what, _, mend = str(context["error"]).partition("; ")
        return what, mend or "correct the value"
    if kind in LIMITS:
        mend = PATTERNS.get(context.get("pattern", ""), "correct the value")
        return LIMITS[kind].format(value=_short(value), **context), mend
    if kind in EXPECTED:
        expected, mend = EXPECTED[kind]
        if keys := _keys_of(context.get("class_name", "")):
            mend = f"write it as lines below: {', '.join(f'`{key}: …`' for key in keys)}"
        if expected == "text" and isinstance(value, (int, float)):
            mend = "put quotes round it"
        return f"should be {expected}, is {_kind_of(value)}", mend
    message = detail["msg"]
    return message[0].lower() + message[1:], "correct the value"


@cache
def _keys_of(name: str) -> tuple[str, ...]:
    """The keys that a part of a record needs, by the name of its model."""
    models: list[type[BaseModel]] = [Model]
    while models:
        model = models.pop()
        if model.__name__ == name:
            fields = model.model_fields.items()
            return tuple(info.alias or key for key, info in fields if info.is_required())
        models += model.__subclasses__()
    return ()


def _explain_value(detail: ErrorDetails) -> tuple[str, str]:
    return (
        f"should be a number or a date, is {_kind_of(detail['input'])}",
        "write a number, or a date such as 2023-07",
    )


def _kind_of(value: Any) -> str:
    kind = KIND_OF_VALUE.get(type(value), "something else")
    is_shown = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return f"{kind} ({_short(value)})" if is_shown else kind


def _short(value: Any) -> str:
    """The value on one line of a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _keys_beside(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the mapping which holds the unknown key may have."""
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    node: Any = schema
    for part in loc[:-1]:
        node = _step(node, part, definitions)
    return list(_resolve(node, definitions).get("properties", {}))


def _resolve(node: Any, definitions: Any) -> Any:
    while "$ref" in node:
        node = definitions[node["$ref"].rsplit("/", 1)[1]]
    for option in node.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolve(option, definitions)
    return node


def _step(node: Any, part: str | int, definitions: Any) -> Any:
    node = _resolve(node, definitions)
    if isinstance(part, int):
        return node.get("items", {})
    return node.get("properties", {}).get(part, node.get("additionalProperties") or {})

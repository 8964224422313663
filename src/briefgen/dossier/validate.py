"""From plain data to a model, with every mistake at its place and in plain words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

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
EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def validate(model: type[M], data: Any, file: YamlFile, base: Path) -> M | None:
    """The model of `data`, which stands at `base` in the file; None after noting problems."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        seen: set[Path] = set()
        for detail in error.errors(include_url=False, include_context=True):
            path = _path_in_file(detail["loc"], file, base)
            if path not in seen or detail["type"] == "missing":
                _report(detail, path, model, file)
            seen.add(path)
        return None


def _path_in_file(loc: tuple[str | int, ...], file: YamlFile, base: Path) -> Path:
    # pydantic adds names of union members and of dictionary keys that do not stand in the file.
    path = base
    for part in loc:
        if (*path, part) in file.values:
            path = (*path, part)
    return path


def _report(detail: ErrorDetails, path: Path, model: type[BaseModel], file: YamlFile) -> None:
    kind, place = detail["type"], file.values[path]
    if kind == "missing":
        key = detail["loc"][-1]
        file.add(place, "BG005", f'key "{key}" is missing', f"add `{key}: …`")
    elif kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        known = _keys_beside(model, detail["loc"])
        mend = f"{suggest(key, known)}keys here: {', '.join(sorted(known))}"
        file.add(file.keys.get(path, place), "BG004", f'unknown key "{key}"', mend)
    else:
        what, mend = _explain(detail)
        name = next((part for part in reversed(path) if isinstance(part, str)), "value")
        file.add(place, "BG006", f"{name}: {what}", mend)


def _explain(detail: ErrorDetails) -> tuple[str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "")
        choices = [choice.strip() for choice in expected.replace(" or ", ", ").split(",")]
        return f'"{value}" is not one of the choices', (
            f"{suggest(str(value), choices)}choose one of {', '.join(choices)}"
        )
    if kind == "value_error":
        return str(context["error"]), "correct the value"
    if kind in EXPECTED:
        expected = EXPECTED[kind]
        got = KIND_OF_VALUE.get(type(value), "something else")
        shown = f" ({value})" if isinstance(value, (str, int, float)) else ""
        hint = (
            "put quotes round it"
            if expected == "text" and isinstance(value, (int, float))
            else (f"write {expected}")
        )
        return f"should be {expected}, is {got}{shown}", hint
    message = detail["msg"]
    return message[0].lower() + message[1:], "correct the value"


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

"""Walk over a record's values that the models mark: references and prose."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from briefgen.dossier.base import PlainText, ProseIn, RefTo
from briefgen.dossier.model import Path

Mark = RefTo | ProseIn | PlainText
Marks = tuple[type[Mark], ...]
LINKS: Marks = (RefTo, ProseIn)
"""Marks of strings that lead to other records."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A string in a record together with its mark."""

    path: Path
    """From the record to the string, by the keys that YAML uses."""
    text: str
    mark: Mark
    is_key: bool = False
    """The string is the key at the end of the path, not the value under it."""


def marked_fields(model: BaseModel, marks: Marks = LINKS) -> Iterator[Marked]:
    """Every string of the model that has one of the marks, in the order of its fields."""
    return (found for found in _fields(model, ()) if isinstance(found.mark, marks))


def marked_data(model: type[BaseModel], data: Any) -> Iterator[Marked]:
    """The same of plain data that should become the model but has mistakes."""
    return (found for found in _data(model, data, ()) if isinstance(found.mark, LINKS))


def _fields(model: BaseModel, path: Path) -> Iterator[Marked]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None and value != ():
            key = info.validation_alias if isinstance(info.validation_alias, str) else name
            yield from _marked(value, info.annotation, tuple(info.metadata), (*path, key))


def _data(model: type[BaseModel], data: Any, path: Path) -> Iterator[Marked]:
    if isinstance(data, dict):
        for name, info in model.model_fields.items():
            key = info.validation_alias if isinstance(info.validation_alias, str) else name
            if key in data:
                metadata = tuple(info.metadata)
                yield from _marked(data[key], info.annotation, metadata, (*path, key))


def _marked(value: Any, annotation: Any, metadata: tuple[Any, ...], path: Path) -> Iterator[Marked]:
    origin, args = get_origin(annotation), get_args(annotation)
    if isinstance(value, BaseModel):
        yield from _fields(value, path)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _data(annotation, value, path)
    elif origin is Annotated:
        yield from _marked(value, args[0], (*metadata, *args[1:]), path)
    elif origin in (Union, types.UnionType):
        for arg in args:
            yield from _marked(value, arg, metadata, path)
    elif origin is tuple and isinstance(value, (tuple, list)):
        for i, item in enumerate(value):
            yield from _marked(item, args[0], (), (*path, i))
    elif origin is dict and isinstance(value, dict):
        yield from _marked_mapping(value, args[0], args[1], path)
    elif isinstance(value, str):
        yield from (Marked(path, value, mark) for mark in metadata if isinstance(mark, Mark))


def _marked_mapping(value: dict[str, Any], keys: Any, values: Any, path: Path) -> Iterator[Marked]:
    for key, item in value.items():
        for found in _marked(key, keys, (), (*path, key)):
            yield replace(found, is_key=True)
        yield from _marked(item, values, (), (*path, key))

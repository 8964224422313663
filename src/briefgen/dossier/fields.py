"""Walk over a record's values that the models mark: references and prose."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, reduce
from operator import or_
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


@dataclass(frozen=True, slots=True)
class Shape:
    """What values of a type can hold that is marked; worked out once, since records are many."""

    marks: tuple[Mark, ...] = ()
    """Marks of a string."""
    model: type[BaseModel] | None = None
    """What plain data becomes here."""
    items: Shape | None = None
    """Shape of the items of a list."""
    keys: Shape | None = None
    values: Shape | None = None
    """Shapes of the keys and values of a mapping."""

    def __bool__(self) -> bool:
        return bool(self.marks or self.model or self.items or self.keys or self.values)

    def __or__(self, other: Shape) -> Shape:
        return Shape(
            self.marks + other.marks,
            self.model or other.model,
            self.items or other.items,
            self.keys or other.keys,
            self.values or other.values,
        )


@cache
def _shapes(model: type[BaseModel]) -> tuple[tuple[str, str, Shape], ...]:
    """Name, key and shape of each field of the model that can hold something marked."""
    found = []
    for name, info in model.model_fields.items():
        key = info.validation_alias if isinstance(info.validation_alias, str) else name
        if shape := _shape(info.annotation, tuple(info.metadata)):
            found.append((name, key, shape))
    return tuple(found)


def _shape(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    origin, args = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(model=annotation if _shapes(annotation) else None)
    if origin is Annotated:
        return _shape(args[0], (*metadata, *args[1:]))
    if origin in (Union, types.UnionType):
        return reduce(or_, (_shape(arg, metadata) for arg in args))
    if origin is tuple:
        return Shape(items=_shape(args[0]) or None)
    if origin is dict:
        return Shape(keys=_shape(args[0]) or None, values=_shape(args[1]) or None)
    return Shape(tuple(mark for mark in metadata if isinstance(mark, Mark)))


def _fields(model: BaseModel, path: Path) -> Iterator[Marked]:
    for name, key, shape in _shapes(type(model)):
        yield from _marked(getattr(model, name), shape, (*path, key))


def _data(model: type[BaseModel], data: Any, path: Path) -> Iterator[Marked]:
    if isinstance(data, dict):
        for _, key, shape in _shapes(model):
            if key in data:
                yield from _marked(data[key], shape, (*path, key))


def _marked(value: Any, shape: Shape, path: Path) -> Iterator[Marked]:
    if isinstance(value, str):
        yield from (Marked(path, value, mark) for mark in shape.marks)
    elif isinstance(value, BaseModel):
        yield from _fields(value, path)
    elif shape.model:
        yield from _data(shape.model, value, path)
    elif shape.items and isinstance(value, (tuple, list)):
        for i, item in enumerate(value):
            yield from _marked(item, shape.items, (*path, i))
    elif isinstance(value, dict):
        yield from _marked_mapping(value, shape, path)


def _marked_mapping(value: dict[str, Any], shape: Shape, path: Path) -> Iterator[Marked]:
    for key, item in value.items():
        if shape.keys:
            for found in _marked(key, shape.keys, (*path, key)):
                yield replace(found, is_key=True)
        if shape.values:
            yield from _marked(item, shape.values, (*path, key))


def yaml_path(model: BaseModel, field: str) -> Path:
    """The path by the keys and list places that YAML has: fields name items by their id.

    As far as it leads: an item that is not there ends it.
    """
    keys: list[str | int] = []
    value: Any = model
    for step in field.split("/"):
        if isinstance(value, BaseModel):
            info = type(value).model_fields.get(step)
            alias = info.validation_alias if info else None
            keys.append(alias if isinstance(alias, str) else step)
            value = getattr(value, step, None)
        elif isinstance(value, tuple):
            ids = [getattr(item, "id", str(i)) for i, item in enumerate(value)]
            index = ids.index(step) if step in ids else -1
            if index < 0:
                break
            keys.append(index)
            value = value[index]
        else:
            keys.append(step)
            value = value.get(step) if isinstance(value, dict) else None
    return tuple(keys)

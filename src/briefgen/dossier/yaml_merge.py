"""YAML laid over YAML: a file that says only what differs from another."""

from __future__ import annotations

from typing import Any

from briefgen.dossier.model import Path
from briefgen.dossier.yaml_places import YamlFile


def lay_over(target: YamlFile, part: YamlFile, *, null_removes: bool = False) -> None:
    """Lay the keys of `part` over the target: mappings merge, everything else replaces.

    Each value keeps the place where it was written. With `null_removes` a key that is set to
    nothing (`key: null`) takes away what stands below it.
    """
    if isinstance(part.data, dict):
        target.data = _Merge(target, part, null_removes=null_removes).of(target.data, part.data, ())


class _Merge:
    """One file being laid over the target."""

    def __init__(self, target: YamlFile, part: YamlFile, *, null_removes: bool) -> None:
        self._target = target
        self._part = part
        self._null_removes = null_removes

    def of(self, below: Any, above: Any, path: Path) -> Any:
        """The value at `path`, after noting its places."""
        if not isinstance(below, dict) or not isinstance(above, dict):
            self._forget(path)
            self._take_places(path)
            return above
        self._target.values[path] = self._part.values[path]
        result = dict(below)
        for key, value in above.items():
            inner = (*path, key)
            if value is None and self._null_removes:
                self._forget(inner)
                result.pop(key, None)
                continue
            self._target.keys[inner] = self._part.keys[inner]
            result[key] = self.of(below.get(key), value, inner)
        return result

    def _forget(self, path: Path) -> None:
        """Drop the places of what stood under `path`."""
        for places in (self._target.values, self._target.keys):
            for old in [p for p in places if p[: len(path)] == path and len(p) > len(path)]:
                del places[old]

    def _take_places(self, path: Path) -> None:
        depth = len(path)
        part, target = self._part, self._target
        target.values.update((p, at) for p, at in part.values.items() if p[:depth] == path)
        target.keys.update((p, at) for p, at in part.keys.items() if p[:depth] == path)

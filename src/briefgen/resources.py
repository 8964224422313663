"""Files that ship with the program: layouts and the example dossier."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """The folder `name` ("templates", "data") as it ships.

    In a wheel it lies inside the package; in a checkout at the top of the tree.
    """
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name

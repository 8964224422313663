"""A package only so that mypy tells this folder's conftest from the others."""

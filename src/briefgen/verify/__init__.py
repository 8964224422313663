"""Verify: whether an artefact is as it was built, from which data, and what was changed in it."""

"""Trace: from words in an artefact to the claims and passages that they rest on."""

"""The dossier: a folder of YAML in, checked records and their problems out."""

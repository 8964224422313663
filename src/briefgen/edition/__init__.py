"""The edition: a dossier and an edition's declaration in, a brief out: chosen, ordered records."""

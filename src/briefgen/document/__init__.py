"""The document: a brief in, one semantic HTML tree out, from which every format is made."""

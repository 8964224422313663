"""The DOCX format: the document tree in, the bytes of a Word file out; and edited copies read back.

Each module is imported by its name, so that to read a file does not import what writes one.
"""

"""The way back: what a person edited in a Word file, as changes to the data.

In comes an edited .docx and the project that it was exported from, out go changes and problems.
"""

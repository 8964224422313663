"""Figures drawn from records: one module a kind, all of texts, lines and marks.

With too little data, or more than fits without overlapping, a kind gives None and the document
shows the figure's data as a table in its place.
"""

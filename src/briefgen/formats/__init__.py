"""The formats: a document in, the bytes of a PDF, DOCX or HTML file out."""

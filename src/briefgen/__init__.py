"""briefgen: tailored policy briefs from one body of checked evidence."""

__version__ = "0.1.0"

"""The edition in TEI P5: a document a text, and one of the whole, for every tool of the field."""

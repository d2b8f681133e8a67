"""A German edition of one letter: no bibliography, a register of its own kind, a class of its own."""

project = "Briefe eines Uhrmachers"
author = "Die Herausgeber"
copyright = "die Herausgeber"  # noqa: A001 - Sphinx's name
version = release = "1.0"
language = "de"
extensions = ["variorum"]
html_theme = "variorum"
variorum_registers = {"werkzeuge": {"linked": "document"}}
variorum_classes = {"schreibung": {"meaning": "alte Schreibung", "shown": "page", "reason": False}}
variorum_certainties = ("sicher", "unsicher")

"""The docutils nodes of the edition: what a text's tree holds beyond paragraphs and emphasis.

No code: the transforms of rank 4 make these nodes, the modules of rank 5 say what they look like in a format.
"""

from docutils import nodes


class locator(nodes.Inline, nodes.Element):
    """First child of a numbered paragraph (or note of the source): its address.

    ``siglum`` (``C``), ``place`` (``1.12``); the parent block carries the id (``p1-12``).
    """


class locator_end(nodes.Inline, nodes.Element):
    """Last child of a numbered paragraph: lets a running head know that a page begins inside it."""


class verse_line(nodes.Inline, nodes.TextElement):
    """A line of a stanza, which is a paragraph of the class ``verse``; between two lines stands a line end as text.

    ``indent`` (int): how many steps the line is set in; ``number`` (int): its number where one is printed, else 0.
    """


class line_break(nodes.Inline, nodes.Element):
    """A break that the editor set within a paragraph that is no verse; a line end as text follows it."""


class pagebreak(nodes.Inline, nodes.Element):
    """A page of the source begins here.

    ``page`` (``18``), ``source`` (``Ainsworth 1848``), ``siglum``, ``inferred`` (bool); ``ids`` (``page-k-18``).
    """


class variant(nodes.Inline, nodes.TextElement):
    """A declared departure from the witness; the children are the edition's own words (none for an omission).

    ``at`` place in the witness, ``place`` locator (``1.12``), ``siglum``, ``lemma`` and ``reading`` (either may be
    empty; a stet row has both equal), ``shown`` the lemma as an apparatus prints it, ``shown_reading`` likewise,
    ``kind`` (its class: ``scan``), ``certainty``, ``reason``;
    ``draft`` (bool): whether it is undeclared or undecided, which is shown under `make live` alone;
    ``first`` (bool): a lemma that crosses emphasis makes several nodes, and only the first carries ``ids`` and speaks
    for all.
    """


class call(nodes.Inline, nodes.Element):
    """The call of a note.

    ``series`` (``editors`` or ``source``), ``sign`` (``7``, ``*``), ``printed`` (as the witness prints a source's sign:
    ``7``, ``(7)``, ``[7]``; empty for the editors'), ``ids`` (``call-7``, ``call-s7``);
    ``beside`` (bool): it is the editors', and directly behind another of theirs, from which a comma parts it;
    ``refid`` when the note stands in this document, ``refuri`` once resolved when it stands in another,
    neither when the witness has lost the note (``orphan``).
    """


class annotation(nodes.General, nodes.Element):
    """A note: body elements.

    ``series``, ``sign``, ``printed`` (as ``call``), ``ids`` (``note-7``, ``note-s7``), ``backrefs`` (ids of its calls).
    A note of the source also has ``place`` (``4.n1``), and a locator node in its first paragraph.
    """


class annotations(nodes.General, nodes.Element):
    """The editors' notes of a document, in order, at its end; the children are ``annotation`` nodes."""


class apparatus_list(nodes.General, nodes.Element):
    """Where the whole apparatus of the witness ``witness`` is to be printed; filled when a format is written.

    Children when filled: ``apparatus_entry`` nodes.
    """


class apparatus_entry(nodes.General, nodes.Element):
    """One row of a printed apparatus: attributes as ``variant``, and ``refuri`` of the place it speaks of."""


class mention_list(nodes.General, nodes.Element):
    """Where a register's entry lists the passages that name it: ``register``, ``key``; filled likewise."""


class figures(nodes.General, nodes.Element):
    """Where the edition's figures are to be printed, or the words of one ``witness``; filled likewise."""


class general_index(nodes.General, nodes.Element):
    """Where the general index is to be printed; filled when a format is written."""


class count(nodes.Inline, nodes.Element):
    """Where the number of a thing is to be printed: ``of``, a register or words, notes, departures; filled likewise."""


class comparison_list(nodes.General, nodes.Element):
    """Where the passages of an entry of shared words are compared: ``key``; filled when a format is written."""


class parallel(nodes.Inline, nodes.Element):
    """Last child of a passage on the web that shares its words with others: ``refuri``, and ``others``, their locators.

    It has no words: the style sheet draws a sign.
    """

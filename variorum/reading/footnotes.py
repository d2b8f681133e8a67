"""Two series of notes: the editors' and the source's own, out of ordinary MyST footnotes."""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent

from variorum.doctree import front_matter
from variorum.domain import Called, edition
from variorum.nodes import annotation, annotations, call

#: A source's note: ``s12``, ``s-star``; every other label is an editors' note's telling name.
_SOURCE = re.compile(r"s(\d+)$|s-(\w+)$")


class SortNotes(SphinxTransform):
    """Turn footnotes into calls and annotations of two series.

    The editors' notes are numbered in the order of their calls and moved to the document's end; the source's keep
    their signs and their place. A source's call without a note in the document is left for the edition to resolve.

    Priority 265: MyST sorts footnotes at 618 and docutils numbers them at 620; before that they must be gone.
    Section targets are in place (260) and paragraphs not yet numbered (270).
    """

    default_priority = 265

    def apply(self) -> None:
        """Sort the notes of the document."""
        self.edition = edition(self.env)
        self.here = self.edition.here()
        meta = front_matter(self.document)
        self.call_form, self.note_form = meta.get("call-form", "{}"), meta.get("note-form", "{}")
        self.found: dict[str, annotation] = {}
        self.editors: list[annotation] = []
        for footnote in list(self.document.findall(nodes.footnote)):
            self._take(footnote)
        for number, reference in enumerate(list(self.document.findall(nodes.footnote_reference))):
            self._call(reference, number)
        for label, note in self.found.items():
            if not note["backrefs"]:
                remedy = f"write [^{label}] where it belongs, or remove the note"
                self.edition.report(note, "notes", f"no call for the note “{label}”", remedy)
            if note["series"] == "editors":
                note.parent.remove(note)
        if self.edition.is_text_here():
            self._report_strays()
        if self.editors:
            self.document += annotations("", *self.editors)
        for register in ("footnotes", "autofootnotes", "footnote_refs", "autofootnote_refs", "symbol_footnotes"):
            getattr(self.document, register).clear()

    def _report_strays(self) -> None:
        """Report paragraphs that a text includes from the file of its notes, and that belong to none of them."""
        own = str(self.env.doc2path(self.env.docname))
        for paragraph in self.document.findall(nodes.paragraph):
            from_elsewhere = paragraph.source and paragraph.source != own
            if from_elsewhere and not any(traverse_parent(paragraph, annotation)):
                remedy = "indent it by four spaces, or take it out"
                self.edition.report(paragraph, "stray", "this paragraph stands in no note", remedy)

    def _take(self, footnote: nodes.footnote) -> None:
        names = [*footnote["names"], *footnote["dupnames"]]
        for block in footnote.findall(nodes.FixedTextElement):
            if isinstance(block, nodes.raw):
                continue  # told as raw HTML
            remedy = "write it in the line, or on a page of the commentary"
            self.edition.report(block, "notes", "a block of code cannot stand at the foot of a page", remedy)
        for name in names:
            self.document.nametypes.pop(name, None)
            self.document.nameids.pop(name, None)
        children = [child for child in footnote.children if not isinstance(child, nodes.label)]
        label = names[0] if names else ""
        note = annotation("", *children, **self._signed(label, self.note_form), backrefs=[])
        note.source, note.line = footnote.source, footnote.line
        footnote.parent.replace(footnote, note)  # replace_self would hand docutils' id on
        if not note.astext().strip(" \\\n"):
            self.edition.report(note, "notes", f"the note “{label}” is empty", "write it, or remove it with its call")
        self.found[label] = note

    def _call(self, reference: nodes.footnote_reference, number: int) -> None:
        label = reference["refname"]
        note = self.found.get(label)
        made = call(**self._signed(label, self.call_form))
        made.source, made.line = reference.source, reference.line
        if note is not None:
            self._join(made, note)
        elif made["series"] == "editors":
            remedy = "write it in the notes' file, or mend the call"
            if label.startswith("footcite-"):
                remedy = "cite with {cite:p}"
            self.edition.report(reference, "notes", f"no note “{label}”", remedy)
        made["beside"] = _is_call_of_editors(made) and _is_call_of_editors(_before(reference))
        times = sum((c.series, c.sign) == (made["series"], made["sign"]) for c in self.here.calls)
        ident = f"call-{_id(made) or f'lost{number}'}" + (f"-{times + 1}" if times else "")
        made["ids"] = [ident]
        if note is not None:
            note["backrefs"].append(ident)
            made["refid"] = note["ids"][0]
        self.here.calls.append(Called(made["series"], made["sign"], ident, ""))
        reference.parent.replace(reference, made)
        self.document.ids[ident] = made

    def _join(self, made: call, note: annotation) -> None:
        """Give a note of the editors the next number at its first call, the call its note's sign, the note its id."""
        if note["series"] == "editors":
            if note["backrefs"]:
                remedy = "call it once, and link to its paragraph elsewhere"
                self.edition.report(made, "notes", f"the note “{made['label']}” is called twice", remedy)
            else:
                self.editors.append(note)
                note["sign"] = str(len(self.editors))
            made["sign"] = note["sign"]
        if not note["ids"]:
            note["ids"] = [f"note-{_id(note)}"]
            self.document.ids[note["ids"][0]] = note

    def _signed(self, label: str, form: str) -> dict[str, str]:
        """Return the attributes of a note or call: the source's with its sign as it is printed."""
        match = _SOURCE.match(label)
        if not match:
            return {"series": "editors", "sign": "", "printed": "", "label": label}
        sign = match[1] or self.config.variorum_signs.get(match[2], match[2])
        return {"series": "source", "sign": sign, "printed": form.replace("{}", sign), "label": label}


def _before(node: nodes.Node) -> nodes.Node | None:
    """Return what stands directly before a node in its line."""
    place = node.parent.index(node)
    return node.parent[place - 1] if place else None


def _is_call_of_editors(node: nodes.Node | None) -> bool:
    return isinstance(node, call) and node["series"] == "editors"


def _id(node: nodes.Element) -> str:
    """Return what the id of a note or call says of its sign: ``7``, ``s7``, ``sstar``; nothing of a lost one."""
    sign = re.sub(r"\W+", "x", node["sign"].replace("*", "star"))
    return f"s{sign}" if node["series"] == "source" else sign

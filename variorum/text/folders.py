"""Where the files of an edition lie: every path below its root is made here, and nowhere else."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of an edition, each named as it is seen from ``root``."""

    root: Path
    """Folder of conf.py."""
    texts: str = "texts"
    """The edited texts, and the ledger of their locators."""
    commentary: str = "commentary"
    """Pages of the editors; the registers and their TOML files."""
    witnesses: str = "witnesses"
    """The sources as they came, each with its map."""
    apparatus: str = "apparatus"
    """The declared departures of each witness."""

    @property
    def ledger(self) -> str:
        """Return the path of the ledger of locators."""
        return f"{self.texts}/locators.tsv"

    @property
    def retired(self) -> str:
        """Return the path of the file that says where retired locators lead."""
        return f"{self.texts}/retired.tsv"

    @property
    def changes(self) -> str:
        """Return the path of the page that says what each version changes."""
        return f"{self.commentary}/changes.md"

    def published(self, name: str) -> str:
        """Return the path of the words that the texts of a witness had in each published version."""
        return f"{self.texts}/published/{name}.tsv"

    def document(self, name: str) -> str:
        """Return the document of a text: ``texts/NAME``."""
        return f"{self.texts}/{name}"

    def is_text(self, docname: str) -> bool:
        """Tell whether a document lies among the texts."""
        return docname.startswith(f"{self.texts}/")

    def text_name(self, docname: str) -> str:
        """Return the name of a text's document, as a map has it."""
        return docname.removeprefix(f"{self.texts}/")

    def witness(self, name: str) -> str:
        """Return the path of a witness."""
        return f"{self.witnesses}/{name}.txt"

    def map(self, name: str) -> str:
        """Return the path of the map of a witness."""
        return f"{self.witnesses}/{name}.toml"

    def rows(self, name: str) -> str:
        """Return the path of the declared departures of a witness."""
        return f"{self.apparatus}/{name}.tsv"

    def apparatus_page(self, name: str) -> str:
        """Return the document that prints the apparatus of a witness."""
        return f"{self.commentary}/apparatus/{name}"

    def data(self, name: str) -> str:
        """Return the path of the TOML file of a register or a picture."""
        return f"{self.commentary}/{name}.toml"

    def page(self, name: str) -> str:
        """Return the document that prints a register."""
        return f"{self.commentary}/{name}"

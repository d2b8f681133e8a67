"""An ePub taken apart."""

import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass
class Book:
    """An ePub: its files by name, its pages as trees."""

    path: Path

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def pages(self) -> dict[str, ET.Element]:
        return {name: ET.fromstring(data) for name, data in self.files.items() if name.endswith(".xhtml")}

    @cached_property
    def package(self) -> ET.Element:
        return ET.fromstring(self.files["content.opf"])

    def with_type(self, page: str, kind: str) -> list[ET.Element]:
        return [element for element in self.pages[page].iter() if kind in element.get(TYPE, "").split()]

    def with_class(self, page: str, name: str) -> list[ET.Element]:
        return [element for element in self.pages[page].iter() if name in element.get("class", "").split()]

    def by_id(self, page: str) -> dict[str, ET.Element]:
        return {element.get("id", ""): element for element in self.pages[page].iter() if element.get("id")}

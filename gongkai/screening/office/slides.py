"""PowerPoint files: the text of the slides, speaker's notes, comments and hidden slides. They are looked at only."""

from __future__ import annotations

from lxml import etree

from gongkai.screening.findings import Place
from gongkai.screening.office.package import Package, hidden_parts
from gongkai.screening.sight import Sight
from gongkai.screening.xml_text import words

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def walk(package: Package, sight: Sight) -> None:
    """Say the text of every slide that is shown, paragraph by paragraph; note the rest."""
    hidden_parts(package, sight)
    for number, name in enumerate(package.named(r"ppt/slides/slide\d+\.xml"), 1):
        tree, place = package.tree(name), Place(page=number)
        if tree.get("show") in ("0", "false"):
            sight.hide("hidden_slide", place, "\n".join(_paragraphs(tree)))
            continue
        for paragraph in _paragraphs(tree):
            sight.say(paragraph, place)
            sight.gap("\n")
    for name in package.named(r"ppt/notesSlides/notesSlide\d+\.xml"):
        said = "\n".join(line for line in _paragraphs(package.tree(name)) if not line.isdigit())
        if said.strip():
            sight.hide("speaker_note", Place(part=name), said)
    for name in package.named(r"ppt/(?:comments/\w+|commentAuthors|authors)\.xml"):
        sight.hide("comment", Place(part=name), "\n".join(words(package.parts[name])))


def _paragraphs(tree: etree._Element) -> list[str]:
    return ["".join(run.text or "" for run in one.iter(A + "t")) for one in tree.iter(A + "p")]

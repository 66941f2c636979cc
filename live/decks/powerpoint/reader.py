"""Reads a .pptx with python-pptx. Nothing that lies outside the file is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from live.decks import languages
from live.decks.model import Block, Columns, Deck, DeckSlide, Paragraph, Picture, Run, Text, plain
from live.decks.powerpoint.builds import builds_of
from live.decks.powerpoint.shapes import Shapes
from live.decks.powerpoint.text import Links, Reader
from live.decks.powerpoint.xml import Element, find_all, first
from live.decks.remarks import Remarks
from live.i18n.catalogs import N_
from live.workshop.parser import MOST_SLIDES

_TITLES = ("title", "ctrTitle")
_BIG_LAYOUTS = ("title", "secHead")
LONGEST_TITLE = 80  # of a first line that is taken as the title of a slide without one


def read(file: BinaryIO, remarks: Remarks) -> Deck:
    """The deck in *file*. Raises DeckRefused, and whatever python-pptx raises for a file that is damaged."""
    from pptx import Presentation

    deck = Presentation(file)
    shown = [slide for slide in deck.slides if slide._element.get("show") != "0"]
    if len(shown) > MOST_SLIDES:
        raise remarks.refuse(
            N_("The deck has {n} slides, and a meeting at most {most}. Part it in two."), n=len(shown), most=MOST_SLIDES
        )
    language = _language([slide._element for slide in shown])
    reading = _Reading(language, remarks)
    slides = []
    for number, slide in enumerate(deck.slides, 1):
        if slide._element.get("show") == "0":
            remarks.warn(number, N_("Hidden in the deck, and left out: {text}"), text=_title_of(slide) or "–")
            continue
        try:
            slides.append(reading.slide(slide, number))
        except MemoryError:
            raise
        except Exception:  # python-pptx raises anything where a slide is not as it should be
            slides.append(_as_text(slide._element, number))
            remarks.warn(number, N_("The slide is damaged, and only its text is here. Compare it with the deck."))
    reading.furniture(deck)
    title = " ".join((deck.core_properties.title or "").split())
    if title.casefold() in ("", "powerpoint presentation", "powerpoint-presentasjon"):
        title = next((slide.title for slide in slides if slide.title), "")
    return Deck(title, language, tuple(slides), reading.files)


def _as_text(slide: Element, number: int) -> DeckSlide:
    """All words of a slide, one paragraph after the other; what else it has can't be read."""
    lines = ("".join(text.text or "" for text in find_all(line, ".//a:t")) for line in find_all(slide, ".//a:p"))
    paragraphs = tuple(Paragraph((Run(line),)) for line in lines if line.strip())
    title, blocks = _first_line((Text(paragraphs),) if paragraphs else ())
    return DeckSlide(number, title, blocks)


def _language(slides: list[Element]) -> str:
    """That of most of the text, as PowerPoint has marked it; where it has not, by its words."""
    spoken: Counter[str] = Counter()
    texts: list[str] = []
    for slide in slides:
        for run in find_all(slide, ".//a:r"):
            words = "".join(text.text or "" for text in find_all(run, "a:t"))
            texts.append(words)
            if (look := first(run, "a:rPr")) is not None and look.get("lang"):
                spoken[look.get("lang", "")[:2].casefold()] += len(words)
    return languages.of_deck(spoken, " ".join(texts))


class _Reading:
    """What is gathered over all slides of one deck."""

    def __init__(self, language: str, remarks: Remarks) -> None:
        self.files: dict[str, bytes] = {}
        self._language = language
        self._remarks = remarks
        self._names: dict[tuple[bytes, str], str] = {}
        self._furniture: dict[str, None] = {}
        self._number = 0

    def slide(self, slide: Any, number: int) -> DeckSlide:
        self._number = number
        warn = self._remarks.warn
        builds = builds_of(slide._element)
        title = _title_element(slide)
        shapes = Shapes(
            slide, number, builds, self._remarks, keep=self._keep, language=self._language, title=title
        )  # fmt: skip
        blocks = shapes.blocks(from_right=first(slide._element, ".//a:pPr[@rtl='1']") is not None)
        self._furniture.update(dict.fromkeys(text for text in shapes.furniture if not text.strip().isdigit()))
        if builds.others:
            warn(number, N_("Animations that move, stress or take away are left out."))
        if any("comments" in relation.reltype for relation in slide.part.rels.values()):
            warn(number, N_("Comments from those who have read the deck are left out."))
        words = self._title(title, slide, number)
        if not words:
            words, blocks = _first_line(blocks)
        big = slide.slide_layout._element.get("type") in _BIG_LAYOUTS or (bool(words) and all(map(_is_behind, blocks)))
        big = big or (number == 1 and all(_is_words(one) for one in blocks if not _is_behind(one)))
        presses = [one.click for one in _paragraphs(blocks) if one.click]
        if presses != sorted(presses):
            warn(number, N_("What comes with a press comes from the top down here."))
        return DeckSlide(number, words, blocks, tuple(self._notes(slide)), big)

    def _title(self, title: Element | None, slide: Any, number: int) -> str:
        if title is None:
            return ""
        reader = Reader(Links(slide.part, number, self._remarks), number, self._remarks)
        body = first(title, "p:txBody")
        return " ".join(plain(one.runs) for one in reader.paragraphs(body)) if body is not None else ""

    def _notes(self, slide: Any) -> Iterator[str]:
        if not slide.has_notes_slide:
            return
        notes = slide.notes_slide.notes_text_frame
        if notes is not None and notes.text.strip():
            yield notes.text.replace("\v", "\n")

    def _keep(self, content: bytes, ending: str) -> str:
        """The name of the file: `slide-3-1.png` is the first of slide 3. The same *content* is kept once."""
        key = (content, ending)
        if key not in self._names:
            at = 1 + sum(known.startswith(f"slide-{self._number}-") for known in self._names.values())
            self._names[key] = f"slide-{self._number}-{at}.{ending}"
            self.files[self._names[key]] = content
        return self._names[key]

    def furniture(self, deck: Any) -> None:
        """Names the texts and pictures that stand on all slides, which a workshop has no place for."""
        masters = list(deck.slide_masters)
        layouts = [layout for master in masters for layout in master.slide_layouts if layout.used_by_slides]
        for source in [*masters, *layouts]:
            for shape in find_all(source._element, ".//p:sp[not(p:nvSpPr/p:nvPr/p:ph)]"):
                words = " ".join(text.text or "" for text in find_all(shape, ".//a:t")).strip()
                self._furniture.update({words: None} if words else {})
        if texts := "; ".join(self._furniture):
            self._remarks.warn(0, N_("What the template says on every slide is left out: {text}"), text=texts)
        if any(first(source._element, ".//p:pic|p:cSld/p:bg//a:blip") is not None for source in [*masters, *layouts]):
            self._remarks.warn(0, N_("Pictures of the template, such as a logo, are left out."))


def _title_element(slide: Any) -> Element | None:
    for kind in _TITLES:
        for shape in find_all(slide._element, f"p:cSld/p:spTree//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='{kind}']"):
            if any((text.text or "").strip() for text in find_all(shape, ".//a:t")):
                return shape
    return None


def _title_of(slide: Any) -> str:
    title = _title_element(slide)
    return " ".join("".join(text.text or "" for text in find_all(title, ".//a:t")).split()) if title is not None else ""


def _first_line(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """A short paragraph at the top as title, and what is left; an empty title where there is none."""
    match blocks:
        case (Picture(place="full") as behind, *others) if others:
            words, left = _first_line(tuple(others))
            return words, (behind, *left)
        case (Text(paragraphs=(head, *rest)), *others) if not head.mark and not head.click:
            words = plain(head.runs)
            if len(words) <= LONGEST_TITLE and not any(run.link for run in head.runs) and (rest or others):
                return words, (*([Text(tuple(rest))] if rest else []), *others)
    return "", blocks


def _is_behind(block: Block) -> bool:
    return isinstance(block, Picture) and block.place == "full"


def _is_words(block: Block) -> bool:
    return isinstance(block, Text) and not block.paragraphs[0].mark


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Any]:
    for block in blocks:
        if isinstance(block, Text):
            yield from block.paragraphs
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from _paragraphs(column)

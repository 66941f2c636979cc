"""Reads the shapes of one slide of a .pptx, in reading order, into the blocks of a deck."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from itertools import chain
from typing import Any

from live.decks import picture_places, pictures
from live.decks.model import Block, Columns, Paragraph, Picture, Run, Table, Text
from live.decks.powerpoint import graphics
from live.decks.powerpoint.builds import Builds
from live.decks.powerpoint.text import Links, Reader, Styles
from live.decks.powerpoint.xml import Element, children, find_all, first, name, number_of
from live.decks.reading_order import Box, SideBySide, in_order
from live.decks.remarks import Remarks
from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.media import video

DEEPEST = 12  # groups in groups
MOST_COLUMNS = 3
_SHAPES = {name(one) for one in ("p:sp", "p:pic", "p:grpSp", "p:cxnSp", "p:graphicFrame")}
_INK = {name("p:contentPart"), name("p14:contentPart")}
_FILMS = {"mp4", "m4v", "mov", "webm", "wmv", "avi", "mpg", "mpeg", "ogv"}
_FILE_NAME = re.compile(r"[^\s/]+\.(png|jpe?g|gif|bmp|tiff?|webp|svg|emf|wmf)", re.IGNORECASE)
_UPRIGHT = ("horz", "", None)
_OFTEN = {"ftr", "dt", "sldNum", "hdr"}  # what stands on every slide

Placed = Box[tuple[Block, ...]]


class Shapes:
    """
    Reads shape after shape of one slide. *keep* stores a file of the deck and returns its name there; *title* is the
    element of the title, which is left out. `furniture`: the texts of footers.
    """

    def __init__(
        self, slide: Any, number: int, builds: Builds, remarks: Remarks, *,
        keep: Callable[[bytes, str], str], language: str, title: Element | None = None,
    ) -> None:  # fmt: skip
        self._slide = slide
        self._number = number
        self._builds = builds
        self._remarks = remarks
        self._keep = keep
        self._language = language
        self._title = title
        self._master = slide.slide_layout.slide_master._element
        self._links = Links(slide.part, number, remarks)
        self._reader = Reader(self._links, number, remarks)
        deck = slide.part.package.presentation_part.presentation
        self._wide, self._high = float(deck.slide_width or 0), float(deck.slide_height or 0)
        self._drawn = 0
        self.furniture: list[str] = []

    def blocks(self, *, from_right: bool = False) -> tuple[Block, ...]:
        tree = self._slide.shapes._spTree
        whole, boxes = picture_places.placed(list(self._boxes(tree, self._slide.shapes)), self._wide, self._high)
        parts = picture_places.in_rows(boxes) or in_order(boxes, from_right=from_right)
        found = _only_columns(_flat(parts))
        whole = whole or tuple(self._background(found))
        if self._drawn:
            self._remarks.warn(
                self._number, N_("Drawn lines, arrows and shapes without text are left out ({n})."), n=self._drawn
            )
        return picture_places.gathered((*whole, *found))

    def _warn(self, sentence: str, **facts: object) -> None:
        self._remarks.warn(self._number, sentence, **facts)

    # -- where each stands ----------------------------------------------------------------------------------------

    def _boxes(self, tree: Element, holder: Any, depth: int = 0, press: int = 0) -> Iterator[Placed]:
        from pptx.shapes.shapetree import SlideShapeFactory

        for element in children(tree):
            if element is self._title:
                continue
            if element.tag in _INK:
                self._warn(N_("Handwriting is left out."))
            if element.tag not in _SHAPES:
                continue
            if (hidden := first(element, "./*/p:cNvPr[@hidden='1']")) is not None:
                self._warn(N_("Hidden in the deck, and left out: {text}"), text=hidden.get("name") or "–")
                continue
            shape = SlideShapeFactory(element, holder)
            press_here = press or self._builds.shapes.get(shape.shape_id, 0)
            if element.tag == name("p:grpSp"):
                inner = list(self._boxes(element, holder, depth + 1, press_here)) if depth < DEEPEST else []
                blocks = _flat(in_order(picture_places.with_captions(inner, self._high)))
            else:
                blocks = tuple(self._read(shape, element, press_here))
            if blocks:
                yield Box(*_place(shape, element), part=blocks)

    def _read(self, shape: Any, element: Element, press: int) -> Iterable[Block]:
        if element.tag == name("p:graphicFrame"):
            blocks = list(self._graphic(shape, element))
        elif element.tag == name("p:pic"):
            blocks = list(self._picture(shape, element))
        elif first(element, "p:txBody") is not None:
            return self._text(shape, element, press)
        else:
            blocks = list(self._filled(element))
            self._drawn += not blocks
        if press and blocks:
            self._warn(N_("What comes with a press in the deck stands here from the start: {text}"), text=shape.name)
        return blocks

    # -- texts ----------------------------------------------------------------------------------------------------

    def _text(self, shape: Any, element: Element, press: int) -> Iterator[Block]:
        body = find_all(element, "p:txBody")[0]
        placeholder = first(element, ".//p:nvPr/p:ph")
        presses = self._builds.paragraphs.get(shape.shape_id)
        paragraphs = self._reader.paragraphs(body, Styles(shape, self._master), presses, press)
        if placeholder is not None and placeholder.get("type") in _OFTEN:
            self.furniture += [run.text for paragraph in paragraphs for run in paragraph.runs]
            return
        yield from self._filled(element)
        if not paragraphs:
            self._drawn += placeholder is None and first(element, "p:spPr/a:blipFill") is None
            return
        if first(body, "a:bodyPr[@vert]") is not None and find_all(body, "a:bodyPr")[0].get("vert") not in _UPRIGHT:
            self._warn(N_("Vertical text stands horizontally here: {text}"), text=_words(paragraphs))
        address = self._links.address(first(element, "./*/p:cNvPr/a:hlinkClick"), shape.name)
        yield Text(_linked(paragraphs, address) if address else paragraphs)

    # -- pictures and films ---------------------------------------------------------------------------------------

    def _filled(self, element: Element) -> Iterator[Block]:
        """The picture that fills a drawn shape."""
        if (fill := first(element, "p:spPr/a:blipFill")) is not None:
            yield from self._file(element, fill)

    def _background(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The picture behind the whole slide, which nobody describes; none behind so much that little of it is seen."""
        if (fill := first(self._slide._element, "p:cSld/p:bg//a:blipFill")) is None:
            return
        data = self._embedded(first(fill, "a:blip"), "–") if picture_places.leaves_background(blocks) else None
        with suppress(ValueError):
            if data:
                file = self._keep(*pictures.as_shown(data, _shown(fill, fill)))
                yield Picture(file, decorative=True, place="full", share=1)
                return
        self._warn(N_("The picture behind the whole slide is left out."))

    def _picture(self, shape: Any, element: Element) -> Iterator[Block]:
        if (fill := first(element, "p:blipFill")) is not None:
            yield from self._file(element, fill, *self._film(element))
        address = self._links.address(first(element, "./*/p:cNvPr/a:hlinkClick[@r:id!='']"), shape.name)
        if address:
            yield Text((Paragraph((Run(address, link=address),)),))

    def _file(self, element: Element, fill: Element, film: str = "", plays: bool = False) -> Iterator[Block]:
        about = first(element, "./*/p:cNvPr")
        label, alt = (about.get("name") or "–", about.get("descr") or "") if about is not None else ("–", "")
        data = self._embedded(first(fill, "a:blip"), label)
        if data is None:
            return
        try:
            content, ending = pictures.as_shown(data, _shown(element, fill))
        except ValueError:
            self._warn(N_("The picture {name} can't be read here. Save it as PNG or JPEG in the deck."), name=label)
            return
        if pictures.moves(data):
            self._warn(N_("The picture {name} moves in the deck; here it stands still."), name=label)
        alt = "" if _FILE_NAME.fullmatch(alt.strip()) else alt  # as some programs fill in by themselves
        decorative = first(element, ".//adec:decorative[@val='1']") is not None
        file = self._keep(content, ending)
        if not alt.strip() and not decorative:
            self._warn(N_("The picture {name} has no description. Write one between the brackets."), name=file)
        alt = " ".join(alt.split())
        yield Picture(file, alt=alt, decorative=decorative and not alt, film=film, plays=plays)

    def _embedded(self, blip: Element | None, label: str) -> bytes | None:
        if blip is None:
            return None
        relation = self._slide.part.rels.get(blip.get(name("r:embed")) or "")
        if relation is None or relation.is_external:
            linked = self._slide.part.rels.get(blip.get(name("r:link")) or "") or relation
            target = linked.target_ref if linked is not None and linked.is_external else label
            self._warn(N_("A picture lies outside the deck and is not fetched: {address}"), address=target)
            return None
        data: bytes = relation.target_part.blob
        return data

    def _film(self, element: Element) -> tuple[str, bool]:
        """
        The file of the film that `p:pic` is the poster of, and whether browsers play it; empty where it is none, or
        lies elsewhere.
        """
        if first(element, "./*/p:nvPr/a:audioFile|./*/p:nvPr/a:wavAudioFile") is not None:
            self._warn(N_("A sound is left out."))
        link = first(element, "./*/p:nvPr/a:videoFile|./*/p:nvPr/a:quickTimeFile")
        if link is None:
            return "", False
        inside = first(element, ".//p14:media")
        for id in (inside.get(name("r:embed")) if inside is not None else "", link.get(name("r:link"))):
            relation = self._slide.part.rels.get(id or "")
            if relation is not None and not relation.is_external:
                ending = str(relation.target_part.partname).rpartition(".")[2].casefold()
                return self._kept_film(relation.target_part.blob, ending if ending in _FILMS else "mp4")
        relation = self._slide.part.rels.get(link.get(name("r:link")) or "")
        target = relation.target_ref if relation is not None else "–"
        self._warn(N_("A film lies outside the deck and is not fetched: {address}"), address=target)
        return "", False

    def _kept_film(self, content: bytes, ending: str) -> tuple[str, bool]:
        try:
            file = self._keep(content, video.inspect("", BytesIO(content)).ending)
        except ArchiveRefused:
            file = self._keep(content, ending)
            self._warn(
                N_("Browsers don't play the film {name}. Save it as MP4 with H.264, and put it in as a film."),
                name=file,
            )
            return file, False
        self._warn(N_("The film {name} has no captions here. Put them in, for those who don't hear it."), name=file)
        return file, True

    # -- tables, charts, SmartArt ---------------------------------------------------------------------------------

    def _graphic(self, shape: Any, element: Element) -> Iterator[Block]:
        graphic = find_all(element, "a:graphic/a:graphicData")
        uri = graphic[0].get("uri", "") if graphic else ""
        found: Block | None = None
        if uri.endswith("/table"):
            found = graphics.table(graphic[0], self._reader, self._number, self._remarks)
        elif uri.endswith("/chart"):
            found = self._chart(shape)
        elif uri.endswith("/diagram"):
            if paragraphs := graphics.smart_art(graphic[0], self._slide.part, self._reader):
                self._warn(N_("The SmartArt figure is a list here."))
                found = Text(paragraphs)
        elif poster := first(element, ".//p:oleObj//p:pic"):
            self._warn(N_("{name} opens in another program; here it is a picture."), name=shape.name)
            yield from self._picture(shape, poster)
            return
        if found:
            yield found
        elif not uri.endswith("/table"):
            self._warn(N_("{name} can't be read here and is left out."), name=shape.name)

    def _chart(self, shape: Any) -> Table | None:
        try:
            return graphics.chart(shape, self._language, self._number, self._remarks)
        except (
            KeyError,
            ValueError,
            TypeError,
            AttributeError,
            IndexError,
        ):  # a damaged part; python-pptx says no more
            return None


def _words(paragraphs: Iterable[Paragraph]) -> str:
    return " ".join(run.text for paragraph in paragraphs for run in paragraph.runs)


def _linked(paragraphs: tuple[Paragraph, ...], address: str) -> tuple[Paragraph, ...]:
    """*paragraphs* of a shape that leads somewhere as a whole."""
    return tuple(
        Paragraph(
            tuple(Run(run.text, run.bold, run.italic, run.link or address) for run in one.runs),
            one.level, one.mark, one.number, one.click,
        )
        for one in paragraphs
    )  # fmt: skip


def _place(shape: Any, element: Element) -> tuple[float, float, float, float]:
    """Left, top, width and height on the slide, in EMU; of a shape in groups, as these scale and move it."""
    left, top, wide, high = (float(value or 0) for value in (shape.left, shape.top, shape.width, shape.height))
    group = element.getparent()
    while group is not None and group.tag in (name("p:grpSp"), *_AROUND):
        frame = first(group, "p:grpSpPr/a:xfrm")
        if frame is not None:
            left, wide = _scaled(frame, "x", "cx", left, wide)
            top, high = _scaled(frame, "y", "cy", top, high)
        group = group.getparent()
    return left, top, wide, high


_AROUND = (name("mc:AlternateContent"), name("mc:Choice"), name("mc:Fallback"))


def _scaled(frame: Element, at: str, size: str, start: float, length: float) -> tuple[float, float]:
    def read(part: str, attribute: str) -> int:
        found = first(frame, f"a:{part}")
        return number_of(found.get(attribute)) if found is not None else 0

    outer, inner = read("ext", size), read("chExt", size)
    scale = outer / inner if inner else 1.0
    return read("off", at) + (start - read("chOff", at)) * scale, length * scale


def _shown(element: Element, fill: Element) -> pictures.Shown:
    cut = first(fill, "a:srcRect")
    frame = first(element, "p:spPr/a:xfrm")
    left, top, right, bottom = (
        number_of(cut.get(side)) / 100_000 if cut is not None else 0.0 for side in ("l", "t", "r", "b")
    )
    turned = round(number_of(frame.get("rot")) / 60_000 / 90) * 90 if frame is not None else 0
    return pictures.Shown(
        left, top, right, bottom,
        mirrored=frame is not None and frame.get("flipH") == "1",
        upside_down=frame is not None and frame.get("flipV") == "1",
        turned=turned,
    )  # fmt: skip


def _flat(parts: Iterable[tuple[Block, ...] | SideBySide[tuple[Block, ...]]]) -> tuple[Block, ...]:
    """The blocks in order. Two or three columns that all have words stay columns; others follow one another."""
    found: list[Block] = []
    for part in parts:
        columns = tuple(_flat(column) for column in part.columns) if isinstance(part, SideBySide) else ()
        if 2 <= len(columns) <= MOST_COLUMNS and all(map(_is_column, columns)):
            found.append(Columns(columns))
        elif isinstance(part, SideBySide):
            found += chain.from_iterable(columns)
        else:
            found += part
    return tuple(_with_labels(found))


def _with_labels(blocks: list[Block]) -> Iterator[Block]:
    """*blocks* with single labels beside each other as the heads of the columns below them, else one by one."""
    labels: Columns | None = None
    for block in blocks:
        below = isinstance(block, Columns) and any(map(_is_long, block.columns))
        if labels and below and isinstance(block, Columns) and len(block.columns) == len(labels.columns):
            block = Columns(tuple(head + rest for head, rest in zip(labels.columns, block.columns, strict=True)))
        elif labels:
            yield from chain.from_iterable(labels.columns)
        labels = block if isinstance(block, Columns) and not below else None
        if labels is None:
            yield block
    if labels:
        yield from chain.from_iterable(labels.columns)


def _is_column(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(block, Text | Table) for block in blocks) and not any(
        isinstance(block, Columns) for block in blocks
    )


def _is_long(blocks: tuple[Block, ...]) -> bool:
    """Whether there is more than one line: single labels beside each other are no columns."""
    return len(blocks) > 1 or any(isinstance(block, Text) and len(block.paragraphs) > 1 for block in blocks)


def _only_columns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """*blocks* with their columns one below the other if there are several of those: a slide has place for one."""
    if sum(isinstance(block, Columns) for block in blocks) < 2:
        return blocks
    return tuple(
        inner
        for block in blocks
        for inner in (chain.from_iterable(block.columns) if isinstance(block, Columns) else (block,))
    )

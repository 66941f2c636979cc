"""Puts results into a deck: each after the slide that it belongs to, drawn with the deck's own layouts and colours."""

from __future__ import annotations

import copy
from typing import Any, BinaryIO

from live.decks import file_kinds
from live.decks.powerpoint.xml import find_all, first, name
from live.decks.remarks import Remarks
from live.errors import DeckRefused
from live.exports.into_deck import package
from live.exports.into_deck.alignment import align, followed
from live.exports.into_deck.deck_look import look_of
from live.exports.into_deck.results import Inserted, Results, Written
from live.exports.powerpoint import drawing, presentation
from live.exports.powerpoint.look import Look
from live.i18n.catalogs import N_
from live.report_blocks import Section

MARK = "Innspill"  # in the names of our slides, by which those of an earlier time are known
FOOTERS = ("dt", "ftr", "sldNum")


def insert(file: BinaryIO, out: BinaryIO, results: Results, remarks: Remarks) -> Inserted:
    """Read the deck in *file* and write it with *results* to *out*. Raises DeckRefused, MemoryError, ImportError."""
    if file_kinds.kind_of(file, remarks) != file_kinds.PPTX:
        raise remarks.refuse(N_("Results can only be put into a PowerPoint file (.pptx). Save the deck as one."))
    try:
        return _insert(file, out, results, remarks)
    except (DeckRefused, MemoryError, ImportError):
        raise
    except Exception:  # python-pptx raises anything where a file is not as it should be
        raise remarks.refuse(file_kinds.DAMAGED, part=file_kinds.first_damaged(file) or "ppt") from None


def _insert(file: BinaryIO, out: BinaryIO, results: Results, remarks: Remarks) -> Inserted:
    from pptx import Presentation

    with package.slim(file) as read:
        deck = Presentation(read)
    names = package.Names(deck)
    slides = list(deck.slides)
    if not slides:
        raise remarks.refuse(N_("The deck has no slide that can be read."))
    found = align(results.slides, [_written(slide) for slide in slides])
    ends: dict[
        int | None, int
    ] = {}  # by the slide of the deck: where in the list the last thing stands that follows it
    looks: dict[Any, Look] = {}
    unplaced: list[Section] = []
    for section in results.sections:
        after = followed(found, section.slide)
        if after is None:
            unplaced.append(section)
            continue
        anchor = slides[after]
        made = _drawn(deck, anchor, section, results, looks, asked_there=found[(section.slide or 1) - 1] is not None)
        before = ends.get(after)
        for slide in made:
            _move_after(deck, slide, before or anchor.slide_id)
            before = slide.slide_id
        ends[after] = before or 0
    for section in unplaced:
        _drawn(deck, slides[-1], section, results, looks, asked_there=False)
    package.write(file, deck, names, out)
    return Inserted(len(results.sections) - len(unplaced), [section.title for section in unplaced])


def _written(slide: Any) -> Written:
    """As it is matched; a slide of ours from an earlier time matches nothing."""
    if (slide._element.cSld.get("name") or "").startswith(MARK):
        return Written("", "")
    words = " ".join(text.text or "" for text in find_all(slide._element, ".//a:t"))
    title = slide.shapes.title
    return Written(title.text_frame.text if title is not None else "", words)


def _drawn(
    deck: Any, anchor: Any, section: Section, results: Results, looks: dict[Any, Look], *, asked_there: bool
) -> list[Any]:
    """The slides of *section*, last in the deck. *asked_there*: the slide before shows what people were asked about."""
    master = anchor.slide_layout.slide_master.part
    look = looks.get(master) or looks.setdefault(master, look_of(deck, anchor, results.language))
    earlier = len(deck.slides)
    if not asked_there:
        drawing.pictures(look, section)
    drawing.result(look, look.slide(section.title), section)
    presentation.tables(look, section)
    made = list(deck.slides)[earlier:]
    for slide in made:
        slide._element.cSld.set("name", f"{MARK} {results.code}")
        _take_footers(slide, anchor)
        _join_section(deck, slide, list(deck.slides)[earlier - 1])
    return made


def _take_footers(slide: Any, anchor: Any) -> None:
    """Date, footer and number of the slide before, where it shows them."""
    for shape in find_all(anchor._element, "p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph]"):
        mark = first(shape, "p:nvSpPr/p:nvPr/p:ph")
        if mark is not None and mark.get("type") in FOOTERS and not find_all(shape, ".//@r:*/.."):
            taken = copy.deepcopy(shape)
            properties = first(taken, "p:nvSpPr/p:cNvPr")
            if properties is not None:
                properties.set("id", str(1 + max(int(one.get("id", "0")) for one in _ids(slide))))
            slide.shapes._spTree.append(taken)


def _ids(slide: Any) -> list[Any]:
    return [one for one in find_all(slide._element, ".//p:cNvPr") if one.get("id", "").isdecimal()] or [{"id": "1"}]


def _listed(deck: Any, slide_id: int) -> Any:
    return next(one for one in deck.part._element.sldIdLst if int(one.get("id")) == slide_id)


def _move_after(deck: Any, slide: Any, before: int) -> None:
    _listed(deck, before).addnext(_listed(deck, slide.slide_id))
    _join_section(deck, slide, deck.slides.get(before))


def _join_section(deck: Any, slide: Any, before: Any) -> None:
    """In a deck that is parted in sections, a slide stands in that of the slide before it, right after it."""
    tag, number = name("p14:sldId"), str(slide.slide_id)
    for one in find_all(deck.part._element, f".//p14:section/p14:sldIdLst/p14:sldId[@id='{number}']"):
        one.getparent().remove(one)
    for one in find_all(deck.part._element, f".//p14:section/p14:sldIdLst/p14:sldId[@id='{before.slide_id}']"):
        listed = one.makeelement(tag, {"id": number})
        one.addnext(listed)

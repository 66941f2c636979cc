"""Reads the paragraphs of a shape in a .pptx: their runs, their lists, and the press that each comes with."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from live.decks.model import Paragraph, Run, Runs
from live.decks.powerpoint.xml import Element, children, find_all, first, is_on, name, number_of
from live.decks.remarks import Remarks
from live.i18n.catalogs import N_

_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_SAME_LOOK = {"title": "titleStyle", "ctrTitle": "titleStyle"}
_BODY = {"body", "obj", "subTitle", "half", "tbl", "chart", "dgm", "media", "clipArt", "pic"}
DEEPEST = 8


class Links:
    """The addresses behind the `r:id` of one part. Those that lead to other slides or files are named and left out."""

    def __init__(self, part: Any, slide: int, remarks: Remarks) -> None:
        self._part = part
        self._slide = slide
        self._remarks = remarks

    def address(self, link: Element | None, words: str) -> str:
        """Where the `a:hlinkClick` *link* on *words* leads; empty where no page may."""
        if link is None:
            return ""
        relation = self._part.rels.get(link.get(name("r:id")) or "") if self._part is not None else None
        if relation is not None and relation.is_external and _SAFE_LINK.match(relation.target_ref):
            return str(relation.target_ref)
        if relation is not None or link.get("action"):
            self._remarks.warn(
                self._slide, N_("A link to another slide or to a file is left out: {text}"), text=words or "–"
            )
        return ""


class Styles:
    """Which marks the paragraphs of a shape inherit, by level: its own list style, then layout, then master."""

    def __init__(self, shape: Any, master: Element | None) -> None:
        self._sources: list[Element] = []
        kind, seen = "", 0
        holder: Any = shape
        while holder is not None and seen < 3:  # slide, layout, master
            if (found := first(holder._element, "p:txBody/a:lstStyle")) is not None:
                self._sources.append(found)
            placeholder = first(holder._element, ".//p:nvPr/p:ph")
            kind = kind or (placeholder.get("type", "obj") if placeholder is not None else "")
            holder = getattr(holder, "_base_placeholder", None)
            seen += 1
        if master is not None:
            style = _SAME_LOOK.get(kind) or ("bodyStyle" if kind in _BODY else "otherStyle")
            self._sources += find_all(master, f"p:txStyles/p:{style}")

    def mark_at(self, paragraph: Element, level: int) -> Element | None:
        """The element that says how the paragraph begins: `a:buNone`, `a:buChar`, `a:buAutoNum`, `a:buBlip`."""
        places = [*find_all(paragraph, "a:pPr"), *(
            found for source in self._sources for found in find_all(source, f"a:lvl{level + 1}pPr")
        )]  # fmt: skip
        for place in places:
            for sign in ("buNone", "buChar", "buAutoNum", "buBlip"):
                if (found := first(place, f"a:{sign}")) is not None:
                    return found
        return None


class Reader:
    """Reads the paragraphs of one slide."""

    def __init__(self, links: Links, slide: int, remarks: Remarks) -> None:
        self._links = links
        self._slide = slide
        self._remarks = remarks

    def paragraphs(
        self, body: Element, styles: Styles | None = None, clicks: Mapping[int, int] | None = None, whole: int = 0
    ) -> tuple[Paragraph, ...]:
        """
        Those with words. *clicks*: the press by paragraph; *whole*: of the shape, which its outer paragraphs take.
        """
        found: list[Paragraph] = []
        counters: dict[int, int] = {}
        for at, element in enumerate(find_all(body, "a:p")):
            properties = first(element, "a:pPr")
            level = min(number_of(properties.get("lvl")) if properties is not None else 0, DEEPEST)
            runs = self.runs(element)
            if not any(run.text.strip() for run in runs):
                continue
            sign = styles.mark_at(element, level) if styles else first(element, "a:pPr/a:buChar|a:pPr/a:buAutoNum")
            mark, number = self._mark(sign, level, counters)
            click = (clicks or {}).get(at, 0) or (whole if level == 0 else 0)
            if click and level and found and click == found[-1].click:
                click = 0  # comes with the item that it stands under
            found.append(Paragraph(runs, level, mark, number, click))
        return tuple(found)

    def _mark(self, sign: Element | None, level: int, counters: dict[int, int]) -> tuple[str, int]:
        for deeper in [one for one in counters if one > level]:
            del counters[deeper]
        local = "" if sign is None else str(sign.tag).rpartition("}")[2]
        if local != "buAutoNum" or sign is None:
            counters.pop(level, None)
            return ("-" if local in ("buChar", "buBlip") else ""), 0
        if not sign.get("type", "arabic").startswith("arabic"):
            self._remarks.warn(self._slide, N_("Letters or Roman numerals before items are plain numbers here."))
        start = max(1, number_of(sign.get("startAt"), 1))
        counters[level] = counters[level] + 1 if level in counters else start
        return "1", counters[level]

    def runs(self, paragraph: Element) -> Runs:
        found: list[Run] = []
        for child in children(paragraph):
            local = str(child.tag).rpartition("}")[2]
            if local == "br":
                found.append(Run("\n"))
            elif local in ("r", "fld"):
                if local == "fld" and child.get("type", "").startswith("slidenum"):
                    continue
                text = "".join(one.text or "" for one in find_all(child, "a:t")).replace("\v", "\n")
                look = first(child, "a:rPr")
                link = self._links.address(first(child, "a:rPr/a:hlinkClick"), text)
                bold = look is not None and is_on(look.get("b"))
                italic = look is not None and is_on(look.get("i"))
                found.append(Run(text.replace("\t", " "), bold, italic, link))
            elif formula := "".join(one.text or "" for one in find_all(child, ".//m:t")):
                self._remarks.warn(self._slide, N_("A formula is plain text here: {text}"), text=formula)
                found.append(Run(formula))
        return joined(found)


def joined(runs: Iterable[Run]) -> Runs:
    """Neighbours of the same look as one, for PowerPoint begins a new run wherever somebody has corrected a word."""
    found: list[Run] = []
    for run in runs:
        before = found[-1] if found else None
        if before and (before.bold, before.italic, before.link) == (run.bold, run.italic, run.link):
            found[-1] = Run(before.text + run.text, run.bold, run.italic, run.link)
        elif run.text:
            found.append(run)
    return tuple(found)

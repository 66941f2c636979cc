"""Which press brings what on a slide, from its animations (ECMA-376, part 1, §19.5)."""

from msgspec import Struct

from live.decks.powerpoint.xml import Element, find_all, first, number_of

MOST_PARAGRAPHS = 1000


class Builds(Struct):
    """
    By the id of a shape: the press it comes with as a whole (`shapes`), or each of its paragraphs (`paragraphs`, by
    position). Presses count from 1. `others`: there are animations that bring nothing in.
    """

    shapes: dict[int, int]
    paragraphs: dict[int, dict[int, int]]
    others: bool = False


def builds_of(slide: Element) -> Builds:
    builds = Builds({}, {})
    press = 0
    for sequence in find_all(slide, "p:timing//p:cTn[@nodeType='mainSeq']/p:childTnLst/p:par"):
        effects = find_all(sequence, ".//p:cTn[@presetClass]")
        entries = [effect for effect in effects if effect.get("presetClass") == "entr"]
        builds.others = builds.others or any(one.get("presetClass") in ("exit", "emph", "path") for one in effects)
        if not any(effect.get("nodeType") == "clickEffect" for effect in effects):
            continue  # it comes by itself when the slide does
        if not entries:
            continue
        press += 1
        for effect in entries:
            for target in find_all(effect, ".//p:spTgt"):
                _note(builds, target, press)
    return builds


def _note(builds: Builds, target: Element, press: int) -> None:
    shape = number_of(target.get("spid"), -1)
    span = first(target, "p:txEl/p:pRg")
    if span is None:
        builds.shapes.setdefault(shape, press)
        return
    start, end = number_of(span.get("st")), number_of(span.get("end"))
    for at in range(max(0, start), min(end, start + MOST_PARAGRAPHS) + 1):
        builds.paragraphs.setdefault(shape, {}).setdefault(at, press)

"""Finds activities without `id=` again in a changed text, so that each keeps the id its answers are stored under."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable

from msgspec import Struct

from live.workshop.model import Activity, Slide, Workshop
from live.workshop.parser import free_id

Place = tuple[Slide, Activity]


class Pairing(Struct, frozen=True):
    """
    `names`: ids by the line of each activity of the new text that has no `id=`. Empty: those it is read with are right.

    `unsure`: id of an activity of the old text -> lines of those of the new one that could be it.
    """

    names: dict[int, str]
    unsure: dict[str, list[int]]


def pair(before: Workshop, after: Workshop, taken: Collection[str]) -> Pairing:
    """
    Pair the activities of two texts by kind, heading and wording. A new one gets no id that is in *taken*.

    First those are paired that are the same in all; then those that are the only ones left with the same kind and
    wording (moved, or the heading was changed), or the same kind under one heading (the wording was changed).
    """
    written = {one.id for _, one in _places(after)} - after.unnamed
    old = {one.id: (slide, one) for slide, one in _places(before) if one.id in before.unnamed - written}
    new = {one.line: (slide, one) for slide, one in _places(after) if one.id in after.unnamed}
    found: dict[int, str] = {}
    for key, several in ((_whole, True), (_wording, False), (_heading, False)):
        for (_, theirs), (_, ours) in _alike(old.values(), new.values(), key, several=several):
            found[ours.line] = theirs.id
            del old[theirs.id], new[ours.line]
    left = defaultdict(list)
    for slide, one in new.values():
        left[slide.title, one.kind].append(one.line)
    unsure = {one.id: left[slide.title, one.kind] for slide, one in old.values()}
    used, numbers = {*written, *taken, *found.values()}, Counter[str]()
    for slide, one in new.values():
        name = one.id
        while name in used:
            numbers[slide.title] += 1
            name = free_id(slide.title, used, numbers[slide.title])
        found[one.line] = name
        used.add(name)
    now = {one.line: one.id for _, one in _places(after) if one.id in after.unnamed}
    return Pairing({} if found == now else found, unsure)


def _places(workshop: Workshop) -> list[Place]:
    return [(slide, one) for slide in workshop.slides for one in slide.activities]


def _whole(slide: Slide, one: Activity) -> Hashable:
    return slide.title, one.kind, one.question, one.instruction, tuple(option.text for option in one.options)


def _wording(_slide: Slide, one: Activity) -> Hashable:
    words = (one.question, one.instruction, tuple(option.text for option in one.options))
    return (one.kind, *words) if any(words) else None


def _heading(slide: Slide, one: Activity) -> Hashable:
    return slide.title, one.kind, one.question


def _alike(
    old: Iterable[Place], new: Iterable[Place], key: Callable[[Slide, Activity], Hashable], *, several: bool
) -> list[tuple[Place, Place]]:
    """Pairs with the same *key* (None: never the same), in order where there may be *several* with one."""
    groups: dict[Hashable, tuple[list[Place], list[Place]]] = defaultdict(lambda: ([], []))
    for side, places in enumerate((old, new)):
        for place in places:
            if (of := key(*place)) is not None:
                groups[of][side].append(place)
    return [
        couple
        for theirs, ours in groups.values()
        if several or (len(theirs), len(ours)) == (1, 1)
        for couple in zip(theirs, ours, strict=False)
    ]

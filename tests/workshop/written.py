"""Random workshop texts as people write and save them, and helpers that compare texts, for the tests of the editor."""

import re

from hypothesis import strategies as st

from live.workshop.editor.outline import body_of
from tests.reading import read

WORDS = st.text(st.sampled_from("abæø 12.-*_:#<>[]()`\"'“”&!|\\+\u00a0\t–,/{}"), min_size=1, max_size=25).map(
    lambda text: " ".join(text.split())
)
SAFE = st.text(st.sampled_from("abæøå 12,?"), min_size=1, max_size=20).map(lambda text: " ".join(["x", *text.split()]))
NOTE = st.sampled_from(["<!-- husk -->", "<!-- to\n\nlinjer -->", ""])
ATTRS = {
    "pair": ["time=2:00", "form=sidemann", "valgfri", "rounds = 2"],
    "open": ["flere", "max=100", "vis=manuelt", "tags=“a b|c”", "question='Hva er {det}?'"],
    "choice": ["pick=1", "annet", "time=90s"],
    "think": ["time=1m", "optional=nei"],
}
NAMES = {"pair": ["pair", "par"], "open": ["open", "åpen", "fritekst"], "choice": ["valg"], "think": ["tenk"]}


@st.composite
def blocks(draw, number):
    kind = draw(st.sampled_from(sorted(ATTRS)))
    attrs = draw(st.lists(st.sampled_from(ATTRS[kind]), max_size=3, unique_by=lambda one: one[:2]))
    if kind in {"open", "choice"}:
        attrs.append(f"id=o{number}")
    space = draw(st.sampled_from([" ", "  "]))
    head = f":::{draw(st.sampled_from(NAMES[kind]))}" + ("{" + space.join(attrs) + "}" if attrs else "")
    lines = [head, draw(SAFE)]
    if draw(st.booleans()):
        lines += ["", draw(NOTE), draw(SAFE)]
    if kind == "choice":
        lines += [draw(st.sampled_from(["- ", "* ", " 1) "])) + draw(SAFE) for _ in range(draw(st.integers(1, 4)))]
    return "\n".join([*lines, draw(st.sampled_from([":::", ":::  "]))])


@st.composite
def workshops(draw):
    """Valid texts in all the ways that people write and save them."""
    front = [
        "---",
        "format: workshop/1",
        draw(st.sampled_from(["tittel: Prøve", 'title:  "Prøve"', "# bare en merknad"])),
    ]
    front += draw(st.sampled_from([[], ["eier: Kari", ""], ["ukjent: 1"]]))
    slides = []
    for at in range(draw(st.integers(1, 4))):
        blocks_of_slide = [
            draw(st.sampled_from(["# ", "## ", " ##  "])) + draw(SAFE) + draw(st.sampled_from(["", " ##", " **f**"]))
        ]
        blocks_of_slide += draw(
            st.lists(st.one_of(SAFE, NOTE, st.just("- punkt\n+ steg"), st.just("```\nkode\n```")), max_size=2)
        )
        blocks_of_slide += [draw(blocks(f"{at}-{n}")) for n in range(draw(st.integers(0, 3)))]
        slides.append(draw(st.sampled_from(["\n", "\n\n"])).join(one for one in blocks_of_slide if one))
    gap = draw(st.sampled_from(["\n\n---\n\n", "\n---\n", "\n---\n\n---\n"]))
    text = "\n".join([*front, "---", ""]) + draw(st.sampled_from(["", "\n"])) + gap.join(slides)
    text += draw(st.sampled_from(["", "\n", "\n\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def lines(text):
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def bare(seen):
    """An outline without line numbers."""
    return [
        (
            slide["title"],
            [(one["kind"], one["attributes"], one["instruction"], one["options"]) for one in slide["activities"]],
        )
        for slide in seen["slides"]
    ]


def outside(text, after, first, last):
    """Lines before *first* and after *last*, both counted from 1, are the same in both texts."""
    old, new = lines(text), lines(after)
    assert old[: first - 1] == new[: first - 1]
    rest = old[last:]
    assert rest == new[len(new) - len(rest) :]


def kept(text):
    """The non-empty lines that are not a slide's own text: front matter, headings, notes, activities."""
    own = {number for slide in read(text).slides for _, numbers in body_of(slide.raw) for number in numbers}
    return [line for at, line in enumerate(lines(text), 1) if at not in own and line.strip()]


def activity_of(data, seen):
    found = [(s, a) for s, slide in enumerate(seen["slides"]) for a in range(len(slide["activities"]))]
    return data.draw(st.sampled_from(found)) if found else None

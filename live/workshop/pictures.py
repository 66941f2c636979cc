"""Pictures of a workshop: how a text names them and says where they stand, and what is known of a stored one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal
from urllib.parse import unquote

from msgspec import Struct

from live.errors import ArchiveRefused, Problem
from live.i18n.catalogs import N_
from live.workshop.diagnostics import Diagnostics, quoted
from live.workshop.schema import PICTURE, canonical

MOST_PICTURES = 40
MOST_BYTES = 12 * 1024 * 1024  # of all pictures of a room, as they are stored
LONGEST_NAME = 120

Place = Literal["", "left", "right", "full"]

# Each part is bounded and never read twice, so that a line of brackets without an end is read in linear time.
_WRITTEN = re.compile(
    r"!\[(?P<alt>[^\]\[\n]{0,400}+)\]"
    r"\([ \t]*+(?:<(?P<quoted>[^<>\n]{1,300}+)>|(?P<name>[^()\[\s\"<>]{1,300}+))"
    r"(?:[ \t]++\"(?P<caption>[^\"\n]{0,400}+)\")?+[ \t]*+\)"
    r"(?P<attrs>\{[^}\n]{0,600}+\})?"
)
ATTRS = re.compile(r"\{[^}\n]{0,600}\}")
_PAIR = re.compile(r"([^\s={}\"]+)(?:\s*=\s*(?:\"([^\"]*)\"|([^\s}\"]+)))?")
_CURLY = str.maketrans("“”„‟", '""""')


class Picture(Struct, frozen=True):
    """
    A stored picture: two WebP files under its `hash`, one of `width` × `height` pixels for screens, one `small` pixels
    wide for phones. `bytes`: of both.
    """

    hash: str
    width: int
    height: int
    small: int
    bytes: int

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files, the large one first; one where the large one is small enough for phones."""
        return tuple(dict.fromkeys((f"{self.hash}-{self.width}", f"{self.hash}-{self.small}")))


Pictures = Mapping[str, Picture]
"""The pictures of a room, by the names that its workshop uses."""


class PictureRef(Struct, frozen=True, omit_defaults=True):
    """A picture that stands with a question or an option. `alt` is empty for one that only decorates."""

    name: str
    alt: str = ""


class Written(Struct, frozen=True):
    """A picture as the text has it: `place` beside the text or over the whole slide; empty: the page chooses."""

    name: str
    alt: str = ""
    place: Place = ""
    decorative: bool = False
    caption: str = ""
    source: str = ""

    @property
    def ref(self) -> PictureRef:
        return PictureRef(self.name, "" if self.decorative else self.alt)


def read_name(target: str) -> str:
    """The name of the file that a Markdown link leads to."""
    return unquote(target).strip().removeprefix("./")


def in_text(text: str) -> Iterator[tuple[Written, re.Match[str]]]:
    """Every picture in *text*, with where it is written."""
    for found in _WRITTEN.finditer(text):
        name = read_name(found["quoted"] or found["name"])
        yield with_attrs(name, found["alt"].strip(), found["caption"] or "", found["attrs"] or ""), found


def without(text: str) -> str:
    """*text* without its pictures."""
    return _WRITTEN.sub("", text) if "![" in text else text


def with_attrs(
    name: str, alt: str, caption: str, attrs: str, on_unknown: Callable[[str], None] = lambda word: None
) -> Written:
    """A picture with what stands in braces after it; *on_unknown* is told each word that means nothing there."""
    place: Place = ""
    decorative, source = False, ""
    for key, quoted_value, value in _PAIR.findall(attrs.strip("{} ").translate(_CURLY)):
        match canonical(key, "picture", PICTURE):
            case "left" | "right" | "full" as found:
                place = found
            case "decorative":
                decorative = True
            case "caption":
                caption = quoted_value or value
            case "source":
                source = quoted_value or value
            case _:
                on_unknown(key)
    return Written(name, alt, place, decorative, caption.strip(), source.strip())


def check(number: int, text: str, diagnostics: Diagnostics) -> None:
    """Warn of what is wrong with the pictures in line *number*, but for those that are missing (`missing`)."""
    for written, found in in_text(text):
        with_attrs(
            written.name, "", "", found["attrs"] or "",
            lambda word: diagnostics.warn(
                number, "{word} says nothing about a picture", word=word, among=PICTURE, family="picture"
            ),
        )  # fmt: skip
        if not written.alt and not written.decorative:
            diagnostics.warn(
                number,
                "A picture without words for those who do not see it: write them in `![…](…)`, or `{{decorative}}` "
                "after a picture that tells nothing",
            )


def uses(text: str) -> dict[str, int]:
    """The names of the pictures in the text of a workshop, each with the line where it is first named."""
    found: dict[str, int] = {}
    rules = 0
    for number, line in enumerate(text.splitlines(), 1):
        rules += line.startswith("---")
        if "![" in line:
            for written, _ in in_text(line):
                found.setdefault(written.name, number)
        elif rules < 2 and (name := _logo(line)):
            found.setdefault(name, number)
    return found


def _logo(line: str) -> str:
    """The picture in a line of the front matter that is the logo."""
    key, _, value = line.partition(":")
    return read_name(value.strip().strip('"')) if canonical(key.strip(), "meta", ("logo",)) else ""


def missing(text: str, names: Iterable[str], translate: Callable[[str], str] = str) -> list[Problem]:
    """A warning for each picture that *text* names and that is not among *names*."""
    known = set(names)
    sentence = translate(N_("{word} is not among the pictures. Put the file beside workshop.md, or add it in the form"))
    return [
        Problem(line, sentence.format(word=quoted(name)), warning=True)
        for name, line in uses(text).items()
        if name not in known
    ]


def check_limits(pictures: Pictures) -> None:
    """Raises ArchiveRefused when there are too many of them for a room, or too much."""
    every = {picture.hash: picture for picture in pictures.values()}
    if len(every) > MOST_PICTURES:
        sentence = N_("{n} pictures: at most {most} in a meeting. Leave some out")
        raise ArchiveRefused(sentence, n=len(every), most=MOST_PICTURES)
    if sum(picture.bytes for picture in every.values()) > MOST_BYTES:
        sentence = N_("The pictures take more than {n} MB together. Leave some out, or save them smaller")
        raise ArchiveRefused(sentence, n=MOST_BYTES // 2**20)


class Gallery(Struct, frozen=True):
    """The pictures of a room as a page shows them: `base` is where their files are, `small`: as phones get them."""

    base: str = ""
    pictures: tuple[tuple[str, Picture], ...] = ()
    small: bool = False

    def get(self, name: str) -> Picture | None:
        return next((picture for known, picture in self.pictures if known == name), None)

    def src(self, picture: Picture, *, small: bool | None = None) -> str:
        wide = picture.small if (self.small if small is None else small) else picture.width
        return f"{self.base}{picture.hash}-{wide}.webp"


NO_PICTURES = Gallery()

"""Makes decks for the tests with python-pptx, and reads what they say and what was made of them."""

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lxml import etree
from msgspec import json
from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.util import Inches

from live.activities import SCHEMAS
from live.decks.conversion import convert
from live.decks.remarks import Remarks
from live.i18n.catalogs import translator
from live.workshop import Slide
from live.workshop import parse as parse_workshop
from live.workshop.markdown import plain
from live.workshop.pictures import in_text
from tests.media.test_video import mp4

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMESPACES = f'xmlns:p="{P}" xmlns:a="{A[1:-1]}"'
WORDS = re.compile(r"\w+(?:[-/.]\w+)*")


class Converted:
    """A deck as a workshop: its `text`, the `workshop` read from it, its `files`, and the `remarks` by slide."""

    def __init__(self, deck: bytes, language: str = "en") -> None:
        out = io.BytesIO()
        remarks = Remarks(translator(language))
        self.report = convert(io.BytesIO(deck), out, remarks)
        with zipfile.ZipFile(out) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.text = self.files["workshop.md"].decode()
        self.workshop, self.problems = parse_workshop(self.text, SCHEMAS)
        assert self.report == json.decode(self.files["report.json"], type=type(self.report))

    @property
    def slides(self) -> tuple[Slide, ...]:
        return self.workshop.slides

    def told(self, slide: int) -> list[str]:
        return [remark.message for remark in self.report.remarks if remark.slide == slide]


def saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def one_slide(fill: Callable[[Any], None], layout: int = 5, title: str = "Title") -> bytes:
    """A deck of one slide, which *fill* writes on."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if slide.shapes.title is not None:
        slide.shapes.title.text = title
    fill(slide)
    return saved(deck)


def box(slide: Any, text: str, left: float = 1, top: float = 2, width: float = 3, height: float = 1) -> Any:
    """A text box; lengths in inches."""
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.text_frame.text = text
    return shape


def picture(colour: str = "navy", size: tuple[int, int] = (400, 300), format: str = "PNG") -> io.BytesIO:
    """A picture whose left half has another colour."""
    drawn = Image.new("RGB", size, colour)
    ImageDraw.Draw(drawn).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill="gold")
    out = io.BytesIO()
    drawn.save(out, format)
    out.seek(0)
    return out


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def runs(paragraph: Any, marked: str) -> None:
    """Write *marked*, in which `**` is around what is bold, and `*` around what is slanted."""
    for at, part in enumerate(re.split(r"\*\*", marked)):
        for slanted, words in enumerate(part.split("*")):
            if words:
                run = paragraph.add_run()
                run.text = words
                run.font.bold = True if at % 2 else None
                run.font.italic = True if slanted % 2 else None


def numbered(paragraph: Any, kind: str = "arabicPeriod", start: int = 1) -> None:
    properties = paragraph._p.get_or_add_pPr()
    begin = f' startAt="{start}"' if start != 1 else ""
    properties.append(etree.fromstring(f'<a:buAutoNum {NAMESPACES} type="{kind}"{begin}/>'))


def without_bullet(paragraph: Any) -> None:
    paragraph._p.get_or_add_pPr().insert(0, etree.fromstring(f"<a:buNone {NAMESPACES}/>"))


def add_builds(slide: Any, presses: Iterable[Iterable[tuple[Any, int | None]]]) -> None:
    """For each press the (shape, paragraph) that it brings; the paragraph is None where the whole shape comes."""
    clicks = ""
    for press in presses:
        effects = ""
        for at, (shape, paragraph) in enumerate(press):
            span = "" if paragraph is None else f'<p:txEl><p:pRg st="{paragraph}" end="{paragraph}"/></p:txEl>'
            effects += (
                f'<p:par><p:cTn presetID="1" presetClass="entr" nodeType="{"withEffect" if at else "clickEffect"}">'
                f'<p:childTnLst><p:set><p:cBhvr><p:cTn/><p:tgtEl><p:spTgt spid="{shape.shape_id}">{span}</p:spTgt>'
                "</p:tgtEl></p:cBhvr></p:set></p:childTnLst></p:cTn></p:par>"
            )
        clicks += (
            '<p:par><p:cTn fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst><p:par>'
            f"<p:cTn><p:childTnLst>{effects}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
        )
    slide._element.append(
        etree.fromstring(
            f"<p:timing {NAMESPACES}><p:tnLst><p:par><p:cTn nodeType='tmRoot'><p:childTnLst><p:seq>"
            f"<p:cTn nodeType='mainSeq'><p:childTnLst>{clicks}</p:childTnLst></p:cTn></p:seq></p:childTnLst></p:cTn>"
            "</p:par></p:tnLst></p:timing>"
        )
    )


def words_of_deck(deck: bytes) -> dict[int, Counter[str]]:
    """The words that each slide shows, by its number, read from the XML alone; hidden slides are left out."""
    found = {}
    for number, slide in enumerate(Presentation(io.BytesIO(deck)).slides, 1):
        if slide._element.get("show") == "0":
            continue
        texts = [
            "".join(text.text or "" if text.tag == f"{A}t" else " " for text in paragraph.iter(f"{A}t", f"{A}br"))
            for paragraph in slide._element.iter(f"{A}p")
        ]
        notes = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        found[number] = words(" ".join([*texts, notes]))
    return found


def words_of_slide(slide: Slide) -> Counter[str]:
    """All the words that a slide of a workshop has, its notes and what is said of its activities too."""
    activities = [text for one in slide.activities for text in (one.instruction, one.question)]
    body = [plain(re.sub(r"^\s*(?:[-+]|\d+\.|\||###) ?|\\$", "", line)) for line in slide.body.split("\n")]
    captions = [text for one, _ in in_text(slide.body) for text in (one.caption, one.source)]
    return words(" ".join([slide.title, *body, *captions, slide.notes, *activities]))


def words(text: str) -> Counter[str]:
    return Counter(WORDS.findall(text))


def child(deck: bytes, *arguments: str) -> tuple[bytes, Mapping[str, Any]]:
    """What the process that converts a deck writes: the file, and its status."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as out:
        file.write(deck)
        file.seek(0)
        done = subprocess.run(
            [sys.executable, "-m", "live.decks", *(arguments or ("en",))],
            stdin=file, stdout=out, stderr=subprocess.PIPE, timeout=120,
        )  # fmt: skip
        out.seek(0)
        return out.read(), json.decode(done.stderr.rstrip().rpartition(b"\n")[2])


def film() -> io.BytesIO:
    """So much of an MP4 as says what it is."""
    return io.BytesIO(mp4())


def bullet(paragraph: Any) -> None:
    paragraph._p.get_or_add_pPr().append(etree.fromstring(f'<a:buChar {NAMESPACES} char="•"/>'))

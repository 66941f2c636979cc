"""What the Word, PowerPoint and Excel exports share: file dates, chart labels, the error for missing libraries."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from live.errors import ExtraMissing
from live.exports.csv_export import printable, runs
from live.exports.snapshot import Snapshot

# The colours of the look, as office files write them (static/shared/tokens.css has them all).
INK, SOFT, LINE, PAPER, DEEP = "14191B", "444A4B", "CDC4B3", "F7F3EA", "ECE5D7"
FONT, STEADY_FONT = "Inter", "Arial"  # the second where the first is not installed
PANOSE = "020B0604020202020204"  # of a sans serif: so a program chooses one if it has no Inter
# In the order of a theme: text, ground, text and ground for emphasis, six series, link, followed link. "": the accent
_SCHEME = {
    "dk1": INK, "lt1": PAPER, "dk2": "063A34", "lt2": DEEP, "accent1": "", "accent2": "E69F00", "accent3": "56B4E9",
    "accent4": "009E73", "accent5": "CC79A7", "accent6": "0072B2", "hlink": "", "folHlink": SOFT,
}  # fmt: skip

_link = re.compile(r"(?i)[a-z]+://|mailto:|internal:|external:|\{=")
_moment = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def missing() -> str:
    """ "office" where the extra is not installed; a key of INSTALL."""
    return "" if all(find_spec(name) is not None for name in ("docx", "pptx")) else "office"


@contextmanager
def extra() -> Iterator[None]:
    """Turns an ImportError inside into ExtraMissing, which says what to install."""
    try:
        yield
    except ImportError:
        raise ExtraMissing("office") from None


def created(snapshot: Snapshot) -> datetime:
    return datetime.fromtimestamp(snapshot.room.opened_at // 1000, UTC).replace(tzinfo=None)


def as_office_reads(body: bytes) -> bytes:
    """A picture as PNG where something is seen through, else as JPEG: office programs know no WebP."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(body), formats=["WEBP"]) as image:
        image.save(out, "PNG" if image.mode == "RGBA" else "JPEG", quality=88)
    return out.getvalue()


def as_office_writes(colour: str) -> str:
    """`#0b4f47` as `0B4F47`."""
    return colour[1:].upper()


def label(text: str) -> str:
    """A name in the table behind a chart, changed so that a spreadsheet does not read it as a formula or a link."""
    text = " ".join(printable(text).split())
    return f"\u00a0{text}" if runs(text) or _link.match(text) else text


def theme(written: bytes, colour: str, *, ground: str = PAPER) -> bytes:
    """
    The theme of an office file with our colours and fonts, and *colour*, `#rrggbb`, as its accent, so that what people
    add later looks the same.
    """
    scheme = _SCHEME | {"lt1": ground} | dict.fromkeys(("accent1", "hlink"), as_office_writes(colour))
    colours = "".join(f'<a:{name}><a:srgbClr val="{one}"/></a:{name}>' for name, one in scheme.items())
    text = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>",
        f'<a:clrScheme name="Innspill">{colours}</a:clrScheme>',
        written.decode(),
        flags=re.DOTALL,
    )
    text = re.sub(r'<a:latin typeface="[^"+]+"[^>]*/>', f'<a:latin typeface="{FONT}" panose="{PANOSE}"/>', text)
    text = re.sub(r'(<a:theme [^>]*name=)"[^"]*"', r'\1"Innspill"', text, count=1)
    return re.sub(r'<a:fontScheme name="[^"]*"', '<a:fontScheme name="Innspill"', text, count=1).encode()


def steady(body: bytes, at: datetime) -> bytes:
    """
    *body* with every time in it set to *at*, also in the tables behind charts: the same content gives the same file.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(body)) as written, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in written.namelist():
            part = written.read(name)
            if name.endswith(".xlsx"):
                part = steady(part, at)
            elif name == "docProps/core.xml":
                part = _moment.sub(rb"\g<1>" + at.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), part)
            again.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, ZIP_DEFLATED)
    return out.getvalue()

"""Counts the pages of a finished file: of a PDF, the slides of a presentation, the sheets of a spreadsheet."""

import io
import re
import zipfile
import zlib

_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b.*?stream\r?\n(.*?)\s*endstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PARTS = {"pptx": re.compile(r"ppt/slides/slide\d+\.xml"), "xlsx": re.compile(r"xl/worksheets/sheet\d+\.xml")}


def count_pages(body: bytes, format: str) -> int:
    """How many pages *body* has; 0 for formats without any, and for a Word document, which gets its pages in Word."""
    if format == "pdf":
        # Where the objects are packed together, pages stand in those packets alone.
        packed = [zlib.decompressobj().decompress(found[1]) for found in _OBJECTS.finditer(body)]
        return sum(len(_PAGE.findall(part)) for part in (packed or [body]))
    if format in _PARTS:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return sum(bool(_PARTS[format].fullmatch(name)) for name in parts.namelist())
    return 0

"""What is told of a conversion: to the process that asked for it, and in `report.json`. Needs no library to import."""

from msgspec import Struct

from live.decks.remarks import Remark
from live.i18n.catalogs import N_

TEXT, REPORT = "workshop.md", "report.json"
TOO_HEAVY = N_("The deck takes more memory or time than there is for it. Compress its pictures, or part it in two.")


class Report(Struct, frozen=True):
    """`slides` and `files`: how many there are. `remarks`: what could not be taken over, slide by slide."""

    slides: int
    files: int
    remarks: list[Remark]


class Status(Struct):
    """What became of it: a `report`, or `why` not, or `missing` libraries, or `odp`: LibreOffice is needed first."""

    report: Report | None = None
    why: str = ""
    missing: bool = False
    odp: bool = False
    remarks: list[Remark] = []


class NeedsLibreOffice(Exception):
    """The deck is an .odp. What is safe of it has been written in place of the zip."""

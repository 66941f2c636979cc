"""Writes the spreadsheet: four sheets in the workshop's language. Texts are never read as formulas or links."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from live.activities.kind import Figure
from live.exports import labels
from live.exports.csv_export import printable, runs
from live.exports.office_common import label
from live.exports.small_groups import FEW
from live.exports.snapshot import COLUMNS, Row, Snapshot, Summary, figures, local
from live.i18n.catalogs import translator

MOST_CHARACTERS = 32_767  # in a cell; xlsxwriter would silently leave a cell with more empty

_WIDTHS = {
    "answer_id": 12, "room": 12, "workshop": 24, "activity_id": 14, "question": 36, "sent_at_local": 17,
    "sent_at_utc": 18, "phone": 9, "heads": 10, "via": 12, "text": 60, "shown_text": 40, "theme": 14, "withheld": 12,
    "withheld_reason": 24, "rev": 9,
}  # fmt: skip

Value = str | int | float | bool | None


CHART_COLUMN = 7  # to the right of the rows, with one empty column between
CHART_EDGE, BAR_HEIGHT, ROW_HEIGHT = 90, 34, 20  # pixels
MOST_TITLE = 200


class Drawn(NamedTuple):
    """A bar chart of so many `rows` from row `first` on, with the values in `column`."""

    title: str
    first: int
    rows: int
    column: int
    low: int = 0
    high: int | None = None


class Book:
    """Writes rows from the top down, as xlsxwriter's option constant_memory requires."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        # Without a date of its own every export of the same room would differ.
        created = datetime.fromtimestamp(snapshot.room.opened_at // 1000, UTC).replace(tzinfo=None)
        self.book.set_properties({"title": printable(snapshot.room.workshop.title)[:255], "created": created})
        self.head = self.book.add_format({"bold": True, "bg_color": "#E8ECEF", "valign": "top", "text_wrap": True})
        self.plain = self.book.add_format({"valign": "top", "text_wrap": True})
        # With quote_prefix a text that begins like a formula stays a text, even if somebody edits the cell.
        self.quoted = self.book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.flat = self.book.add_format({"valign": "top"})
        self.flat_quoted = self.book.add_format({"valign": "top", "quote_prefix": True})
        self.share = self.book.add_format({"valign": "top", "num_format": "0 %"})
        self.mean = self.book.add_format({"valign": "top", "num_format": "0.0"})
        self.yes_no = {True: "", False: ""}

    def sheet(
        self,
        name: str,
        headings: Sequence[str],
        widths: Sequence[int],
        rows: Iterable[Sequence[Value]],
        numbers: Mapping[int, Format] | None = None,
        wrap: bool = True,
    ) -> Worksheet:
        """Add a sheet of *rows* below *headings*. Without *wrap* every row is one line high."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        last = -1
        for last, row in enumerate([headings, *rows]):
            for column, value in enumerate(row):
                self._cell(sheet, last, column, value, self.head if last == 0 else None, numbers, wrap)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        return sheet

    def chart(self, sheet: Worksheet, below: int, drawn: "Drawn", *, colour: str = "#1F6F5C") -> int:
        """Add a bar chart beside its rows, at row *below*. Returns the row below the chart."""
        kind, last = self.book.add_chart({"type": "bar"}), drawn.first + drawn.rows - 1
        kind.add_series({
            "name": label(drawn.title), "fill": {"color": colour}, "gap": 40,
            "categories": [sheet.get_name(), drawn.first, 1, last, 1],
            "values": [sheet.get_name(), drawn.first, drawn.column, last, drawn.column],
            "data_labels": {"value": True},
        })  # fmt: skip
        kind.set_title({"name": label(drawn.title)[:MOST_TITLE], "name_font": {"size": 12}, "overlay": False})
        kind.set_legend({"none": True})
        kind.set_y_axis({"reverse": True, "line": {"none": True}})
        kind.set_x_axis({"min": drawn.low, "max": drawn.high, "visible": False, "major_gridlines": {"visible": False}})
        high = CHART_EDGE + BAR_HEIGHT * drawn.rows
        kind.set_size({"width": 640, "height": high})
        sheet.insert_chart(below, CHART_COLUMN, kind, {"description": label(drawn.title)[:MOST_TITLE]})
        return below + high // ROW_HEIGHT + 2

    def _cell(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Value,
        style: Format | None,
        numbers: Mapping[int, Format] | None,
        wrap: bool,
    ) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            value = self.yes_no[value]
        if isinstance(value, str):
            text = printable(value)
            if len(text) > MOST_CHARACTERS:
                text = text[: MOST_CHARACTERS - 1] + "…"
            plain, quoted = (self.plain, self.quoted) if wrap else (self.flat, self.flat_quoted)
            sheet.write_string(row, column, text, style or (quoted if runs(text) else plain))
        else:
            sheet.write_number(row, column, value, (numbers or {}).get(column, self.plain))


def write(snapshot: Snapshot) -> bytes:
    _ = translator(snapshot.language)
    book = Book(snapshot)
    book.yes_no = {True: _("yes"), False: _("no")}
    answers, summary, activities, dictionary = (_(name) for name in labels.SHEETS)
    headings = [_(labels.COLUMNS[column][0]) for column in COLUMNS]
    book.sheet(answers, headings, [_WIDTHS[column] for column in COLUMNS], (_row(row, _) for row in snapshot.rows))
    rows, charts = _summary(snapshot, _)
    sheet = book.sheet(
        summary,
        [_("Question"), _("What"), _("Number"), _("Share"), _("Mean"), _("Typed as")],
        [44, 60, 10, 10, 10, 60],
        rows,
        numbers={3: book.share, 4: book.mean},
        wrap=False,
    )
    below = 1
    for drawn in charts:
        below = book.chart(sheet, below, drawn)
    book.sheet(
        activities,
        [
            _("Activity id"), _("Slide"), _("Kind"), _("Question"), _("Instruction"), _("Optional"), _("Options"),
            _("Answers"), _("Phones"), _("Held back"),
        ],
        [14, 8, 16, 40, 60, 10, 40, 10, 10, 12],
        (
            [
                one.id, one.slide, labels.kind(one.kind, _), one.question, one.instruction,
                one.optional, "\n".join(one.options), one.answers, one.phones, one.withheld,
            ]
            for one in snapshot.activities
        ),
    )  # fmt: skip
    book.sheet(
        dictionary,
        [_("Column"), _("Name in CSV and JSON"), _("Explanation")],
        [26, 22, 90],
        ([_(labels.COLUMNS[column][0]), column, _(labels.COLUMNS[column][1])] for column in COLUMNS),
    )
    book.book.close()
    return book.file.getvalue()


def _row(row: Row, _: Callable[[str], str]) -> list[Value]:
    translated = {"via": _(labels.VIA.get(row.via, row.via)), "withheld_reason": labels.reason(row.withheld_reason, _)}
    return [translated.get(column, getattr(row, column)) for column in COLUMNS]


def _summary(snapshot: Snapshot, _: Callable[[str], str]) -> tuple[list[list[Value]], list[Drawn]]:
    """The rows of the summary, and the charts of some of them."""
    rows, charts = list(_about(snapshot, _)), []
    for one in snapshot.activities:
        if not one.takes_answers:
            continue
        counted = figures(snapshot, one)
        first = len(rows) + 2  # below the heading, and below the row that counts the answers
        rows += _figures(one, counted, _)
        if counted and counted[0].rated:
            low, high = counted[0].low, counted[0].low + len(counted[0].spread) - 1
            name = f"{one.question} ({_('Mean').casefold()})"
            charts.append(Drawn(name, first, len(counted), 4, min(0, low), high))
        elif counted and all(figure.count is not None for figure in counted):
            charts.append(Drawn(one.question, first, len(counted), 2))
    return rows, charts


def _about(snapshot: Snapshot, _: Callable[[str], str]) -> Iterable[list[Value]]:
    room = snapshot.room
    meta = room.workshop.meta
    yield ["", room.workshop.title]
    if meta.get("organisation"):
        yield ["", meta["organisation"]]
    yield [_("Meeting code"), f"{room.code[:4]} {room.code[4:]}"]
    yield [_("Opened"), local(room.opened_at)]
    yield [_("Phones that answered"), "", snapshot.phones]
    if snapshot.took_part > snapshot.phones:
        yield [_("People who took part"), "", snapshot.took_part]
    if room.people.hall:
        yield [_("People in the hall"), "", room.people.hall]
    yield [_("Answers"), "", len(snapshot.rows)]
    yield [_("Held back"), "", sum(row.withheld for row in snapshot.rows)]
    if snapshot.rehearsal_left_out:
        yield [_("Rehearsal answers left out"), "", snapshot.rehearsal_left_out]


def _figures(one: Summary, counted: list[Figure], _: Callable[[str], str]) -> Iterable[list[Value]]:
    unit = _("people") if one.counted == "people" else _("phones")
    yield [one.question, _("Answers"), one.answers]
    for figure in counted:
        count = _("fewer than {n}").format(n=FEW) if figure.count is None else figure.count
        last = [None, figure.mean] if figure.rated else [figure.share]
        yield [one.question, f"{figure.text} ({unit})", count, *last]
    for word in one.results.get("words", ()):
        yield [one.question, f"{word['text']} ({unit})", word["count"], None, None, labels.typed(word["forms"])]

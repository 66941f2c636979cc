"""
Writes the spreadsheet: four sheets in the workshop's language, to be read, sorted and printed. Texts are never read as
formulas or links.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from live.activities import KINDS
from live.activities.kind import Figure
from live.exports import labels
from live.exports.csv_export import printable, runs
from live.exports.office_common import DEEP, INK, label
from live.exports.one_page.layout import wide
from live.exports.snapshot import Row, Snapshot, Summary, figures, local, notes
from live.i18n.catalogs import translator
from live.room.few import FEW

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # in a cell; xlsxwriter would silently leave a cell with more empty

# In the order of the sheet, which begins with what people read. Ids and what is the same in every row stand last, and
# are not printed.
_WIDTHS = {
    "theme": 20, "text": 58, "question": 40, "sent_at_local": 18, "phone": 9, "heads": 13, "via": 12,
    "votes": 10, "answered": 10, "reply": 40,
    "withheld": 10, "withheld_reason": 22, "rev": 9, "name": 20, "shown_text": 40, "sent_at_utc": 21,
    "workshop": 24, "room": 12, "activity_id": 14, "answer_id": 38,
}  # fmt: skip
ORDER = list(_WIDTHS)
ASKED = ("votes", "answered", "reply")  # only where there are questions to a panel

Value = str | int | float | bool | None


CHART_COLUMN = 7  # to the right of the rows, with one empty column between
CHART_EDGE, BAR_HEIGHT = 90, 34  # pixels
MOST_TITLE = 200

# Heights are written down, because some programs do not fit a row to its text, and charts are placed below them.
LINE, PADDING, HIGHEST = 15, 3, 409  # points; a spreadsheet has no higher row
LETTER = 1.6  # the size of a letter in units of a column's width, some wider than Calibri's, as it may be replaced
MOST_FOOTER = 100


@lru_cache(maxsize=16_384)
def _wide(word: str) -> float:
    return wide(word, LETTER)


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """How many lines *text* takes in a column of so many letters. Each word is measured once: most come again."""
    lines, space = 0, _wide(" ")
    for line in text.split("\n"):
        lines, at = lines + 1, 0.0
        for word in line.split():
            long = _wide(word)
            if at and at + space + long > width - 1:
                lines, at = lines + 1, 0.0
            at += long + (space if at else 0)
            while at > width - 1:  # a word wider than the column
                lines, at = lines + 1, at - (width - 1)
        if lines * LINE > HIGHEST:
            break
    return lines


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
        import xlsxwriter  # here, because most starts of a server write no sheet

        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        # Without a date of its own every export of the same room would differ.
        created = datetime.fromtimestamp(snapshot.room.opened_at // 1000, UTC).replace(tzinfo=None)
        title = printable(snapshot.room.workshop.title)
        self.book.set_properties({"title": title[:255], "created": created})
        self.title = " ".join(title.split())[:MOST_FOOTER].replace("&", "&&")  # in a footer & begins a command
        self.colour = snapshot.colour
        self.head = self.book.add_format({
            "bold": True, "bg_color": f"#{DEEP}", "font_color": f"#{INK}", "valign": "vcenter", "text_wrap": True,
            "bottom": 2, "bottom_color": f"#{INK}",
        })  # fmt: skip
        self.plain = self.book.add_format({"valign": "top", "text_wrap": True})
        # With quote_prefix a text that begins like a formula stays a text, even if somebody edits the cell.
        self.quoted = self.book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        figure = {"valign": "top", "align": "right", "indent": 1}  # so that it does not touch the next column
        self.figure = self.book.add_format(figure)
        self.share = self.book.add_format({**figure, "num_format": "0 %"})
        self.mean = self.book.add_format({**figure, "num_format": "0.0"})
        self.yes_no = {True: "", False: ""}

    def sheet(
        self,
        name: str,
        headings: Sequence[str],
        widths: Sequence[int],
        rows: Iterable[Sequence[Value]],
        numbers: "Mapping[int, Format] | None" = None,
        measured: int | None = None,
    ) -> "Worksheet":
        """Add a sheet of *rows* below *headings*, as high as their first *measured* columns need."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.title}&C{name}&R&P / &N")
        sheet.hide_gridlines(0)  # printed too
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        last = -1
        for last, row in enumerate([headings, *rows]):
            cells = [self._value(value) for value in row]
            sheet.set_row(last, self._height(cells[: measured if last else None], widths, bold=last == 0))
            for column, value in enumerate(cells):
                self._cell(sheet, last, column, value, self.head if last == 0 else None, numbers)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        return sheet

    def chart(self, sheet: "Worksheet", below: int, drawn: "Drawn") -> int:
        """Add a bar chart beside its rows, or at row *below* if that is further down. Returns the row below it."""
        kind, last = self.book.add_chart({"type": "bar"}), drawn.first + drawn.rows - 1
        kind.add_series({
            "name": label(drawn.title), "fill": {"color": self.colour}, "gap": 40,
            "categories": [sheet.get_name(), drawn.first, 1, last, 1],
            "values": [sheet.get_name(), drawn.first, drawn.column, last, drawn.column],
            "data_labels": {"value": True},
        })  # fmt: skip
        kind.set_title({"name": label(drawn.title)[:MOST_TITLE], "name_font": {"size": 12}, "overlay": False})
        kind.set_legend({"none": True})
        kind.set_y_axis({"reverse": True, "line": {"none": True}})
        kind.set_x_axis({"min": drawn.low, "max": drawn.high, "visible": False, "major_gridlines": {"visible": False}})
        high = CHART_EDGE + BAR_HEIGHT * drawn.rows
        kind.set_size({"width": 560, "height": high})
        top = max(below, drawn.first - 1)
        sheet.insert_chart(top, CHART_COLUMN, kind, {"description": label(drawn.title)[:MOST_TITLE]})
        return top + high * 3 // 4 // (LINE + PADDING) + 2  # no row is lower

    def _value(self, value: Value) -> str | int | float | None:
        if isinstance(value, bool):
            return self.yes_no[value]
        if isinstance(value, str):
            text = printable(value)
            return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
        return value

    @staticmethod
    def _height(cells: Sequence[str | int | float | None], widths: Sequence[int], *, bold: bool) -> int:
        # A bold letter is wider; and the arrow of the filter stands in the corner of a heading.
        lines = (
            _lines(value, width - 3 * bold)
            for value, width in zip(cells, widths, strict=False)
            if isinstance(value, str) and (len(value) * LETTER > width or "\n" in value)
        )
        return min(HIGHEST, LINE * max(lines, default=1) + PADDING)

    def _cell(
        self,
        sheet: "Worksheet",
        row: int,
        column: int,
        value: str | int | float | None,
        style: "Format | None",
        numbers: "Mapping[int, Format] | None",
    ) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            sheet.write_string(row, column, value, style or (self.quoted if runs(value) else self.plain))
        else:
            sheet.write_number(row, column, value, (numbers or {}).get(column, self.figure))


def write(snapshot: Snapshot) -> bytes:
    _ = translator(snapshot.language)
    book = Book(snapshot)
    book.yes_no = {True: _("yes"), False: _("no")}
    answers, summary, activities, dictionary = (_(name) for name in labels.SHEETS)
    asked = any(row.votes is not None for row in snapshot.rows)
    order = [column for column in ORDER if asked or column not in ASKED]
    headings = [_(labels.COLUMNS[column][0]) for column in order]
    written = (_row(row, order, _) for row in snapshot.rows)
    # What stands after the answer is the same in every row, or has one line.
    sheet = book.sheet(
        answers, headings, [_WIDTHS[column] for column in order], written, measured=order.index("shown_text") + 1
    )
    sheet.print_area(0, 0, len(snapshot.rows), order.index("rev") - 1)  # more would not be read on paper
    rows, charts = _summary(snapshot, _)
    sheet = book.sheet(
        summary,
        [_("Question"), _("What"), _("Number"), _("Share"), _("Mean"), _("Typed as")],
        [44, 36, 10, 10, 10, 34],
        rows,
        numbers={3: book.share, 4: book.mean},
    )
    sheet.hide_gridlines(1)  # on paper they would run through the space around the charts
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
        ([_(labels.COLUMNS[column][0]), column, _(labels.COLUMNS[column][1])] for column in ORDER),
    )
    book.book.close()
    return book.file.getvalue()


def _row(row: Row, order: list[str], _: Callable[[str], str]) -> list[Value]:
    translated = {"via": _(labels.VIA.get(row.via, row.via)), "withheld_reason": labels.reason(row.withheld_reason, _)}
    return [translated.get(column, getattr(row, column)) for column in order]


def _summary(snapshot: Snapshot, _: Callable[[str], str]) -> tuple[list[list[Value]], list[Drawn]]:
    """The rows of the summary, and the charts of some of them."""
    rows, charts = list(_about(snapshot, _)), []
    for one in snapshot.activities:
        if not one.takes_answers:
            continue
        counted = figures(snapshot, one)
        first = len(rows) + 2  # below the heading, and below the row that counts the answers
        rows += _figures(snapshot, one, counted, _)
        if counted and counted[0].rated:
            low, high = counted[0].low, counted[0].low + len(counted[0].spread) - 1
            name = f"{one.question} ({_('Mean').casefold()})"
            charts.append(Drawn(name, first, len(counted), 4, min(0, low), high))
        elif counted and KINDS[one.kind].charted and all(figure.count is not None for figure in counted):
            charts.append(Drawn(one.question, first, len(counted), 2))
        rows += [[one.question, note] for note in notes(snapshot, one)]
        rows += _compared(one, _)
    return rows, charts


def _compared(one: Summary, _: Callable[[str], str]) -> Iterable[list[Value]]:
    """Both rounds and who moved, each move on a row of its own."""
    found = one.results.get("compare") or {"notes": [], "groups": []}
    yield from ([one.question, note] for note in found["notes"])
    for group in found["groups"]:
        about, rows = f"{group['text']}: " if group["text"] else "", group["rows"]
        for row in rows:
            yield [one.question, f"{about}{row['text'] or row['letter']} ({_('Before').casefold()})", row["before"]]
            yield [one.question, f"{about}{row['text'] or row['letter']} ({_('After').casefold()})", row["after"]]
        for was, moved in zip(rows, group["flow"] or [], strict=False):
            for now, n in zip(rows, moved, strict=True):
                count = _("fewer than {n}").format(n=FEW) if n is None else n
                yield [one.question, f"{about}{was['text'] or was['letter']} → {now['text'] or now['letter']}", count]


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


def _figures(snapshot: Snapshot, one: Summary, counted: list[Figure], _: Callable[[str], str]) -> Iterable[list[Value]]:
    kind = KINDS.get(one.kind)
    unit = _("people") if one.counted == "people" else _("phones")
    if kind and (own_unit := kind.counted_in(snapshot.written[one.id])):
        unit = _(own_unit).casefold()
    yield [one.question, _("Answers"), one.answers]
    for figure in counted:
        count = _("fewer than {n}").format(n=FEW) if figure.count is None else figure.count
        last: list[Value] = [None, figure.mean] if figure.rated else [figure.told or figure.share]
        seen = "" if figure.seen is None else "; " + _("seen by {n}").format(n=figure.seen)
        yield [one.question, f"{figure.text} ({unit}{seen})", count, *last]
    for word in one.results.get("words", ()):
        yield [one.question, f"{word['text']} ({unit})", word["count"], None, None, labels.typed(word["forms"])]

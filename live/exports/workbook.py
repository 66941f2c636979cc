"""The spreadsheet: four sheets in the workshop's language, every text a text and never a formula or a link."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from live.exports import wording
from live.exports.rows import COLUMNS, Row, Told, local
from live.exports.table import printable, runs

MOST_CHARACTERS = 32_767  # a cell holds no more; beyond that xlsxwriter would leave it empty without a word

_WIDTHS = {
    "answer_id": 12, "room": 12, "workshop": 24, "activity_id": 14, "question": 36, "sent_at_local": 17,
    "sent_at_utc": 18, "phone": 9, "heads": 10, "via": 12, "text": 60, "shown_text": 40, "theme": 14, "withheld": 12,
    "withheld_reason": 24, "rev": 9,
}  # fmt: skip

Value = str | int | float | bool | None


class Book:
    """Writes rows from the top down, as xlsxwriter's constant_memory asks for."""

    def __init__(self, told: Told) -> None:
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        # Without a date of its own every export of the same room would differ.
        created = datetime.fromtimestamp(told.room.opened_at // 1000, UTC).replace(tzinfo=None)
        self.book.set_properties({"title": printable(told.room.workshop.title)[:255], "created": created})
        self.head = self.book.add_format({"bold": True, "bg_color": "#E8ECEF", "valign": "top", "text_wrap": True})
        self.plain = self.book.add_format({"valign": "top", "text_wrap": True})
        # A text that begins like a formula stays a text also after somebody has opened the cell and pressed Enter.
        self.quoted = self.book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
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
    ) -> None:
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
                self._cell(sheet, last, column, value, self.head if last == 0 else None, numbers)
        sheet.autofilter(0, 0, last, len(headings) - 1)

    def _cell(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Value,
        style: Format | None,
        numbers: Mapping[int, Format] | None,
    ) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            value = self.yes_no[value]
        if isinstance(value, str):
            text = printable(value)
            if len(text) > MOST_CHARACTERS:
                text = text[: MOST_CHARACTERS - 1] + "…"
            sheet.write_string(row, column, text, style or (self.quoted if runs(text) else self.plain))
        else:
            sheet.write_number(row, column, value, (numbers or {}).get(column, self.plain))


def write(told: Told) -> bytes:
    _ = wording.say(told.language)
    book = Book(told)
    book.yes_no = {True: _("yes"), False: _("no")}
    answers, summary, activities, dictionary = (_(name) for name in wording.SHEETS)
    headings = [_(wording.COLUMNS[column][0]) for column in COLUMNS]
    book.sheet(answers, headings, [_WIDTHS[column] for column in COLUMNS], (_row(row, _) for row in told.rows))
    book.sheet(
        summary,
        [_("Question"), _("What"), _("Number"), _("Share"), _("Mean")],
        [44, 60, 10, 10, 10],
        _summary(told, _),
        numbers={3: book.share, 4: book.mean},
    )
    book.sheet(
        activities,
        [
            _("Activity id"), _("Slide"), _("Kind"), _("Question"), _("Instruction"), _("Optional"), _("Options"),
            _("Answers"), _("Phones"), _("Held back"),
        ],
        [14, 8, 16, 40, 60, 10, 40, 10, 10, 12],
        (
            [
                one.id, one.slide, _(wording.KINDS.get(one.kind, one.kind)), one.question, one.instruction,
                one.optional, "\n".join(one.options), one.answers, one.phones, one.withheld,
            ]
            for one in told.activities
        ),
    )  # fmt: skip
    book.sheet(
        dictionary,
        [_("Column"), _("Name in CSV and JSON"), _("Explanation")],
        [26, 22, 90],
        ([_(wording.COLUMNS[column][0]), column, _(wording.COLUMNS[column][1])] for column in COLUMNS),
    )
    book.book.close()
    return book.file.getvalue()


def _row(row: Row, _: Callable[[str], str]) -> list[Value]:
    said = {"via": _(wording.VIA.get(row.via, row.via)), "withheld_reason": wording.reason(row.withheld_reason, _)}
    return [said.get(column, getattr(row, column)) for column in COLUMNS]


def _summary(told: Told, _: Callable[[str], str]) -> Iterable[list[Value]]:
    room = told.room
    meta = room.workshop.meta
    yield ["", room.workshop.title]
    if meta.get("organisation"):
        yield ["", meta["organisation"]]
    yield [_("Meeting code"), f"{room.code[:4]} {room.code[4:]}"]
    yield [_("Opened"), local(room.opened_at)]
    yield [_("Phones that answered"), "", told.phones]
    if room.people:
        yield [_("People in the hall"), "", room.people]
    yield [_("Answers"), "", len(told.rows)]
    yield [_("Held back"), "", sum(row.withheld for row in told.rows)]
    if told.rehearsal_left_out:
        yield [_("Rehearsal answers left out"), "", told.rehearsal_left_out]
    for one in told.activities:
        if not one.takes_answers:
            continue
        unit = _("people") if one.counted == "people" else _("phones")
        yield [one.question, _("Answers"), one.answers]
        for option in one.results.get("options", ()):
            yield [one.question, f"{option['text']} ({unit})", option["count"], option["share"]]
        for item in one.results.get("items", ()):
            yield [one.question, f"{item['text']} ({unit})", item["n"], None, item["mean"]]
        for word in one.results.get("words", ()):
            yield [one.question, f"{word['text']} ({unit})", word["count"]]

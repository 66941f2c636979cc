"""Tables, charts and SmartArt of a .pptx as tables and lists."""

from typing import Any

from live.decks.model import Paragraph, Run, Runs, Table
from live.decks.powerpoint.text import Reader, joined
from live.decks.powerpoint.xml import Element, find_all, first, is_on, name, number_of
from live.decks.remarks import Remarks
from live.i18n import languages
from live.i18n.catalogs import N_

MOST_ROWS = 400
MOST_COLUMNS = 30
PARTED = " · "  # between the paragraphs of a cell, which has one line in a workshop
DEEPEST = 8


def table(graphic: Element, reader: Reader, slide: int, remarks: Remarks) -> Table | None:
    """The `a:tbl` in *graphic*; None when no cell has words."""
    rows: list[tuple[Runs, ...]] = []
    merged = False
    for row in find_all(graphic, ".//a:tbl/a:tr"):
        cells: list[Runs] = []
        for cell in find_all(row, "a:tc"):
            merged = merged or bool(cell.get("gridSpan") or cell.get("rowSpan"))
            covered = is_on(cell.get("hMerge")) or is_on(cell.get("vMerge"))
            body = None if covered else first(cell, "a:txBody")
            cells.append(_cell(body, reader) if body is not None else ())
        rows.append(tuple(cells))
    if merged:
        remarks.warn(slide, N_("The table has merged cells: their text stands in the first of them."))
    return _within(rows, slide, remarks) if any(cell for row in rows for cell in row) else None


def _cell(body: Element, reader: Reader) -> Runs:
    found: list[Run] = []
    for paragraph in reader.paragraphs(body):
        if found:
            found.append(Run(PARTED))
        found += [Run(run.text.replace("\n", " "), run.bold, run.italic, run.link) for run in paragraph.runs]
    return joined(found)


def _within(rows: list[tuple[Runs, ...]], slide: int, remarks: Remarks, caption: str = "") -> Table:
    across = max(map(len, rows))
    if len(rows) > MOST_ROWS or across > MOST_COLUMNS:
        remarks.warn(
            slide, N_("The table is larger than {rows} rows and {columns} columns: the rest is left out."),
            rows=MOST_ROWS, columns=MOST_COLUMNS,
        )  # fmt: skip
    return Table(tuple(row[:MOST_COLUMNS] for row in rows[:MOST_ROWS]), caption)


def chart(shape: Any, language: str, slide: int, remarks: Remarks) -> Table | None:
    """The data of a chart: a row for each category, a column for each series. None when it has none."""
    drawn = shape.chart
    caption = drawn.chart_title.text_frame.text if drawn.has_title and drawn.chart_title.has_text_frame else ""
    plots = list(drawn.plots)
    series = [one for plot in plots for one in plot.series]
    if not series:
        return None
    labels = [str(label) for label in plots[0].categories]
    columns = [[_figure(value, language) for value in one.values] for one in series]
    if not labels:  # a chart of points has x-values, and no categories
        labels = [
            _figure(number, language)
            for number in _numbers(series[0]._element, "c:xVal") or range(1, len(columns[0]) + 1)
        ]
    longest = max([len(labels), *map(len, columns)])
    rows = [_plain_row(["", *(one.name or "" for one in series)])]
    for at in range(longest):
        cells = [labels[at] if at < len(labels) else "", *(one[at] if at < len(one) else "" for one in columns)]
        rows.append(_plain_row(cells))
    remarks.warn(slide, N_("The chart is a table here."))
    return _within(rows, slide, remarks, " ".join(caption.split()))


def _numbers(series: Element, path: str) -> list[float]:
    found = []
    for value in find_all(series, f"{path}//c:pt/c:v"):
        try:
            found.append(float(value.text or ""))
        except ValueError:
            return []
    return found


def _figure(value: float | None, language: str) -> str:
    if value is None:
        return ""
    return f"{value:.10g}".replace(".", languages.of(language).decimal)


def _plain_row(cells: list[str]) -> tuple[Runs, ...]:
    return tuple((Run(" ".join(cell.split())),) if cell.strip() else () for cell in cells)


def smart_art(graphic: Element, part: Any, reader: Reader) -> tuple[Paragraph, ...]:
    """The texts of a SmartArt figure as a nested list, as its own text pane shows them."""
    relation = first(graphic, ".//dgm:relIds")
    data_part = part.related_part(relation.get(name("r:dm"))) if relation is not None else None
    model = _parsed(data_part)
    if model is None:
        return ()
    points = {point.get("modelId"): point for point in find_all(model, "dgm:ptLst/dgm:pt")}
    below: dict[str | None, list[tuple[int, str]]] = {}
    for link in find_all(model, "dgm:cxnLst/dgm:cxn"):
        if link.get("type", "parOf") == "parOf":
            order = number_of(link.get("srcOrd"))
            below.setdefault(link.get("srcId"), []).append((order, link.get("destId") or ""))
    found: list[Paragraph] = []
    seen: set[str] = set()

    waiting = [(id or "", 0) for id, point in points.items() if point.get("type") == "doc"]
    while waiting:
        id, level = waiting.pop()
        body = first(points[id], "dgm:t") if id not in seen else None
        texts = reader.paragraphs(body) if body is not None else ()
        found += [Paragraph(text.runs, level, "-") for text in texts]
        below_it = [] if id in seen else sorted(below.get(id, []), reverse=True)
        seen.add(id)
        waiting += [(child, min(level + bool(texts), DEEPEST)) for _, child in below_it if child in points]
    for id, point in points.items():  # of a damaged figure: what hangs on nothing
        body = first(point, "dgm:t")
        if id not in seen and body is not None and point.get("type", "node") in ("node", "asst"):
            found += [Paragraph(text.runs, 0, "-") for text in reader.paragraphs(body)]
    return tuple(found)


def _parsed(part: Any) -> Element | None:
    """The XML of a part that python-pptx keeps as bytes."""
    from pptx.oxml import parse_xml  # refuses entities

    if part is None:
        return None
    element = getattr(part, "_element", None)
    parsed: Element = parse_xml(part.blob) if element is None else element
    return parsed

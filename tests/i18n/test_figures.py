"""Figures are written alike in Python and JavaScript, which read the same table."""

import json
from pathlib import Path

from live.i18n.figures import decimal, percent

TABLE = json.loads((Path(__file__).parents[1] / "figures.json").read_text("utf-8"))


def test_halves_go_up_and_one_figure_is_written_in_one_way():
    assert [text for _, text in TABLE["percent"]] == [
        percent(share, "nb").replace("\u00a0", " ") for share, _ in TABLE["percent"]
    ]
    assert [text for _, text in TABLE["decimal"]] == [decimal(number, "nb") for number, _ in TABLE["decimal"]]


def test_figures_are_written_as_in_the_language():
    assert ("63%", "2.3") == (percent(0.625, "en"), decimal(2.25, "en"))

"""
How figures are written: the same on every face and in every file, as presenter/shared/figures.js writes them too.

Halves go up, and the figure is rounded from the share or mean that a view has, never from one that was written before.
"""

from live.i18n import languages


def percent(share: float, language: str) -> str:
    """*share* (0..1, with four decimals as in views) in whole percent: 0.625 is "63 %"."""
    whole = (round(share * 10_000) + 50) // 100
    return languages.of(language).percent.format(whole)


def decimal(number: float | None, language: str) -> str:
    """*number* (0 or more, with two decimals as in views) with one decimal: 2.25 is "2,3"; a dash for None."""
    if number is None:
        return "–"
    tenths = (round(number * 100) + 5) // 10
    return f"{tenths // 10}{languages.of(language).decimal}{tenths % 10}"

"""
How figures are written: the same on every face and in every file, as presenter/shared/figures.js writes them too.

Halves go up, and the figure is rounded from the share or mean that a view has, never from one that was written before.
"""

from live.i18n import languages


def percent(share: float, language: str) -> str:
    """*share* (0..1, with four decimals as in views) in whole percent: 0.625 is "63 %"."""
    whole = (round(share * 10_000) + 50) // 100
    return languages.of(language).percent.format(whole)


def plain(number: float, language: str) -> str:
    """*number*, which may be negative, with at most two decimals: 12.50 is "12,5" and 12.0 is "12"."""
    hundredths = (abs(round(number * 1000)) + 5) // 10
    written = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    sign = "\N{MINUS SIGN}" if number < 0 and hundredths else ""
    return sign + written.replace(".", languages.of(language).decimal)


def grouped(number: int, language: str) -> str:
    """*number* (0 or more) with its thousands apart: 1200000 is "1 200 000", with spaces that do not break a line."""
    return f"{number:,}".replace(",", languages.of(language).thousands)


def decimal(number: float | None, language: str) -> str:
    """*number* (0 or more, with two decimals as in views) with one decimal: 2.25 is "2,3"; a dash for None."""
    if number is None:
        return "–"
    tenths = (round(number * 100) + 5) // 10
    return f"{tenths // 10}{languages.of(language).decimal}{tenths % 10}"

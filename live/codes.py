"""Room codes: eight digits, shown as `2505 4015`, easy to read aloud and to type."""

import re
from collections.abc import Callable

LENGTH = 8

_code = re.compile(r"(?<!\d)([1-9][0-9]{3})[\s\u00a0-]{0,3}([0-9]{4})(?!\d)")


def make(choose: Callable[[int], int]) -> str:
    """
    A new code. *choose(n)* gives a number below n, from a source that nobody can predict.

    No leading 0, and no digit three times in a row, so that nobody loses count.
    """
    while True:
        code = str(10 ** (LENGTH - 1) + choose(9 * 10 ** (LENGTH - 1)))
        if not re.search(r"(\d)\1\1", code):
            return code


def find(text: str) -> str | None:
    """The code in a text that somebody typed or pasted: `25054015`, `2505 4015`, `2505-4015` or a link with it."""
    match = _code.search(text[:2000])
    return match[1] + match[2] if match else None


def spaced(code: str) -> str:
    return f"{code[:4]} {code[4:]}"

"""What the process that encodes pictures answers, and the sizes that it makes."""

from msgspec import Struct

SCREEN = 1920  # pixels wide and high at most
PHONE = 720
PHONE_BYTES = 60_000


class Reply(Struct):
    """Both files with the size of the larger one; or why there are none: a sentence with `{file}`, `{n}` in it."""

    large: bytes = b""
    small: bytes = b""
    width: int = 0
    height: int = 0
    small_width: int = 0
    fault: str = ""
    n: int = 0

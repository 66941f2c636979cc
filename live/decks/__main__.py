"""
Converts one deck in a process of its own, with bounds on memory and time: `python -m live.decks LANGUAGE`.

The deck comes as standard input, and the zip goes to standard output; both are files. The last line of standard error
is a `Status`.
"""

import contextlib
import sys

from msgspec import json

from live.decks.remarks import Remark, Remarks
from live.decks.status import TOO_HEAVY, NeedsLibreOffice, Status
from live.errors import DeckRefused
from live.i18n.catalogs import translator

MOST_MEMORY = 400 * 1024 * 1024
MOST_SECONDS = 100  # of the processor; 300 pages of a PDF take 28


def main(language: str, earlier: list[Remark]) -> Status:
    remarks = Remarks(translator(language))
    remarks.add(earlier)
    try:
        from live.decks.conversion import convert

        return Status(convert(sys.stdin.buffer, sys.stdout.buffer, remarks))
    except DeckRefused as refused:
        return Status(why=refused.args[0])
    except NeedsLibreOffice:
        return Status(odp=True, remarks=remarks.found)
    except (MemoryError, RecursionError):
        return Status(why=remarks.say(TOO_HEAVY))
    except ImportError:
        return Status(missing=True)


def bound() -> None:
    """Let the system end this process before it takes too much. Not on Windows, which has no such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    bound()
    status = main(sys.argv[1], json.decode(sys.argv[2], type=list[Remark]) if len(sys.argv) > 2 else [])
    sys.stderr.write("\n" + json.encode(status).decode() + "\n")

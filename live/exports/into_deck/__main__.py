"""
`python -m live.exports.into_deck LANGUAGE` puts results into a deck, in a process that is bounded in memory and time.

The deck comes as standard input. Standard output is a file that holds the `Results` at first; the deck with them takes
their place. The last line of standard error is a `Status`.
"""

import os
import sys

from msgspec import json, msgpack

from live.decks.__main__ import bound
from live.decks.remarks import Remarks
from live.decks.status import TOO_HEAVY
from live.errors import DeckRefused
from live.exports.into_deck.results import Results, Status
from live.i18n.catalogs import translator


def main(language: str) -> Status:
    remarks = Remarks(translator(language))
    try:
        from live.exports.into_deck.insertion import insert

        with os.fdopen(os.dup(sys.stdout.fileno()), "r+b") as out:
            out.seek(0)
            results = msgpack.decode(out.read(), type=Results)
            out.seek(0)
            out.truncate()
            return Status(insert(sys.stdin.buffer, out, results, remarks))
    except DeckRefused as refused:
        return Status(why=refused.args[0])
    except (MemoryError, RecursionError):
        return Status(why=remarks.say(TOO_HEAVY))
    except ImportError:
        return Status(missing=True)


if __name__ == "__main__":
    bound()
    status = main(sys.argv[1])
    sys.stderr.write("\n" + json.encode(status).decode() + "\n")

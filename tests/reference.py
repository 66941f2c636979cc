"""
The tables of docs/reference: what the code can tell is written from the code, the sentences by hand in the pages.

`<!-- NAME -->` stands over the table that `TABLES[NAME]` tells. Each of its rows begins with the cells told here; what
stands in the columns after those is kept, beside the same first cell, when `make reference` writes the page anew. A row
that is new comes with empty cells, and a test asks for the words.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import msgspec
from starlette.routing import Route, WebSocketRoute

from live.activities import KINDS as RUN
from live.activities import SCHEMAS
from live.cli import main
from live.errors import (
    Conflict,
    EditedSince,
    ExtraMissing,
    ImportRefused,
    KeyMissing,
    KeyTooWeak,
    KeyWrong,
    LiveError,
    Refused,
    RoomNotFound,
    StorageFailed,
    TooLarge,
    WorkshopInvalid,
)
from live.rights import FACILITATOR, LOOK, MODERATE, REVIEW, SCREEN, needed
from live.rights import RUN as RUNS
from live.rules.commands import ACTIONS
from live.server.app import routes
from live.settings import PREFIX, SECRETS, Settings
from live.web import feed, phone_messages
from live.web.assets import Assets
from live.web.problems import SENTENCES, describe
from live.workshop.schema import ANSWERED, META, NORWEGIAN, Attr
from tests.web.access.test_rights import CREATOR, EVERYBODY, FREE, LEAST, MACHINE

HOUSE = Path(__file__).parents[1]
FOLDER = HOUSE / "docs" / "reference"
Row = tuple[str, ...]


def code(*words: str) -> str:
    return " ".join(f"`{word}`" for word in words)


# -- the command line ----------------------------------------------------------------------------------------------


def _commands(group: click.Group = main, before: str = "innspill") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before} {name}")


def commands() -> list[Row]:
    """How each is called, and what it says of itself."""
    rows = []
    for name, command in _commands():
        context = click.Context(command)
        arguments = [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]
        rows.append((code(" ".join([name, *arguments])), " ".join((command.help or "").split())))
    return rows


def options() -> list[Row]:
    """Each with all commands that take it in the same sense."""
    taken: dict[tuple[str, str], list[str]] = {}
    for name, command in _commands():
        context = click.Context(command)
        for option in command.params:
            if isinstance(option, click.Option):
                written, says = option.get_help_record(context) or ("", "")
                taken.setdefault((code(written), says), []).append(name.removeprefix("innspill "))
    return [(option, code(*names), says) for (option, says), names in taken.items()]


def settings() -> list[Row]:
    """What the environment may name: variable, option of the same meaning, what counts without it."""
    known = {name for _, command in _commands() for one in command.params for name in one.opts}
    rows = []
    for field in msgspec.structs.fields(Settings):
        if field.name == "lan":
            continue
        variable, option = PREFIX + field.name.upper(), f"--{field.name.replace('_', '-')}"
        default = str(field.default)
        rows.append((code(variable), code(option) if option in known else "", code(default) if default else ""))
        if field.name in SECRETS:
            rows.append((code(f"{variable}_FILE"), "", ""))
    return rows


# -- over the network ----------------------------------------------------------------------------------------------

RIGHTS = {
    EVERYBODY: "everybody", CREATOR: "create key", MACHINE: "this machine", FACILITATOR: "`facilitator`", RUNS: "`run`",
    MODERATE: "`moderate`", LOOK: "`look`", SCREEN: "`screen`", REVIEW: "`review`",
}  # fmt: skip


def _addresses() -> Iterator[tuple[str, str, str]]:
    """-> (method, path as it is written, the least right)."""
    for route in routes(Assets()):
        path = re.sub(r":\w+}", "}", getattr(route, "path", ""))
        if isinstance(route, WebSocketRoute):
            yield "WS", path, EVERYBODY
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                least = EVERYBODY if route.path in FREE else LEAST.get(f"{method} {route.path}", RUNS)
                yield method, path, EVERYBODY if "{mark}" in path else least


def addresses(which: Callable[[str, str], bool]) -> list[Row]:
    return sorted(
        ((code(f"{method} {path}"), RIGHTS[least]) for method, path, least in _addresses() if which(path, least)),
        key=lambda row: row[0].strip("`").partition(" ")[::-1],
    )


def is_for_machines(path: str, least: str) -> bool:
    return least == MACHINE or path in ("/healthz", "/readyz", "/metrics", "/styleguide") or "{mark}" in path


def is_api(path: str, least: str) -> bool:
    return path.startswith("/api/") and not is_for_machines(path, least)


def is_page(path: str, least: str) -> bool:
    return not path.startswith("/api/") and not is_for_machines(path, least)


def actions() -> list[Row]:
    return [(code(name), RIGHTS[needed(name)]) for name in ACTIONS]


def refusals() -> list[Row]:
    """Every code with its HTTP status and the sentence people read."""
    special: list[LiveError] = [
        Conflict(0), EditedSince("", ""), RoomNotFound(), KeyMissing(), KeyWrong(), KeyTooWeak(), TooLarge(0),
        WorkshopInvalid([]), ExtraMissing(""), ExtraMissing("pango"), ExtraMissing("font"), ImportRefused(""),
        StorageFailed(),
    ]  # fmt: skip
    status = {name: number for number, name, _ in map(describe, special)} | {"no-page": 404, "fault": 500}
    return sorted(
        (code(name), str(status.get(name) or describe(Refused(name))[0]), sentence)
        for name, sentence in SENTENCES.items()
    )


def taken() -> list[Row]:
    """Every message that a face may send, with its fields."""
    rows = []
    for struct in phone_messages.Message.__args__:
        fields = []
        for field in msgspec.structs.fields(struct):
            fields.append(code(field.encode_name) if field.required else f"{code(field.encode_name)}?")
        rows.append((code(struct.__struct_config__.tag), ", ".join(fields)))
    return rows


def sent() -> list[Row]:
    """Every type that stands in a message we make."""
    types = set()
    for file in ("live/web/feed.py", "live/web/phone_messages.py", "live/runtime/frames.py"):
        for node in ast.walk(ast.parse((HOUSE / file).read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                types |= {
                    value.value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value == "type" and isinstance(value, ast.Constant)
                }
    return [(code(name),) for name in sorted(types)]


def closings() -> list[Row]:
    numbers = {value for name, value in vars(feed).items() if name.startswith("CLOSE_") and isinstance(value, int)}
    return [(code(str(number)),) for number in sorted(numbers)]


# -- the workshop file ---------------------------------------------------------------------------------------------


def _spoken(family: str, word: str) -> list[str]:
    return [name for name, english in NORWEGIAN[family].items() if english == word]


def _norwegian(family: str, word: str) -> str:
    words = SCHEMAS[word].norwegian if family == "kind" else _spoken(family, word)
    return code(*words)


def meta() -> list[Row]:
    return [(code(key), _norwegian("meta", key)) for key in META]


def _own(kind: str) -> str:
    return code(*(key for key in SCHEMAS[kind].attrs if key not in ANSWERED))


def kinds() -> list[Row]:
    """Those that run: words for it, its attributes beside those of every kind, what lines with `-` are."""
    items = {"text": "part of the text", "may": "options, or none", "self": "options, or none", "must": "options"}
    return [
        (code(f":::{name}"), _norwegian("kind", name), _own(name), items[kind.options])
        for name, kind in SCHEMAS.items()
        if name in RUN
    ]


def kinds_to_come() -> list[Row]:
    to_come = [name for name, kind in SCHEMAS.items() if not kind.runs]
    return [(code(f":::{name}"), _norwegian("kind", name), _own(name)) for name in to_come]


def _value(attr: Attr) -> str:
    match attr.type:
        case "flag":
            return "`on` or `off`; alone `on`"
        case "whole":
            return f"{attr.low}–{attr.high}" + (f"; alone {attr.bare}" if attr.bare is not None else "")
        case "duration":
            return "`2:00` `90s` `3m` `1h`"
        case "word":
            return ", ".join(" ".join([code(word), _norwegian("value", word)]).strip() for word in attr.words)
        case "file":
            return "the name of a file"
        case "labels":
            return "texts parted by `|`"
        case "id":
            return "the `id` of an earlier activity"
        case _:
            return "text"


def attributes() -> list[Row]:
    """One row for each meaning: an attribute with other values on another kind is a row of its own."""
    meanings: dict[tuple[str, str, str], list[str]] = {}
    for kind in RUN:
        for key, attr in SCHEMAS[kind].attrs.items():
            default = "" if attr.default is None else str(attr.default)
            if isinstance(attr.default, bool):
                default = "on" if attr.default else "off"
            meanings.setdefault((key, _value(attr), default), []).append(kind)
    answered = {kind for kind in RUN if SCHEMAS[kind].answers and "reveal" in SCHEMAS[kind].attrs}
    keys = [key for key, _, _ in meanings]
    rows = []
    for (key, value, default), on in meanings.items():
        where = "every kind" if set(on) == set(RUN) else "all that take answers" if set(on) == answered else code(*on)
        name = code(key) if keys.count(key) == 1 else f"{code(key)} of {code(*on)}"
        rows.append((name, _norwegian("attribute", key), value, code(default) if default else "", where))
    return sorted(rows, key=lambda row: (row[4] != "every kind", row[4] != "all that take answers"))


TABLES: dict[str, Callable[[], list[Row]]] = {
    "commands": commands,
    "options": options,
    "settings": settings,
    "pages": lambda: addresses(is_page),
    "api": lambda: addresses(is_api),
    "machines": lambda: addresses(is_for_machines),
    "actions": actions,
    "refusals": refusals,
    "taken": taken,
    "sent": sent,
    "closings": closings,
    "meta": meta,
    "kinds": kinds,
    "kinds to come": kinds_to_come,
    "attributes": attributes,
}

_TABLE = re.compile(r"(<!-- ([a-z ]+) -->\n\n?)((?:\|.*\n)+)")
_CELL = re.compile(r"(?<!\\)\|")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELL.split(line.strip())[1:-1]]


def tables(page: str) -> list[tuple[str, list[str]]]:
    """The tables that stand in *page*: name, lines."""
    return [(name, lines.splitlines()) for _, name, lines in _TABLE.findall(page)]


def by_hand(page: str) -> dict[tuple[str, str, str], str]:
    """What somebody wrote: (table, first cell, heading of the column) -> the words."""
    found: dict[tuple[str, str, str], str] = {}
    for name, lines in tables(page):
        heads, _, *rows = map(cells, lines)
        generated = len((TABLES[name]() or [("",)])[0])
        for row in rows:
            found |= {
                (name, row[0], head): cell
                for head, cell in zip(heads[generated:], row[generated:], strict=False)
                if cell
            }
    return found


def renew(page: str) -> str:
    """*page* with its tables as the code has them now."""
    words = by_hand(page)

    def table(match: re.Match[str]) -> str:
        mark, name, lines = match.groups()
        head, rule, *_ = lines.splitlines()
        heads = cells(head)
        rows = []
        for row in TABLES[name]():
            first, *rest = (cell.replace("|", "\\|") for cell in row)
            rows.append([first, *rest, *(words.get((name, first, head), "") for head in heads[len(row) :])])
        return mark + "\n".join([head, rule, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"

    return _TABLE.sub(table, page)


def pages() -> list[Path]:
    return sorted(FOLDER.glob("*.md"))


if __name__ == "__main__":
    for path in pages():
        path.write_text(renew(path.read_text("utf-8")), "utf-8")

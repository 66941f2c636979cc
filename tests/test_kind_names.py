"""
Only the files of a kind know it by name: nowhere else in the sources is a kind's name compared, looked for or a key.

A kind that needed such a place would have to be remembered there when the next one is added.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from live.activities import KINDS

HOUSE = Path(__file__).parents[1]
COMPARISONS = ("==", "===", "!=", "!==")
PARSER = Parser(Language(tree_sitter_javascript.language()))


def sources(*trees: str, ending: str) -> list[Path]:
    """The files of *trees* but for those of the kinds."""
    files = (file for tree in trees for file in sorted((HOUSE / tree).rglob(f"*{ending}")))
    return [file for file in files if "activities" not in file.relative_to(HOUSE).parts]


def named(place: Path) -> str:
    return str(place.relative_to(HOUSE))


# -- Python ---------------------------------------------------------------------------------------------------------


def in_python(source: str) -> Iterator[int]:
    """Lines with a comparison, a `case` or keys that are names of kinds."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(_strings(side) & KINDS.keys() for side in sides):
                yield node.lineno
        elif isinstance(node, ast.MatchValue) and _strings(node.value) & KINDS.keys():
            yield node.value.lineno
        elif isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys & KINDS.keys()) > 1:
                yield node.lineno


def _strings(node: ast.expr) -> set[object]:
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return {one.value for one in node.elts if isinstance(one, ast.Constant)}
    return set()


# -- JavaScript -----------------------------------------------------------------------------------------------------


def in_javascript(source: str) -> Iterator[int]:
    """The same for a script; a list or set that may be asked for what it `includes` counts as a comparison."""
    nodes = [PARSER.parse(source.encode()).root_node]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        if node.type == "switch_case" or _text(node.child_by_field_name("operator")) in COMPARISONS:
            of_language = any(_text(side).startswith("typeof ") for side in node.children)
            found = [] if of_language else [_quoted(side) for side in node.children if side.type == "string"]
        elif node.type == "array" and _is_asked(node):
            found = [_quoted(one) for one in node.named_children if one.type == "string"]
        elif node.type == "object":
            keys = [
                _text(pair.child_by_field_name("key")).strip("'\"")
                for pair in node.named_children
                if pair.type == "pair"
            ]
            found = keys if len(set(keys) & KINDS.keys()) > 1 else []
        else:
            continue
        if set(found) & KINDS.keys():
            yield node.start_point[0] + 1


def _is_asked(array: Node) -> bool:
    """Whether it stands in `[…].includes`, `[…].indexOf` or `new Set([…])`."""
    around = array.parent
    if around is not None and around.type == "member_expression":
        return _text(around.child_by_field_name("property")) in ("includes", "indexOf")
    called = around.parent if around is not None and around.type == "arguments" else None
    return called is not None and _text(called.child_by_field_name("constructor")) == "Set"


def _text(node: Node | None) -> str:
    return node.text.decode() if node and node.text else ""


def _quoted(node: Node) -> str:
    return _text(node)[1:-1]


# -- templates ------------------------------------------------------------------------------------------------------

_NAMES = "|".join(map(re.escape, KINDS))
_IN_TEMPLATE = re.compile(
    rf"""\{{%[^%]*(?:==|!=|\bin)\s*[\[(]?[^%]*?["'](?:{_NAMES})["']  # a comparison
    | ["'](?:{_NAMES})["']\s*(?:==|!=)
    | activities/(?:{_NAMES})\.html
    | ["'](?:{_NAMES})["']\s*:\s*_\([^)]*\)[^}}]*["'](?:{_NAMES})["']\s*: # keys of a mapping
    """,
    re.VERBOSE,
)


def in_template(source: str) -> Iterator[int]:
    for found in _IN_TEMPLATE.finditer(source):
        yield source.count("\n", 0, found.start()) + 1


# -------------------------------------------------------------------------------------------------------------------

READERS = [
    (in_python, sources("live", ending=".py")),
    (in_javascript, sources("presenter", "static", ending=".js")),
    (in_template, sources("templates", ending=".html")),
]


@pytest.mark.parametrize(("read", "files"), READERS, ids=["python", "javascript", "templates"])
def test_only_its_own_files_know_a_kind_by_name(read, files):
    assert len(files) > 10
    places = [f"{named(file)}:{line}" for file in files for line in read(file.read_text("utf-8"))]
    assert [] == places


@pytest.mark.parametrize(("read", "source"), [
    (in_python, 'kind == "dots"'),
    (in_python, 'kind in ("open", "scale")'),
    (in_python, '"choice" != kind'),
    (in_python, 'match kind:\n    case "pair":\n        pass'),
    (in_python, 'WORDS = {"open": 1, "choice": 2}'),
    (in_javascript, "kind === 'dots'"),
    (in_javascript, "['open', 'words'].includes(kind)"),
    (in_javascript, "switch (kind) { case 'pair': go() }"),
    (in_javascript, "new Set(['choice', 'dots'])"),
    (in_javascript, "const words = { open: 1, choice: 2 }"),
    (in_template, '{% if view.kind == "dots" %}'),
    (in_template, '{% if view.kind in ("open", "words") %}'),
    (in_template, '{% include "activities/choice.html" %}'),
    (in_template, '"kinds": {"open": _("Free text"), "words": _("Words")}'),
])  # fmt: skip
def test_what_would_know_a_kind_is_found(read, source):
    assert [1] == list(read(source))[:1] or [2] == list(read(source))[:1]

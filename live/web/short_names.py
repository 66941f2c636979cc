"""
Shorter names for what a script declares for itself.

A name is changed only where it is plain that all its uses are of what the script declares: no declaration of the name
stands within the scope of another, every use is within one of these scopes, and the name is at the same time no key of
an object, no export and no import. All other names stay.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tree_sitter import Node

_SHORTHAND = ("shorthand_property_identifier", "shorthand_property_identifier_pattern")
_FUNCTIONS = (
    "arrow_function", "function_expression", "function_declaration", "generator_function",
    "generator_function_declaration", "method_definition",
)  # fmt: skip
_BLOCKS = (
    "program", "statement_block", "for_statement", "for_in_statement", "switch_body", "class_static_block",
    "catch_clause", *_FUNCTIONS,
)  # fmt: skip
_PATTERNS = ("array_pattern", "object_pattern", "pair_pattern", "rest_pattern", "assignment_pattern")
_NAMED = ("function_declaration", "generator_function_declaration", "class_declaration")
_RESERVED = {b"as", b"at", b"do", b"if", b"in", b"is", b"of"}
Range = tuple[int, int]


def short_names(root: Node) -> dict[bytes, bytes]:
    """The new name of each name that may be changed, the shortest for those that take most room."""
    scopes: dict[bytes, list[Range]] = defaultdict(list)
    uses: dict[bytes, list[int]] = defaultdict(list)
    fixed: set[bytes] = set()
    for node in _all(root):
        if node.type == "identifier":
            name = node.text or b""
            uses[name].append(node.start_byte)
            if scope := _scope(node):
                scopes[name].append((scope.start_byte, scope.end_byte))
        elif node.type in _SHORTHAND:
            fixed.add(node.text or b"")
        elif node.type in ("import_statement", "export_statement", "variable_declaration"):  # the last is `var`
            fixed |= {one.text or b"" for one in _names_at_the_top(node)}
    chosen = [name for name in scopes if name not in fixed and _plain(scopes[name], uses[name])]
    taken = uses.keys() | fixed | _RESERVED
    short = (name for n in range(10_000) if (name := letters(n).encode()) not in taken)
    by_room = sorted(chosen, key=lambda name: (-len(uses[name]) * len(name), uses[name]))
    return {old: new for old, new in zip(by_room, short, strict=False) if len(new) < len(old)}


def letters(n: int) -> str:
    """a … z, aa, ab …"""
    return (letters(n // 26 - 1) if n >= 26 else "") + chr(97 + n % 26)


def _all(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.named_children)


def _names_at_the_top(statement: Node) -> Iterator[Node]:
    """The names that an import, an export or a `var` declares or lists; not those inside of functions and classes."""
    for child in statement.children:
        if child.type == "identifier":
            yield child
        elif child.type not in ("class_body", "statement_block", *_FUNCTIONS[:3]):
            yield from _names_at_the_top(child)
        elif name := child.child_by_field_name("name"):
            yield name


def _scope(name: Node) -> Node | None:
    """The part of the program that *name* is declared for; None where it is no declaration."""
    node, around = name, name.parent
    while around and around.type in _PATTERNS:
        if around.type == "pair_pattern" and around.child_by_field_name("value") != node:
            return None
        if around.type == "assignment_pattern" and around.child_by_field_name("left") != node:
            return None
        node, around = around, around.parent
    if around is None:
        return None
    match around.type:
        case "formal_parameters":
            return around.parent
        case "arrow_function" if around.child_by_field_name("parameter") == node:
            return around
        case "catch_clause" if around.child_by_field_name("parameter") == node:
            return around
        case "for_in_statement" if around.child_by_field_name("left") == node and around.child_by_field_name("kind"):
            return around
        case "variable_declarator" if around.child_by_field_name("name") == node:
            return _block(around)
        case kind if kind in _NAMED and around.child_by_field_name("name") == node:
            return _block(around)
    return None


def _block(node: Node) -> Node | None:
    around = node.parent
    while around and around.type not in _BLOCKS:
        around = around.parent
    return around


def _plain(scopes: list[Range], uses: list[int]) -> bool:
    scopes = sorted(set(scopes))
    apart = all(before[1] <= after[0] for before, after in pairwise(scopes))
    return apart and all(any(start <= use < end for start, end in scopes) for use in uses)

"""Removes comments and white space from scripts and styles before they are sent, and shortens private names."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from live.web.short_names import letters, short_names

PARSER = Parser(Language(tree_sitter_javascript.language()))
_WORD = re.compile(rb"[\w$#@\\\x80-\xff]")
# Signs that would become another one, or a comment, without the space between them.
_TOUCHY = {b"++", b"--", b"//", b"/*", b"<!"}
# What a cast may be of and need no parentheses, and what may follow it. In the others they are not for the cast alone.
_CLOSE = {"identifier", "this", "member_expression", "subscript_expression", "call_expression"}
_FIRM = {"if_statement", "while_statement", "do_statement", "switch_statement", "with_statement", "new_expression"}
# After these, and before those, a line break ends no statement.
_GOES_ON = (b"{", b"(", b"[", b",", b";", b"=>", b"?", b":", b"&&", b"||", b"??", b"=")
_GOES_BACK = (b"}", b")", b"]", b",", b";", b".", b"?.", b"?", b":", b"&&", b"||", b"??", b"=")


# A string, or what may go: a comment, and white space, of which signs need none.
_STYLE = re.compile(rb"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/|\s*([{};,])\s*|(\s+)""", re.DOTALL)


def style(source: bytes) -> bytes:
    """The same rules without comments: one space where there was white space, and none beside braces and commas."""

    def kept(found: re.Match[bytes]) -> bytes:
        string, sign, space = found.groups()
        return string or sign or (b" " if space else b"")

    return _STYLE.sub(kept, source).strip() + b"\n"


@cache  # every app of a process sends the same files, and it takes 0.15 s
def script(source: bytes) -> bytes:
    """
    The same tokens with as little as possible between them, and shorter names for what the script declares for itself
    (live/web/short_names.py). A script that can't be parsed is returned as it is.

    Parentheses that are there only for the type in front of them, as in `/** @type {Name} */ (name)`, are left out.

    Line breaks stay where they may end a statement that has no semicolon. The grammar says what a token is, so nothing
    inside strings, templates and regular expressions changes.
    """
    tree = PARSER.parse(source)
    if tree.root_node.has_error:
        return source
    short = (f"#{letters(n)}".encode() for n in count())
    names: dict[bytes, bytes] = {}
    own = short_names(tree.root_node)
    minified, at, before = bytearray(), 0, b""
    for token, in_template in tokens(tree.root_node):
        text = source[token.start_byte : token.end_byte]
        if token.type == "private_property_identifier":
            text = names[text] if text in names else names.setdefault(text, next(short))
        elif token.type == "identifier":
            text = own.get(text, text)
        if before and at < token.start_byte:
            blank = source[at : token.start_byte]
            minified += blank if in_template else _between(before, blank, text)
        minified += text
        at, before = token.end_byte, text
    return bytes(minified + b"\n")


def _between(before: bytes, blank: bytes, after: bytes) -> bytes:
    """What must stay of *blank*, the white space and comments between two tokens."""
    if b"\n" in blank:
        return b"" if before in _GOES_ON or after in _GOES_BACK else b"\n"
    ends = before[-1:], after[:1]
    if (
        all(_WORD.match(end) for end in ends)
        or b"".join(ends) in _TOUCHY
        or (before[-1:].isdigit() and after[:1] == b".")
    ):
        return b" "
    return b""


def tokens(node: Node, *, in_template: bool = False) -> Iterator[tuple[Node, bool]]:
    """
    All tokens below *node*, strings and regular expressions as one each, without comments and without the empty tokens
    of semicolons that are not in the text, and without the parentheses of casts. Each with whether white space before
    it belongs to a template.
    """
    if node.type == "template_string":
        for place, child in enumerate(node.children):
            yield from tokens(child, in_template=place > 0)
    elif node.children and node.type not in ("string", "regex"):
        bare = _is_cast(node)
        for place, child in enumerate(node.children):
            if not bare or child.is_named:
                yield from tokens(child, in_template=in_template and not place)
    elif node.type != "comment" and node.end_byte > node.start_byte:
        yield node, in_template


def _is_cast(node: Node) -> bool:
    """
    Whether *node* are parentheses behind a comment with a type, around a name or what is reached or called from one, so
    that the program is the same without them. An optional chain keeps them: they end it.
    """
    if node.type != "parenthesized_expression" or node.named_child_count != 1:
        return False
    first, around = node, node.parent
    while first.prev_sibling is None and first.parent:
        first = first.parent
    comment = first.prev_sibling
    while around and around.type in _CLOSE:
        around = around.parent
    if not comment or not (comment.text or b"").startswith(b"/** @type ") or not around or around.type in _FIRM:
        return False
    inside: Node | None = node.named_children[0]
    while inside and inside.type in _CLOSE and not inside.child_by_field_name("optional_chain"):
        if inside.type in ("identifier", "this"):
            return True
        inside = inside.child_by_field_name("function" if inside.type == "call_expression" else "object")
    return False

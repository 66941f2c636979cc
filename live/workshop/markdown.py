"""
Renders slides as HTML. HTML in the file is shown as text, and links may only go to the web, mail or a phone number.

Notes and activities have been taken out before.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from live.workshop.pictures import ATTRS, NO_PICTURES, Gallery, Picture, Written, read_name, with_attrs

# Characters of a slide. More than fits on any screen; keeps a screen's view under 64 KiB. Some Markdown takes time that
# grows with the square of its length (the test has 10,000 brackets), so this limit keeps rendering fast too.
LONGEST = 10_000
LONGEST_HTML = 40_000
MOST_CELLS = 5_000
LONGEST_PLAIN = 1_000
MOST_BRACKETS = 20
MOST_MARKS = 100

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("lheading")
_markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # _links checks; picture URLs are not used
_blocks = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["lheading", "inline"])
)  # three times as fast
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_MARKUP = re.compile(r"[\\`*_\[\]<>&!\n]")
_ALIGN = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


@lru_cache(maxsize=256)
def render(body: str, *, shown: int | None, pictures: Gallery = NO_PICTURES) -> str:
    """
    Turn the body of a slide into HTML without scripts, styles or event handlers.

    `+` items carry `data-step="1"`, `"2"` … in the order of the file. Those past *shown* are not in the HTML at all;
    None shows every one. Items of a numbered list have their number as `value`. Two or three `###` become the sections
    of one `div.columns`; a `###` without words gives its column no heading.

    A picture that is among *pictures* becomes a `figure`: beside the text (`left`, `right`), over the whole slide
    (`full`), or with others of its paragraph in a row (`div.pictures`, which is `only` where the slide has no text). Of
    any other there is its alt text.
    """
    body = _truncated(body)
    while len(html := _html(body, shown, pictures)) > LONGEST_HTML:
        body = body[: len(body) // 2]
    return html


def count_steps(body: str) -> int:
    """How many `+` items `render` numbers."""
    if "+" not in body:
        return 0
    return sum(_is_step(token) for token in _blocks.parse(_truncated(body)))


def tokens(body: str) -> list[Token]:
    """The block tokens of a slide from markdown-it-py; the text of each is an `inline` token, not parsed further."""
    return _blocks.parse(_truncated(body))


def plain(text: str) -> str:
    """
    One line of Markdown without its markup: `**viktigst**` is `viktigst`, a picture its alt text.

    A text longer than any sentence, or with many brackets or other marks, is returned as written, because parsing it
    could be slow.
    """
    few = len(text) <= LONGEST_PLAIN and text.count("[") <= MOST_BRACKETS and len(_MARKUP.findall(text)) <= MOST_MARKS
    if few and _MARKUP.search(text):
        text = _plain(_markdown.parseInline(text)[0].children or [])
    return " ".join(text.split())


def _html(body: str, shown: int | None, pictures: Gallery) -> str:
    tokens = _columns(_alt_texts(_figures(_steps(_markdown.parse(body), shown), pictures)))
    _links(tokens)
    _tables(tokens)
    _numbers(tokens)
    return str(_markdown.renderer.render(tokens, _markdown.options, {}))


def _truncated(body: str) -> str:
    if len(body) > LONGEST:
        body = body[: body.rfind("\n", 0, LONGEST) + 1 or LONGEST]
    while body.count("\n") * max(line.count("|") for line in body.split("\n")) > MOST_CELLS:
        body = body[: len(body) // 2]  # short rows are filled up to the width of the table
    return body


def _is_step(token: Token) -> bool:
    return token.type == "list_item_open" and token.markup == "+"


def _plain(tokens: Iterable[Token]) -> str:
    texts = []
    for token in tokens:
        if token.type == "image":
            texts.append(_plain(token.children or ()))
        elif token.type in {"softbreak", "hardbreak"}:
            texts.append(" ")
        else:
            texts.append(token.content)
    return "".join(texts)


def _steps(tokens: list[Token], shown: int | None) -> list[Token]:
    kept: list[Token] = []
    number = 0
    hidden_at: int | None = None  # nesting level of the item that is being left out
    for token in tokens:
        if _is_step(token):
            number += 1
            token.attrSet("data-step", str(number))
            if hidden_at is None and shown is not None and number > shown:
                hidden_at = token.level
        if hidden_at is None:
            if token.type == "bullet_list_close" and kept[-1].type == "bullet_list_open":
                kept.pop()
            else:
                kept.append(token)
        elif token.type == "list_item_close" and token.level == hidden_at:
            hidden_at = None
    return kept


def _figures(tokens: list[Token], pictures: Gallery) -> list[Token]:
    """Every picture that is among *pictures* as a figure before its paragraph; inside lists and tables as an `img`."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if token.children and any(child.type == "image" for child in token.children):
            found = _take_out(token, pictures, alone=token.level == 1 and kept[-2].type == "paragraph_open")
            if found:
                figures = Token("figures", "", 0, meta={"found": found}, block=True)
                kept.insert(len(kept) - 2, figures)
                if not token.children:
                    token.type = "emptied"
    bodies = [at for at, token in enumerate(kept) if token.type == "emptied"]
    gone = {at + step for at in bodies for step in (-1, 0, 1)}  # with the tags around it
    kept = [token for at, token in enumerate(kept) if at not in gone]
    has_text = any(token.type != "figures" for token in kept)
    in_columns = sum(token.type == "heading_open" and token.tag == "h3" for token in kept) in {2, 3}
    groups = [token.meta["found"] for token in kept if token.type == "figures"]
    alone = has_text and not in_columns
    sides = [side for found in groups for side in _places(found, alone=alone) if side in {"left", "right"}]
    for token in kept:
        if token.type == "figures":
            found = token.meta["found"]
            places = _places(found, alone=alone)
            if len(sides) > 1 or not has_text:  # beside the text is place for one: a second would lie upon it
                places = ["" if place in {"left", "right"} else place for place in places]
            token.type, token.content = "html_block", _figures_html(found, places, pictures, only=not has_text)
    return kept


Found = tuple[Written, Picture]


def _places(found: list[Found], *, alone: bool) -> list[str]:
    """Where the pictures of a paragraph are to stand; one by itself, *alone* with the text, to the right of it."""
    return [written.place or ("right" if alone and len(found) == 1 else "") for written, _ in found]


def _take_out(token: Token, pictures: Gallery, *, alone: bool) -> list[Found]:
    """
    The pictures of a paragraph that are among *pictures*. They are taken out of it, with what stands in braces after
    them; where the paragraph is not *alone*, they become an `img` in their place.
    """
    found: list[Found] = []
    kept: list[Token] = []
    attrs = False
    for child in token.children or ():
        if attrs and child.type == "text" and (braces := ATTRS.match(child.content)):
            child.content = child.content[braces.end() :].lstrip()
        attrs = False
        if child.type != "image":
            kept.append(child)
            continue
        written, attrs = _written(child, token.children or []), True
        if (picture := pictures.get(written.name)) is None:
            kept.append(child)
        elif alone:
            found.append((written, picture))
        else:
            kept.append(Token("html_inline", "", 0, content=_img(written, picture, pictures)))
    is_words = any(
        child.type not in {"softbreak", "hardbreak"}
        and (child.content.strip() or child.nesting or child.type == "image")
        for child in kept
    )
    token.children = kept if is_words else []
    while token.children and token.children[0].type == "softbreak":
        token.children.pop(0)
    return found


def _written(image: Token, siblings: list[Token]) -> Written:
    after = siblings[siblings.index(image) + 1 :][:1]
    braces = ATTRS.match(after[0].content) if after and after[0].type == "text" else None
    name = read_name(str(image.attrs.get("src", "")))
    alt = _plain(image.children or ()).strip()
    return with_attrs(name, alt, str(image.attrs.get("title", "")), braces[0] if braces else "")


def _figures_html(found: list[Found], places: list[str], pictures: Gallery, *, only: bool) -> str:
    alone = [
        _figure(written, picture, pictures, place)
        for (written, picture), place in zip(found, places, strict=True)
        if place
    ]
    row = [
        _figure(written, picture, pictures, "")
        for (written, picture), place in zip(found, places, strict=True)
        if not place
    ]
    html = "".join(alone)
    return html + (f'<div class="pictures{" only" * only}">{"".join(row)}</div>\n' if row else "")


def _figure(written: Written, picture: Picture, pictures: Gallery, place: str) -> str:
    caption = escape(written.caption)
    if written.source:
        caption += f"{' · ' * bool(caption)}<cite>{escape(written.source)}</cite>"
    told = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="{("picture " + place).strip()}">{_img(written, picture, pictures)}{told}</figure>\n'


def _img(written: Written, picture: Picture, pictures: Gallery) -> str:
    src = escape(pictures.src(picture))
    alt = escape("" if written.decorative else written.alt)
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img src="{src}" {size} alt="{alt}" loading="lazy" decoding="async">'


def _alt_texts(tokens: list[Token]) -> list[Token]:
    """
    Pictures that are not there: a paragraph with only pictures becomes one `p.picture` for each; other pictures become
    `span.picture`.
    """
    kept: list[Token] = []
    for token in tokens:
        images = [child for child in token.children or () if child.type == "image"]
        kept.append(token)
        if not images:
            continue
        token.children = _without_attrs(token.children or [])
        alone = len(kept) > 1 and kept[-2].type == "paragraph_open"
        if alone and all(
            child.type in {"image", "softbreak"} or not child.content.strip() for child in token.children or ()
        ):
            alts = [alt for image in images if (alt := _plain(image.children or ()).strip())]
            opening, inline = kept[-2:]
            opening.attrSet("class", "picture")
            opening.hidden = False
            inline.children = [_text(alt) for alt in alts[:1]]
            for alt in alts[1:]:
                kept += [Token("paragraph_close", "p", -1, block=True), opening]
                kept.append(Token("inline", "", 0, content=alt, children=[_text(alt)], block=True))
        else:
            token.children = [new for child in token.children or () for new in _inline_picture(child)]
    return kept


def _without_attrs(children: list[Token]) -> list[Token]:
    for before, child in pairwise(children):
        if before.type == "image" and child.type == "text" and (braces := ATTRS.match(child.content)):
            child.content = child.content[braces.end() :]
    return children


def _inline_picture(child: Token) -> list[Token]:
    if child.type != "image":
        return [child]
    opening = Token("picture_open", "span", 1, attrs={"class": "picture"})
    return [opening, _text(_plain(child.children or ())), Token("picture_close", "span", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _links(tokens: list[Token]) -> None:
    """Links to the web, mail or phone numbers are kept; of any other only its text. A link has no link inside."""
    for token in tokens:
        tag = "a"
        for child in token.children or ():
            if child.type == "link_open":
                tag = "a" if _SAFE_LINK.match(str(child.attrGet("href"))) else "span"
                child.attrs = {"href": child.attrs["href"], "rel": "noopener noreferrer"} if tag == "a" else {}
                child.tag = tag
            elif child.type == "link_close":
                child.tag = tag


def _numbers(tokens: list[Token]) -> None:
    """
    Every item of a numbered list keeps the number that was typed: `17. mai` and `24. juni` under each other are a list
    too, which Markdown would number 17 and 18. A list with `1)` has the class `bracket`.
    """
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", str(int(token.info)))
        elif token.type == "ordered_list_open":
            token.attrs.pop("start", None)
            if token.markup == ")":
                token.attrSet("class", "bracket")


def _tables(tokens: list[Token]) -> None:
    """
    Alignment becomes a class, because the pages allow no style attributes. Header cells without text become ordinary
    cells. Where the top left cell is empty, the first cell of each row is its header.
    """
    corner_empty = False
    for at, token in enumerate(tokens):
        if token.type not in {"th_open", "td_open"}:
            continue
        first = tokens[at - 1].type == "tr_open"
        if first and token.type == "th_open":
            corner_empty = not tokens[at + 1].content
        align = _ALIGN.get(str(token.attrs.pop("style", "")))
        if align:
            token.attrSet("class", align)
        if token.type == "th_open" and not tokens[at + 1].content:
            token.tag = tokens[at + 2].tag = "td"
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif first and corner_empty and tokens[at + 1].content:
            token.tag = tokens[at + 2].tag = "th"
            token.attrSet("scope", "row")


def _columns(tokens: list[Token]) -> list[Token]:
    heads = [token for token in tokens if token.type == "heading_open" and token.tag == "h3" and token.level == 0]
    if len(heads) not in {2, 3}:
        return tokens
    kept: list[Token] = []
    wordless = {at for at, token in enumerate(tokens) if token in heads and not tokens[at + 1].content.strip()}
    for at, token in enumerate(tokens):
        if token is heads[0]:
            kept.append(Token("columns_open", "div", 1, attrs={"class": "columns"}, block=True))
        elif token in heads[1:]:
            kept.append(Token("section_close", "section", -1, block=True))
        if token in heads:
            kept.append(Token("section_open", "section", 1, block=True))
        if not {at, at - 1, at - 2} & wordless:  # no heading that says nothing: opening, text, closing
            kept.append(token)
    return [*kept, Token("section_close", "section", -1, block=True), Token("columns_close", "div", -1, block=True)]

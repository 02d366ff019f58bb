"""The rules for what stands apart from running text: figures, tables, listings and displayed formulas.

What has a caption gets an id and is remembered, so that the lists of figures and tables can point to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert import document as nodes
from thesis_convert.document import Inline, Row
from thesis_convert.traversal import plain_text
from thesis_convert.writers.mathml import render_formula
from thesis_convert.writers.xhtml_blocks import render_compact
from thesis_convert.writers.xhtml_inlines import render_picture
from thesis_convert.writers.xhtml_rendering import Mark, Rendering, Rule, is_right_to_left, join_lines

# So many characters of full-size type, with the space between columns, fit the width of a phone.
PHONE_WIDTH, COLUMN_GAP = 40, 2
# A longer word in a cell may break anywhere: it is an address or a formula more often than a word.
LONG_WORD = 16
# A table that is too wide is set smaller, so that more fits. Where no more does even if longer words
# than this one break, all may.
SMALL_WIDTH, BROKEN_WORD = 56, 10
# Formulas of more characters than this may not fit a phone either, and nothing breaks their lines.
LONG_FORMULA = 40
# What surely shows no letters of its own to those who check books for the blind: formulas and pictures.
WORDLESS = re.compile(r"<math\b.*?</math>|<[^>]*>", re.DOTALL)
# Takes no room, and lets a heading that is a formula alone count as one with text.
WORD_JOINER = "\u2060"
# The size of ordinary type in points: what a width on paper is measured in to become one in ems.
TYPE_SIZE = 11.0


def _figure(node: nodes.Figure, r: Rendering) -> str:
    attributes = _mark_place(node.id, "figure", node.caption, r.figures, r)
    return _enclose_figure(node, attributes, r)


def _enclose_figure(node: nodes.Figure, attributes: str, r: Rendering) -> str:
    parts = [_picture_or_words(node.media, node.alternative, node.label, r)]
    parts += [_enclose_figure(figure, r.id_attribute(figure.id), r) for figure in node.figures]
    kind = ' class="group"' if node.figures else ""
    return join_lines(f"<figure{attributes}{kind}>", *parts, _caption(node.caption, r), "</figure>")


def _picture_or_words(media: str, alternative: str, label: str, r: Rendering) -> str:
    picture = render_picture(media, alternative, r, label=label)
    if picture or not alternative:
        return picture
    return f'<p class="alternative">{r.escape(alternative)}</p>'


def _caption(content: Sequence[Inline], r: Rendering) -> str:
    return f"<figcaption>{r.inlines(content)}</figcaption>" if content else ""


def _mark_place(wanted: str, kind: str, caption: Sequence[Inline], places: list[Mark], r: Rendering) -> str:
    """The id attribute of a figure or table, which is put into `places` when it has a caption."""
    text = r.clean(plain_text(caption)).strip() if caption else ""
    if not text:
        return r.id_attribute(wanted)
    name = r.claim(wanted or f"{kind}_{len(places) + 1}")
    places.append(Mark(name, text, r.language))
    return f' id="{name}"'


def _table(node: nodes.Table, r: Rendering) -> str:
    attributes = _mark_place(node.id, "table", node.caption, r.tables, r)
    if not node.head and not node.body:
        shown = _picture_or_words(node.media, node.alternative, node.label, r)
        table = join_lines(f'<figure{attributes} class="table">', _caption(node.caption, r), shown, "</figure>")
    else:
        kinds, longest = _choose_setting(node.head + node.body)
        wide = f' class="{kinds}"' if kinds else ""
        caption = f"<caption>{r.inlines(node.caption)}</caption>" if node.caption else ""
        head = join_lines("<thead>", *_rows(node.head, True, longest, r), "</thead>") if node.head else ""
        body = join_lines("<tbody>", *_rows(node.body, False, longest, r), "</tbody>") if node.body else ""
        table = join_lines(f"<table{attributes}{wide}>", caption, head, body, "</table>")
    if not node.notes:
        return table
    return f'{table}\n<div class="table-notes">\n{r.blocks(node.notes)}\n</div>'


def _choose_setting(rows: Sequence[Row]) -> tuple[str, int]:
    """The class of a table by how wide it is, and the length of words in it that do not break."""
    widths = _measure_columns(rows)
    if sum(min(width, LONG_WORD) + COLUMN_GAP for width in widths) <= PHONE_WIDTH:
        return "", LONG_WORD
    if sum(min(width, BROKEN_WORD) + 1 for width in widths) <= SMALL_WIDTH:
        return "wide", BROKEN_WORD
    return "wide tight", LONG_WORD


def _measure_columns(rows: Sequence[Row]) -> list[int]:
    """The length of the longest word in each column.

    Cells that reach down from an earlier row are not counted into the later ones.
    """
    columns: dict[int, int] = {}
    for row in rows:
        column = 0
        for cell in row.cells:
            needed = _longest_word(plain_text(cell)) if cell.column_span == 1 else 0
            columns[column] = max(needed, columns.get(column, 0))
            column += cell.column_span
    return list(columns.values())


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _rows(rows: Sequence[Row], head: bool, longest: int, r: Rendering) -> list[str]:
    return [f"<tr>{''.join([_cell(cell, head, longest, r) for cell in row.cells])}</tr>" for row in rows]


def _cell(cell: nodes.Cell, head: bool, longest: int, r: Rendering) -> str:
    inner = render_compact(cell.blocks, r)
    # A heading without words says nothing about its cells, so it is none.
    heading = (head or cell.header) and bool(inner.strip())
    if heading and not WORDLESS.sub("", inner).strip():
        inner = WORD_JOINER + inner
    attributes = f' scope="{"col" if head else "row"}"' if heading else ""
    if cell.column_span > 1:
        attributes += f' colspan="{cell.column_span}"'
    if cell.row_span > 1:
        attributes += f' rowspan="{cell.row_span}"'
    kinds = f"{cell.alignment}{' long' if _longest_word(plain_text(cell)) > longest else ''}".strip()
    if kinds:
        attributes += f' class="{kinds}"'
    name = "th" if heading else "td"
    return f"<{name}{attributes}>{inner}</{name}>"


def _code_block(node: nodes.CodeBlock, r: Rendering) -> str:
    """Code runs from left to right in every language."""
    direction = ' dir="ltr"' if is_right_to_left(r.language) else ""
    language = re.sub(r"[^a-z0-9+#.-]", "", node.language.lower())
    kind = f' class="language-{language}"' if language else ""
    code = f"<pre{direction}><code{kind}>{r.escape(node.text)}</code></pre>"
    identifier = r.id_attribute(node.id)
    if node.caption:
        return join_lines(f'<figure{identifier} class="{node.kind}">', _caption(node.caption, r), code, "</figure>")
    return f"<div{identifier}>{code}</div>" if identifier else code


def _math_block(node: nodes.MathBlock, r: Rendering) -> str:
    identifier = r.id_attribute(node.id)
    if node.tex.strip():
        shown = render_formula(r.clean(node.tex), r.clean(node.text), block=True)
    else:
        picture = render_picture(node.media, node.text, r, _printed_width(node))
        if picture:
            number = f"<figcaption>{r.escape(node.label)}</figcaption>" if node.label else ""
            return join_lines(f'<figure{identifier} class="equation">', picture, number, "</figure>")
        shown = f'<span class="formula">{r.escape(node.text)}</span>'
    number = f' <span class="label">{r.escape(node.label)}</span>' if node.label else ""
    # What can be scrolled must be reached by the keyboard too.
    long = len(node.text or node.tex) > LONG_FORMULA
    attributes = ' class="equation wide" tabindex="0"' if long else ' class="equation"'
    return f"<div{identifier}{attributes}>{shown}{number}</div>"


def _printed_width(node: nodes.MathBlock) -> str:
    """A picture of a formula is as wide as on paper, so that its letters are as large as the others."""
    if node.origin is None:
        return ""
    width = (node.origin.box[2] - node.origin.box[0]) / TYPE_SIZE
    return f' style="width: {width:.1f}em"' if width > 0 else ""


FLOAT_RULES: dict[type, Rule] = {
    nodes.Figure: _figure,
    nodes.Table: _table,
    nodes.CodeBlock: _code_block,
    nodes.MathBlock: _math_block,
}

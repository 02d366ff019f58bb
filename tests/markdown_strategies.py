"""Hostile documents for property tests: every character that some reader takes for markup, everywhere."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from thesis_convert.document import (
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    ListItem,
    Math,
    Metadata,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Separator,
    Strong,
    Superscript,
    Table,
    Text,
    Theorem,
    Verse,
)

# One thing in each that at least one reader would take for markup, and neighbours of delimiters.
HOSTILE = [
    *(
        "mailto:m@a.b/*c*",
        "xmpp:m@a.b/*c*<b>",
        "HTTPS://A.B/*c*<b>",
        "ftp://a.b/_(c)_",
        "WWW.A.B/*c*",
        "doi:10.1/*x*<b>",
    ),
    *("snake_case_name and _x_", "a*b*c * d", "3 < 4 & 5 > 2, <b>not a tag</b>", "&amp; &#35; &copy;", "<!-- c -->"),
    *("1986. A great year.", "7) seven", "i. x", "(a) b", "a) c", "IV. d", "1. ", "(@) ex", "@smith2020 a@b.c"),
    *(
        "# hash",
        "- dash",
        "+ plus",
        "> quote",
        "* star",
        "===",
        "---",
        "***",
        "|---|",
        "a | b | c",
        ": term",
        "::: div",
    ),
    *("[1] a [see](x)", "[^1]", "[[w]]", "![x](y)", "!", "`tick` ``two``", "~~~", "$5 and $6", "x^2^", "H~2~O ~~s~~"),
    *("\"q\" 'single' -- ... don't", "{curly} {#id}", "\\ \\alpha", "%%c%%", "==m==", "#tag", ":smile:", "Table: x"),
    *(
        "http://a.b/c_d_e?x=1&y=2",
        "www.a.b/c*d*",
        "C#",
        "a\u00a0b",
        "x\u200by",
        "Σ x̄ 漢字",
        "é",
        "文",
        "。",
        "」",
        "「",
    ),
    *("“", "”", "–", "…", "©", "😀", *"abc12", *string.punctuation, "__", "``"),
]
MOST = 6

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from([*HOSTILE, " "]), min_size=1, max_size=4).map("".join),
    st.text(st.sampled_from(string.punctuation + "ab1 文。 "), min_size=1, max_size=8),
).filter(str.strip)
words: st.SearchStrategy[Inline] = texts.map(Text)
codes: st.SearchStrategy[Inline] = st.sampled_from(["a", "a`b", "``", "x|y", "a_b", "*c*", "\\", "<b>"]).map(Code)
urls = st.sampled_from(["http://a.b/c", "https://x.org/ab?q=1&r=2", "mailto:a@b.c", "doi:10.1/x"])
leaves: st.SearchStrategy[Inline] = st.one_of(
    words,
    words,
    words,
    codes,
    st.just(LineBreak()),
    st.builds(PageBreak, st.sampled_from(["12", "xi", "--><b>", ""]), st.integers(1, 99)),
    st.just(Math("x", "x")),
)


def make_spans(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    content = st.lists(inner, min_size=1, max_size=3).map(tuple)
    linked = st.lists(st.one_of(words, codes, words.map(lambda word: Emphasis((word,)))), min_size=1, max_size=3)
    return st.one_of(
        st.builds(Emphasis, content),
        st.builds(Strong, content),
        st.builds(Emphasis, content),
        st.builds(Superscript, content),
        st.builds(Link, urls, linked.map(tuple)),
    )


inlines = st.recursive(leaves, make_spans, max_leaves=MOST)
contents = st.lists(inlines, min_size=1, max_size=5).map(tuple)
# Every paragraph has a letter at least: what is left of an empty one is for the reader to decide.
paragraphs: st.SearchStrategy[Block] = contents.map(lambda content: Paragraph((*content, Text("z"))))
short_paragraphs: st.SearchStrategy[Block] = st.lists(st.one_of(words, codes), min_size=1, max_size=3).map(
    lambda content: Paragraph((*content, Text("z")))
)
simple_cells = st.lists(inlines.filter(lambda inline: not isinstance(inline, LineBreak)), max_size=2).map(
    lambda content: Cell((Paragraph((*content, Text("z"))),))
)
# Cells that pipe tables hold badly, and cells that they do not hold at all.
full_cells = st.one_of(
    texts.map(lambda text: Cell((Paragraph((Text(text + "z"),)),), column_span=2)),
    texts.map(lambda text: Cell((Paragraph((Text(text + "z"),)),), row_span=2)),
    texts.map(lambda text: Cell((Paragraph((Text("z"),)), BulletList((ListItem((Paragraph((Text(text + "z"),)),)),))))),
)
code_blocks: st.SearchStrategy[Block] = st.builds(
    CodeBlock, st.lists(texts, min_size=1, max_size=4).map("\n\n  ".join), st.sampled_from(["", "python", "java"])
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    cells = draw(st.sampled_from([simple_cells, simple_cells, st.one_of(simple_cells, full_cells)]))
    rows = st.lists(cells, min_size=width, max_size=width).map(lambda row: Row(tuple(row)))
    head = draw(st.lists(rows, max_size=1))
    return Table(tuple(head), tuple(draw(st.lists(rows, min_size=1, max_size=3))), (Text("Table 1: z"),))


def make_blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(several.map(ListItem), min_size=1, max_size=3).map(tuple)
    terms = st.lists(words, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(BulletList, items),
        st.builds(OrderedList, items, st.integers(0, 12)),
        st.builds(BlockQuote, several),
        st.builds(DefinitionList, st.builds(Definition, terms, several).map(lambda item: (item,))),
        st.builds(Theorem, terms, several),
    )


blocks = st.recursive(
    st.one_of(
        paragraphs,
        short_paragraphs,
        short_paragraphs,
        code_blocks,
        tables(),
        st.just(Separator()),
        st.lists(st.lists(words, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(
            lambda lines: Verse(tuple(lines))
        ),
    ),
    make_blocks,
    max_leaves=MOST,
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A chapter with a section, hostile titles, and a note with several blocks in a paragraph."""
    note = Note("n1", "1", tuple(draw(st.lists(blocks, min_size=1, max_size=2))))
    marked = Paragraph((Text("marked"), note, *draw(contents), Text("z")))
    section = Section("section", "1.1", (*draw(contents), Text("z")), tuple(draw(st.lists(blocks, max_size=3))))
    body = (*draw(st.lists(blocks, max_size=3)), marked, *draw(st.lists(blocks, max_size=2)))
    return Document(Metadata(), body=(Section("chapter", "1", (Text("z"), *draw(contents)), body, (section,)),))

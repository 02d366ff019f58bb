"""Finds the words within a line that are one formula.

In: the words of a line with their kinds. Out: runs of words. A variable draws in what stands beside
it as formulas have it: scripts, signs with their other side, brackets that are closed, factors.
What remains of text in its type, such as the brackets around it or a full stop, is left to the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.words import LEFT, RIGHT, Kind, Token

WORD_GAP = 0.3
"""Two operands further apart than so many sizes are two formulas, or a formula and a number of the text."""
SIGN_GAP = 0.9
"""Spaces beside relations are narrower than so many sizes, even in a stretched line."""
OPERANDS = (Kind.VARIABLE, Kind.NUMBER, Kind.NAME, Kind.RIGHT)
NOTE_MARKS = frozenset("∗*†‡§¶⋆")
"""Signs that notes borrow from math fonts."""
_MARKS = NOTE_MARKS | frozenset("•·★◦○●▪■□–—▶►✓✔⟨⟩∎⋄♦♣|")
"""Signs that text borrows from math fonts: bullets, note marks, rules."""


def find_runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """The runs of words that are one formula each, at least as far as neighbours tell."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.kind is not Kind.TEXT and _joins(runs[-1], token):
            runs[-1].append(token)
        elif token.kind is not Kind.TEXT:
            runs.append([token])
        elif (
            token.script
            and runs
            and runs[-1]
            and _is_core(runs[-1][-1])
            and measure_gap(runs[-1][-1], token) < WORD_GAP * token.word.font.size
        ):
            runs[-1].append(token)
        else:
            runs.append([])
    trimmed = (trim_run(run, tokens) for run in runs if run)
    return [run for run in trimmed if run and is_formula(run)]


def measure_gap(left: Token, right: Token) -> float:
    return right.word.box.left - left.word.box.right


def _joins(run: list[Token], token: Token) -> bool:
    """Whether a word goes on with a run."""
    if not run:
        return False
    last = run[-1]
    gap = min(measure_gap(other, token) for other in run[-3:])
    size = max(last.word.font.size, token.word.font.size)
    if gap > SIGN_GAP * size or gap < -3 * size:
        return False
    if Kind.ACCENT in (last.kind, token.kind):
        return gap < 0.1 * size
    if token.script:
        close = gap < WORD_GAP * size
        return close and (
            token.firm
            or last.script
            or token.kind is Kind.VARIABLE
            or _is_core(last)
            or (last.kind is Kind.RIGHT and any(map(_is_core, run)))
        )
    near = gap < WORD_GAP * size
    main = next((t for t in reversed(run) if not t.script), last)
    kinds = main.kind, token.kind
    if Kind.SIGN in kinds:
        return main.kind is not Kind.PUNCTUATION or main.firm
    if Kind.PUNCTUATION in kinds:
        return (
            (main.firm or near)
            and (token.firm or token.kind is not Kind.PUNCTUATION)
            and (main.firm or main.kind is not Kind.PUNCTUATION)
        )
    if token.kind is Kind.LEFT:
        return near and (main.kind is not Kind.NUMBER or main.firm)
    if main.kind is Kind.LEFT or token.kind is Kind.RIGHT:
        return near
    if main.kind is Kind.NAME or token.kind is Kind.NAME:
        return main.firm or token.firm or near
    if kinds == (Kind.NUMBER, Kind.NUMBER):
        return False
    return near


def _is_core(token: Token) -> bool:
    return token.kind is Kind.VARIABLE or (token.firm and token.kind in (Kind.RIGHT, Kind.SIGN, Kind.NAME, Kind.NUMBER))


def trim_run(run: list[Token], line: Sequence[Token]) -> list[Token]:
    """The run without what belongs to the text at its ends: punctuation, brackets that are not closed, lone signs."""
    start, end = 0, len(run)
    changed = True
    while changed and start < end:
        changed = False
        first, last = run[start], run[end - 1]
        depth = _depth(run[start:end])
        if last.kind is Kind.PUNCTUATION and not last.script:
            end, changed = end - 1, True
        elif (first.kind in (Kind.PUNCTUATION, Kind.RIGHT) and not first.script) or (
            first.kind is Kind.LEFT and (depth > 0 or (not first.firm and _is_enclosed(run[start:end])))
        ):
            start, changed = start + 1, True
        elif (
            (last.kind is Kind.RIGHT and depth < 0)
            or last.kind is Kind.LEFT
            or (last.kind is Kind.ACCENT and (end - start < 2 or measure_gap(run[end - 2], last) > 0))
        ):
            end, changed = end - 1, True
        elif _is_lone(first) and first is not line[0]:
            start, changed = start + 1, True
        elif _is_lone(last) and (last is not line[-1] or last.word.text == ":"):
            end, changed = end - 1, True
    return run[start:end]


def _is_lone(token: Token) -> bool:
    """A sign at a run's end that needs an operand there; minus and the like may begin a formula in their own font."""
    return token.kind is Kind.SIGN and not token.script and (not token.firm or token.word.text == ":")


def _depth(run: Sequence[Token]) -> int:
    text = "".join(t.word.text for t in run)
    return sum(c in LEFT for c in text) - sum(c in RIGHT for c in text)


def _is_enclosed(run: Sequence[Token]) -> bool:
    """Whether one pair of round brackets holds all, and no list: such brackets are the text's own."""
    text = "".join(t.word.text for t in run)
    if len(run) < 2 or text[0] != "(" or text[-1] != ")":
        return False
    depth = 0
    for place, char in enumerate(text):
        depth += (char in LEFT) - (char in RIGHT)
        if depth == 1 and char in ",;|":
            return False
        if depth == 0 and place < len(text) - 1:
            return False
    return True


def is_formula(run: Sequence[Token]) -> bool:
    """Whether a run has what only formulas have."""
    firm = [t for t in run if t.word.font.math and not _is_mark(t)]
    if any(t.kind is Kind.VARIABLE or t.word.text == "√" for t in firm):
        return True
    if run[0].word.text[0] in LEFT and any(t.word.text == "," for t in firm):
        return True
    signs = [t for t in run if t.kind is Kind.SIGN and (t.firm or t.word.text in "=+<>×")]
    if firm and any(t.kind is Kind.VARIABLE for t in run):
        return True
    operands = [t for t in run if t.kind in OPERANDS and not t.script]
    if firm and signs and len(operands) >= 2:
        return True
    if any(t.script for t in run) and any(t.firm for t in run) and operands:
        return True
    if not any(t.kind is Kind.VARIABLE for t in run):
        return False
    if any(t.script or t.kind in (Kind.NAME, Kind.ACCENT) for t in run):
        return True
    return (bool(signs) and len(operands) >= 2) or _is_call(run)


def _is_call(run: Sequence[Token]) -> bool:
    """Whether a variable stands before another in brackets."""
    kinds = [t.kind for t in run]
    return len(run) > 3 and kinds[:3] == [Kind.VARIABLE, Kind.LEFT, Kind.VARIABLE] and kinds[-1] is Kind.RIGHT


def _is_mark(token: Token) -> bool:
    return token.kind is not Kind.VARIABLE and all(c in _MARKS for c in token.word.text)

"""The signs of formulas: how they behave, and what TeX calls them.

Data, and the one function that looks a character up.
"""

from __future__ import annotations

from functools import cache

from thesis_convert.loader.structure.formulas.nodes import UnreadableError

OPENING, CLOSING = "([{⟨⌊⌈", ")]}⟩⌋⌉"
BARS = "|‖"
BIG = frozenset("∑∏∐∫∬∭∮⋃⋂⨄⨆⨀⨁⨂⋀⋁")
RELATIONS = frozenset("=<>≤≥≠≈≡∼≃≅∝∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦≪≫≺≻⪯⪰⊢⊨≜≐:⩽⩾≲≳⊥⟶⟵⟷⟹⟸⟺")
BINARY = frozenset("+−-±∓×÷·⋅∘∗⋆∪∩∖⊎∧∨⊕⊖⊗⊘⊙")
ARROWS = frozenset("⟶⟵⟷⟹⟸⟺⟼")
FUNCTIONS = frozenset(
    [
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "hom",
        "inf",
        "ker",
        "lg",
        "lim",
        "liminf",
        "limsup",
        "ln",
        "log",
        "max",
        "min",
        "Pr",
        "sec",
        "sin",
        "sinh",
        "sup",
        "tan",
        "tanh",
    ]
)
LIMIT_NAMES = frozenset(
    ["lim", "max", "min", "sup", "inf", "limsup", "liminf", "argmax", "argmin", "det", "Pr", "gcd", "arg"]
)
ACCENTS = {
    "ˆ": "hat", "^": "hat", "\u0302": "hat", "˜": "tilde", "~": "tilde", "\u0303": "tilde", "¯": "bar", "ˉ": "bar",
    "\u0304": "bar", "\u0305": "overline", "˙": "dot", "\u0307": "dot", "¨": "ddot", "\u0308": "ddot", "\u20d7": "vec",
    "ˇ": "check", "\u030c": "check", "˘": "breve", "\u0306": "breve", "´": "acute", "\u0301": "acute", "`": "grave",
    "\u0300": "grave", "˚": "mathring", "\u030a": "mathring",
}  # fmt: skip
_NAMES = """
α alpha  β beta  γ gamma  δ delta  ε varepsilon  ϵ epsilon  ζ zeta  η eta  θ theta  ϑ vartheta  ι iota  κ kappa
λ lambda  μ mu  µ mu  ν nu  ξ xi  π pi  ϖ varpi  ρ rho  ϱ varrho  σ sigma  ς varsigma  τ tau  υ upsilon  φ varphi
ϕ phi  χ chi  ψ psi  ω omega  Γ Gamma  Δ Delta  ∆ Delta  Θ Theta  Λ Lambda  Ξ Xi  Π Pi  Σ Sigma  Υ Upsilon  Φ Phi
Ψ Psi  Ω Omega  Ω Omega  ∑ sum  ∏ prod  ∐ coprod  ∫ int  ∬ iint  ∭ iiint  ∮ oint  ⋃ bigcup  ⋂ bigcap  ⨄ biguplus
⨆ bigsqcup  ⨀ bigodot  ⨁ bigoplus  ⨂ bigotimes  ⋀ bigwedge  ⋁ bigvee  ≤ leq  ≥ geq  ⩽ leqslant  ⩾ geqslant  ≠ neq
≈ approx  ≡ equiv  ∼ sim  ≃ simeq  ≅ cong  ∝ propto  ∈ in  ∉ notin  ∋ ni  ⊂ subset  ⊃ supset  ⊆ subseteq  ⊇ supseteq
⊄ not\\subset  ⊊ subsetneq  → to  ← leftarrow  ↔ leftrightarrow  ⇒ Rightarrow  ⇐ Leftarrow  ⇔ Leftrightarrow
⟶ longrightarrow  ⟵ longleftarrow  ⟷ longleftrightarrow  ⟹ Longrightarrow  ⟸ Longleftarrow  ⟺ Longleftrightarrow
↑ uparrow  ↓ downarrow  ↦ mapsto  ↪ hookrightarrow  ↗ nearrow  ↘ searrow  ↖ nwarrow  ↙ swarrow  ⇀ rightharpoonup
⇌ rightleftharpoons  ≪ ll  ≫ gg  ≺ prec  ≻ succ  ⪯ preceq  ⪰ succeq  ⊢ vdash  ⊣ dashv  ⊨ models  ≍ asymp
⊑ sqsubseteq  ⊒ sqsupseteq  ≲ lesssim  ≳ gtrsim  ≜ triangleq  ≐ doteq  ∥ |  ⊥ perp  ∣ mid  ⌣ smile  ⌢ frown  ± pm
∓ mp  × times  ÷ div  · cdot  ⋅ cdot  ∘ circ  ◦ circ  • bullet  ∗ ast  ⋆ star  ∪ cup  ∩ cap  ∖ setminus  ⊎ uplus
⊔ sqcup  ⊓ sqcap  ∧ wedge  ∨ vee  ⊕ oplus  ⊖ ominus  ⊗ otimes  ⊘ oslash  ⊙ odot  † dagger  ‡ ddagger  ⋄ diamond
△ triangle  ▽ triangledown  ◯ bigcirc  ≀ wr  ⨿ amalg  ∂ partial  ∇ nabla  ∞ infty  ∀ forall  ∃ exists  ∄ nexists
∅ emptyset  ¬ neg  ℓ ell  ℘ wp  ℜ Re  ℑ Im  ℵ aleph  ℏ hbar  ⊤ top  ı imath  ȷ jmath  … ldots  ⋯ cdots  ⋮ vdots
⋱ ddots  ′ prime  ∠ angle  √ surd  ♯ sharp  ♭ flat  ♮ natural  ♣ clubsuit  ♢ diamondsuit  ♡ heartsuit  ♠ spadesuit
□ square  ◻ square  ■ blacksquare  ∎ blacksquare  ∴ therefore  ∵ because  § S  ¶ P  ° circ  ⟨ langle  ⟩ rangle
〈 langle  〉 rangle  ⌊ lfloor  ⌋ rfloor  ⌈ lceil  ⌉ rceil  ‖ |  { {  } }  % %  # #  & &  $ $  _ _
"""
COMMANDS = {sign: name for line in [_NAMES.split()] for sign, name in zip(line[::2], line[1::2], strict=True)}
_PLAIN = {
    "−": "-",
    "⁄": "/",
    "∶": ":",
    "ꞏ": ".",
    "’": "'",
    "‘": "`",
    "–": "-",
    "⟮": "(",
    "⟯": ")",
    "″": "''",
    "∕": "/",
    "⁎": "*",
    "\\": "\\backslash",
}
STYLES = {
    "upright": "mathrm",
    "bold": "mathbf",
    "bold-italic": "boldsymbol",
    "calligraphic": "mathcal",
    "blackboard": "mathbb",
    "fraktur": "mathfrak",
    "sans": "mathsf",
    "typewriter": "mathtt",
}
ENVIRONMENTS = {
    ("{", ""): "cases",
    ("(", ")"): "pmatrix",
    ("[", "]"): "bmatrix",
    ("{", "}"): "Bmatrix",
    ("|", "|"): "vmatrix",
    ("‖", "‖"): "Vmatrix",
}
_DOUBLE_STRUCK = {"ℂ": "C", "ℍ": "H", "ℕ": "N", "ℙ": "P", "ℚ": "Q", "ℝ": "R", "ℤ": "Z"}
_SCRIPT = {"ℬ": "B", "ℰ": "E", "ℱ": "F", "ℋ": "H", "ℐ": "I", "ℒ": "L", "ℳ": "M", "ℛ": "R", "ℊ": "g", "ℴ": "o", "ℯ": "e"}
# Ranges of mathematical letters whose shape has a meaning: first code, number of letters, style.
_ALPHABETS = (
    (0x1D49C, 52, "mathcal"), (0x1D4D0, 52, "mathcal"), (0x1D504, 52, "mathfrak"), (0x1D538, 52, "mathbb"),
    (0x1D56C, 52, "mathfrak"), (0x1D5A0, 208, "mathsf"), (0x1D670, 52, "mathtt"), (0x1D7D8, 10, "mathbb"),
    (0x1D7E2, 20, "mathsf"), (0x1D7F6, 10, "mathtt"),
)  # fmt: skip
TEXT_SIGNS = str.maketrans(
    {c: "\\" + c for c in "%#&$_{}"} | {"\\": r"\textbackslash ", "~": r"\textasciitilde ", "^": r"\textasciicircum "}
)


@cache
def write_char(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char in COMMANDS:
        return "\\" + COMMANDS[char]
    if char in _DOUBLE_STRUCK:
        return f"\\mathbb{{{_DOUBLE_STRUCK[char]}}}"
    if char in _SCRIPT:
        return f"\\mathcal{{{_SCRIPT[char]}}}"
    for first, number, style in _ALPHABETS:
        if first <= ord(char) < first + number:
            digit = ord(char) >= 0x1D7D8
            place = (ord(char) - first) % (10 if digit else 52)
            letter = str(place) if digit else chr(65 + place) if place < 26 else chr(97 + place - 26)
            return f"\\{style}{{{letter}}}"
    if char.isascii() and char.isprintable() and char not in '\\^~`"@':
        return char
    if char.isalpha() and not "\ue000" <= char <= "\uf8ff":
        return char
    raise UnreadableError

"""Tells what kind of section a heading begins, and where front and back matter end.

In: a heading's words. Out: a `SectionKind`.
"""

from __future__ import annotations

import re

from thesis_convert.document import SectionKind

_KINDS: tuple[tuple[SectionKind, str], ...] = (
    ("abstract", r"abstract|summary|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|sommario|аннотация|реферат|摘\s*要|要\s*旨|samenvatting|streszczenie|abstrakt|özet|چکیده|tiivistelmä|sammanfattning"),
    ("acknowledgments", r"acknowledge?ments?|danksagung|remerciements|agradecimientos|agradecimentos|ringraziamenti|благодарности|致\s*[谢謝]|dankwoord|podziękowania|poděkování|teşekkür|تشکر|قدردانی|سپاسگزاری|kiitokset"),
    ("dedication", r"dedication|widmung|dédicace|dedicatoria|dedicatória|dedica|تقدیم|ithaf"),
    ("declaration", r"(statutory )?declaration.*|(eidesstattliche |eigenständigkeits|selbstständigkeits)?erklärung.*|déclaration.*|declaración.*|declaração.*|dichiarazione.*|prohlášení|oświadczenie"),
    ("preface", r"preface|vorwort|préface|avant-propos|prefacio|prólogo|prefazione|premessa|предисловие|前\s*言|序|voorwoord|przedmowa|předmluva|önsöz|پیشگفتار|förord|forord"),
    ("foreword", r"foreword|geleitwort"),
    ("abbreviations", r"(list of )?(abbreviations|acronyms|symbols|notations?).*|abkürzungsverzeichnis|(liste des )?(abréviations|sigles|acronymes).*|.*(abreviaturas|siglas|acrónimos).*|.*(abbreviazioni|acronimi).*|список сокращений|wykaz skrótów|seznam zkratek|kısaltmalar"),
    ("glossary", r"glossary.*|glossar|glossaire|glosario|glossário|glossario|глоссарий|واژه‌?نامه.*|slovník.*"),
    ("introduction", r"introduction|einleitung|einführung|introducción|introdução|introduzione|введение|вступ|绪\s*论|緒\s*論|引\s*言|inleiding|wstęp|úvod|giriş|مقدمه|johdanto|inledning|innledning|indledning"),
    ("conclusion", r"conclusions?( and .*)?|schluss(folgerung(en)?|wort|betrachtung)?|fazit( und ausblick)?|conclusión|conclusiones|conclusão|conclusões|conclusioni|conclusione|заключение|结\s*论|結\s*論|conclusie|zakończenie|závěr|sonuç|نتیجه.?گیری"),
    ("bibliography", r".*(bibliograph|bibliograf|библиограф).*|(list of )?references|works cited|literatur(verzeichnis)?|quellen(verzeichnis)?|références( bibliographiques)?|referencias( bibliográficas)?|referências( bibliográficas)?|riferimenti( bibliografici)?|(список )?(использованной )?литератур[аы]?|参\s*考\s*文\s*献|參\s*考\s*文\s*獻|literatuur(lijst)?|literatura|použitá literatura|kaynak(ça|lar)|منابع.*|مراجع.*|lähteet|källor|referenser|المراجع"),
    ("appendix", r"(appendix|appendices|anhang|anhänge|annexes?|anexos?|apéndices?|apêndices?|appendic[ei]|allegat[oi]|приложени[ея]|附\s*[录錄]|bijlagen?|załącznik(i)?|příloh[ay]|ek(ler)?|پیوست.*|liitteet|liite|bilag(a|or)?|vedlegg)( .*)?"),
    ("index", r"index|(stichwort|sach|personen)verzeichnis|register|índice (alfabético|remissivo|analítico)|indice analitico|نمایه"),
    ("curriculum-vitae", r"curriculum vitae|lebenslauf|vita|cv"),
    ("endnotes", r"(end)?notes|anmerkungen|endnoten"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"^(?:{pattern})\s*[:.]?$", re.I)) for kind, pattern in _KINDS)
FRONT = frozenset({"title-page", "copyright-page", "dedication", "epigraph", "declaration", "abstract", "acknowledgments", "preface", "foreword",
                   "contents", "list-of-figures", "list-of-tables", "list-of-listings", "abbreviations"})  # fmt: skip
BACK = frozenset({"bibliography", "endnotes", "appendix", "index", "curriculum-vitae", "glossary", "errata"})


def section_kind(title: str, number_kind: str = "") -> SectionKind | None:
    """The kind that a top heading's words tell, None when they tell nothing."""
    if number_kind == "appendix":
        return "appendix"
    if number_kind == "part":
        return "part"
    text = re.sub(r"\s+", " ", title).strip()
    for kind, pattern in _PATTERNS:
        if pattern.match(text):
            return kind
    return None

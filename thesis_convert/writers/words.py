"""The few words that a book needs and no thesis prints, in the languages of theses.

A language that is not here gets English.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """`language` is the BCP 47 tag of the words themselves."""

    language: str
    contents: str
    figures: str
    tables: str
    pages: str
    landmarks: str
    cover: str
    title_page: str
    beginning: str
    back: str


# One language a line, its words in the order of the fields above.
_TABLE = """
en | Contents | Figures | Tables | Pages | Landmarks | Cover | Title page | Beginning | Back to the text
ar | المحتويات | الأشكال | الجداول | الصفحات | المعالم | الغلاف | صفحة العنوان | البداية | العودة إلى النص
cs | Obsah | Obrázky | Tabulky | Stránky | Orientační body | Obálka | Titulní strana | Začátek | Zpět do textu
da | Indhold | Figurer | Tabeller | Sider | Pejlemærker | Omslag | Titelblad | Begyndelse | Tilbage til teksten
de | Inhalt | Abbildungen | Tabellen | Seiten | Orientierungspunkte | Umschlag | Titelseite | Anfang | Zurück zum Text
el | Περιεχόμενα | Εικόνες | Πίνακες | Σελίδες | Ορόσημα | Εξώφυλλο | Σελίδα τίτλου | Αρχή | Πίσω στο κείμενο
es | Índice | Figuras | Tablas | Páginas | Puntos de referencia | Cubierta | Portada | Comienzo | Volver al texto
fa | فهرست | شکل‌ها | جدول‌ها | صفحه‌ها | نشانه‌ها | جلد | صفحهٔ عنوان | آغاز | بازگشت به متن
fi | Sisällys | Kuvat | Taulukot | Sivut | Maamerkit | Kansi | Nimiösivu | Alku | Takaisin tekstiin
fr | Table des matières | Figures | Tableaux | Pages | Repères | Couverture | Page de titre | Début | Retour au texte
he | תוכן העניינים | איורים | טבלאות | עמודים | ציוני דרך | כריכה | שער | התחלה | חזרה לטקסט
hu | Tartalom | Ábrák | Táblázatok | Oldalak | Tájékozódási pontok | Borító | Címlap | Kezdet | Vissza a szöveghez
it | Indice | Figure | Tabelle | Pagine | Punti di riferimento | Copertina | Frontespizio | Inizio | Torna al testo
ja | 目次 | 図 | 表 | ページ | ランドマーク | 表紙 | 扉 | 本文 | 本文に戻る
ko | 차례 | 그림 | 표 | 쪽 | 이정표 | 표지 | 속표지 | 시작 | 본문으로 돌아가기
nl | Inhoud | Figuren | Tabellen | Pagina’s | Oriëntatiepunten | Omslag | Titelpagina | Begin | Terug naar de tekst
no | Innhold | Figurer | Tabeller | Sider | Landemerker | Omslag | Tittelside | Begynnelse | Tilbake til teksten
pl | Spis treści | Ilustracje | Tabele | Strony | Znaczniki | Okładka | Strona tytułowa | Początek | Powrót do tekstu
pt | Índice | Figuras | Tabelas | Páginas | Pontos de referência | Capa | Folha de rosto | Início | Voltar ao texto
ro | Cuprins | Figuri | Tabele | Pagini | Repere | Copertă | Pagina de titlu | Început | Înapoi la text
ru | Содержание | Рисунки | Таблицы | Страницы | Ориентиры | Обложка | Титульный лист | Начало | Назад к тексту
sv | Innehåll | Figurer | Tabeller | Sidor | Landmärken | Omslag | Titelsida | Början | Tillbaka till texten
tr | İçindekiler | Şekiller | Tablolar | Sayfalar | İşaret noktaları | Kapak | Başlık sayfası | Başlangıç | Metne dön
uk | Зміст | Рисунки | Таблиці | Сторінки | Орієнтири | Обкладинка | Титульний аркуш | Початок | Назад до тексту
zh-Hant | 目錄 | 圖 | 表 | 頁碼 | 地標 | 封面 | 扉頁 | 開始 | 返回正文
zh | 目录 | 图 | 表 | 页码 | 地标 | 封面 | 扉页 | 开始 | 返回正文
"""
_BY_LANGUAGE = {
    words.language.lower(): words for words in (Words(*line.split(" | ")) for line in _TABLE.split("\n") if line)
}
_OTHER_NAMES = {"nb": "no", "nn": "no", "iw": "he", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}


def find_words(language: str) -> Words:
    """The words for a BCP 47 tag: of the language with its script or region, else of the language alone."""
    subtags = language.lower().split("-")
    for tag in ("-".join(subtags[:2]), subtags[0]):
        tag = _OTHER_NAMES.get(tag, tag)
        if tag in _BY_LANGUAGE:
            return _BY_LANGUAGE[tag]
    return _BY_LANGUAGE["en"]

"""What a PDF says about itself, as its readers see it in a viewer's side bar and by clicking."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pypdf
import pytest

from tests.catalogues import PAGE, build, compress, read
from tests.pdfs import make_stream, make_thesis
from thesis_convert.errors import EncryptedError
from thesis_convert.page import Bookmark, BoundingBox, Catalogue, Destination, LinkArea

THREE_PAGES = (PAGE, PAGE, PAGE)


def utf16(text: str) -> str:
    """A string in the PDF's hexadecimal form."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


# --- Bookmarks and destinations -----------------------------------------------------------------

OUTLINE = build(
    "/Outlines 6 0 R /Names << /Dests << /Names [(chapter.2) [5 0 R /XYZ 70 650 null]] >> >>",
    THREE_PAGES,
    [
        "<< /Type /Outlines /First 7 0 R /Last 10 0 R >>",
        f"<< /Title {utf16('前言')} /Next 8 0 R /Dest [3 0 R /Fit] >>",
        "<< /Title (1 Rivers) /First 9 0 R /Next 10 0 R /A << /S /GoTo /D [4 0 R /FitH 700] >> >>",
        "<< /Title (1.1 Caf\\351s \\\\ \\(old\\)) /Dest [4 0 R /XYZ 70.5 300 0] >>",
        "<< /Title (2 Lakes\\r) /Dest (chapter.2) >>",
    ],
)


@pytest.mark.parametrize("pdf", [OUTLINE, compress(OUTLINE)], ids=["plain", "compressed"])
def test_bookmarks_have_their_order_levels_and_places(pdf: bytes) -> None:
    assert read(pdf).bookmarks == (
        Bookmark("前言", 0, 0),
        Bookmark("1 Rivers", 0, 1, 700.0),
        Bookmark("1.1 Cafés \\ (old)", 1, 1, 300.0),
        Bookmark("2 Lakes", 0, 2, 650.0, "chapter.2"),
    )


def test_a_bookmark_keeps_its_title_when_its_target_is_missing() -> None:
    entries = "/First 5 0 R >>", "/Title (Nowhere) /Dest (gone) /Next 6 0 R >>", "/Title (Also) /Dest [99 0 R /Fit] >>"
    bookmarks = read(build("/Outlines 4 0 R", others=["<< " + entry for entry in entries])).bookmarks
    assert bookmarks == (Bookmark("Nowhere", 0, None, None, "gone"), Bookmark("Also", 0, None))


def test_titles_in_utf_8_without_a_mark_are_read_as_meant() -> None:
    title = "Köln über alles".encode().decode("latin-1")
    pdf = build("/Outlines 4 0 R", others=["<< /First 5 0 R >>", f"<< /Title ({title}) >>"])
    assert read(pdf).bookmarks[0].title == "Köln über alles"


def test_named_destinations_come_from_the_tree_and_from_the_old_dictionary() -> None:
    pdf = build(
        "/Names << /Dests 6 0 R >> /Dests << /old [3 0 R /FitV 12] >>",
        THREE_PAGES,
        [
            "<< /Kids [7 0 R 8 0 R] >>",
            "<< /Names [(cite.a) << /D [5 0 R /XYZ 10 20 null] >> (cite.b) 9 0 R] >>",
            "<< /Names [(section.1) [4 0 R /FitR 1 2 3 444] (lost) [77 0 R /Fit] (cite.a) [3 0 R /Fit]] >>",
            "[3 0 R /XYZ null null null]",
        ],
    )
    assert read(pdf).destinations == (
        Destination("cite.a", 2, 10.0, 20.0),
        Destination("cite.b", 0),
        Destination("section.1", 1, 1.0, 444.0),
        Destination("old", 0, 12.0, None),
    )


def test_a_place_above_the_page_is_its_head() -> None:
    pdf = build("/Dests << /a [3 0 R /XYZ 0 5000 0] /b [3 0 R /XYZ 0 -9 0] >>")
    assert [place.top for place in read(pdf).destinations] == [800.0, 0.0]


def test_a_page_may_be_given_by_its_number() -> None:
    assert read(build("/Dests << /a [1 /FitH 9] /b [3 /Fit] >>", THREE_PAGES)).destinations == (
        Destination("a", 1, None, 9.0),
    )


# --- Page labels --------------------------------------------------------------------------------


def test_labels_count_through_their_ranges() -> None:
    nums = "0 << /S /r >> 3 << /S /D >> 5 << /S /D /P (A-) /St 9 >> 7 << /P (Back) >> 8 << /S /A /St 26 >>"
    labels = read(build(f"/PageLabels << /Nums [{nums}] >>", [PAGE] * 10)).labels
    assert labels == ("i", "ii", "iii", "1", "2", "A-9", "A-10", "Back", "Z", "AA")


def test_labels_may_lie_in_branches_and_begin_late() -> None:
    branches = ["<< /Nums [3 9 0 R] >>", "<< /S /R /St 1994 >>", "<< /Nums [4 << /S /a >>] >>"]  # from object 8 on
    labels = read(build("/PageLabels << /Kids [8 0 R 10 0 R] >>", [PAGE] * 5, branches)).labels
    assert labels == ("1", "2", "3", "MCMXCIV", "a")


@pytest.mark.parametrize("root", ["", "/PageLabels << >>", "/PageLabels 77 0 R", "/PageLabels << /Nums [(a) (b)] >>"])
def test_a_file_without_labels_has_none(root: str) -> None:
    assert read(build(root)).labels == ()


def test_giant_page_numbers_stay_numbers() -> None:
    nums = "0 << /S /r /St 1000000000 >> 1 << /S /a /St 1000000000 >> 2 << /S /D /St -3 >>"
    assert read(build(f"/PageLabels << /Nums [{nums}] >>", THREE_PAGES)).labels == ("1000000000", "1000000000", "-3")


# --- Links --------------------------------------------------------------------------------------


def link(target: str, rectangle: str = "[100 200 150 212]") -> str:
    return f"<< /Type /Annot /Subtype /Link /Rect {rectangle} {target} >>"


def test_links_lead_out_and_to_places_in_the_file() -> None:
    annotations = [
        link("/A << /S /URI /URI (https://example.org/a_\\(b\\)) >>"),
        link("/A << /S /GoTo /D (cite.x) >>"),
        link("/Dest [4 0 R /XYZ 1 2 null]"),
        link("/Dest (undefined)"),
    ]
    pages = [f"{PAGE} /Annots [{' '.join(annotations)}]", PAGE]
    box = BoundingBox(100.0, 200.0, 150.0, 212.0)
    assert read(build("/Dests << /cite.x [4 0 R /FitH 77] >>", pages)).links == {
        0: (
            LinkArea(box, uri="https://example.org/a_(b)"),
            LinkArea(box, name="cite.x", page=1, top=77.0),
            LinkArea(box, page=1, top=2.0),
            LinkArea(box, name="undefined"),
        )
    }


@pytest.mark.parametrize(
    "annotation",
    [
        "<< /Subtype /Text /Rect [1 2 3 4] /A << /S /URI /URI (https://example.org) >> >>",
        link("/A << /S /Launch /F (calc.exe) >>"),
        link("/A << /S /JavaScript /JS (app.alert) >>"),
        link("/A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>"),
        link("/A << /S /URI /URI /Name >>"),
        link(""),
        link("/Dest [3 0 R /Fit]", "[1 2 3]"),
        link("/Dest [3 0 R /Fit]", "[1 2 1 2]"),
        link("/Dest [3 0 R /Fit]", "[(a) 2 3 4]"),
        link("/Dest [3 0 R /Fit]", "[0 0 1e 99999999999999999999999999999999999999999999]"),
        "null",
        "77 0 R",
    ],
)
def test_what_leads_nowhere_is_no_link(annotation: str) -> None:
    assert read(build("", [f"{PAGE} /Annots [{annotation}]"])).links == {}


def test_the_corners_of_a_link_may_be_in_any_order() -> None:
    pages = [f"{PAGE} /Annots [{link('/Dest [3 0 R /Fit]', '[150 212 100 200]')}]"]
    assert read(build("", pages)).links[0][0].box == BoundingBox(100.0, 200.0, 150.0, 212.0)


def test_a_link_over_two_lines_is_two_areas() -> None:
    corners = "/QuadPoints [400 212 500 212 400 200 500 200 70 198 120 198 70 186 120 186]"
    pages = [f"{PAGE} /Annots [{link('/A << /S /URI /URI (https://example.org) >> ' + corners, '[70 186 500 212]')}]"]
    assert [area.box for area in read(build("", pages)).links[0]] == [
        BoundingBox(400.0, 200.0, 500.0, 212.0),
        BoundingBox(70.0, 186.0, 120.0, 198.0),
    ]


@pytest.mark.parametrize("corners", ["[1 2 3 4]", "[0 0 9 0 0 9 9 (x)]", "[900 900 990 900 900 990 990 990]"])
def test_impossible_areas_of_a_link_give_way_to_its_rectangle(corners: str) -> None:
    pages = [f"{PAGE} /Annots [{link('/Dest [3 0 R /Fit] /QuadPoints ' + corners)}]"]
    assert [area.box for area in read(build("", pages)).links[0]] == [BoundingBox(100.0, 200.0, 150.0, 212.0)]


@pytest.mark.parametrize(
    ("turn", "box", "top"),
    [
        # The page is 400 wide and 600 high; the link is 30 wide and 10 high, 90 from the left and 180 from below.
        (0, BoundingBox(90.0, 180.0, 120.0, 190.0), 180.0),
        (90, BoundingBox(180.0, 280.0, 190.0, 310.0), 310.0),
        (180, BoundingBox(280.0, 410.0, 310.0, 420.0), 420.0),
        (270, BoundingBox(410.0, 90.0, 420.0, 120.0), 90.0),
        (-90, BoundingBox(410.0, 90.0, 420.0, 120.0), 90.0),
        (450, BoundingBox(180.0, 280.0, 190.0, 310.0), 310.0),
    ],
)
def test_links_stand_where_the_page_as_shown_has_them(turn: int, box: BoundingBox, top: float) -> None:
    target = "/Dest [3 0 R /XYZ 110 220 null]"
    page = (
        f"/MediaBox [0 0 1000 1000] /CropBox [20 40 420 640] /Rotate {turn} "
        f"/Annots [{link(target, '[110 220 140 230]')}]"
    )
    area = read(build("", [page])).links[0][0]
    assert (area.box, area.top) == (box, top)


def test_pages_inherit_their_box_and_turn() -> None:
    pages = [f"/Annots [{link('/Dest [3 0 R /XYZ 0 0 null]', '[110 220 140 230]')}]"]
    pdf = build("", pages).replace(b"/Count 1", b"/Count 1 /MediaBox [100 200 500 900] /Rotate 180")
    # The table of `pdf` no longer fits, as happens when a file was changed by hand; that is repaired.
    assert read(pdf).links[0][0].box == BoundingBox(360.0, 670.0, 390.0, 680.0)


def test_the_parts_of_a_page_box_outside_the_paper_do_not_count() -> None:
    page = f"/MediaBox [0 0 600 800] /CropBox [-50 -50 700 900] /Annots [{link('/Dest [3 0 R /Fit]', '[10 20 30 40]')}]"
    assert read(build("", [page])).links[0][0].box == BoundingBox(10.0, 20.0, 30.0, 40.0)


# --- Properties ---------------------------------------------------------------------------------

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmp:CreateDate="2019-05-04T10:00:00+02:00">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The River  Rhône</rdf:li><rdf:li xml:lang="fr">Le Rhône</rdf:li>
</rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Author</rdf:li><rdf:li>Bea Writer</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>water</rdf:li><rdf:li>maps</rdf:li></rdf:Bag></dc:subject>
<dc:description><rdf:Alt><rdf:li>On water</rdf:li></rdf:Alt></dc:description>
<dc:rights><rdf:Alt><rdf:li>CC BY 4.0</rdf:li></rdf:Alt></dc:rights>
<dc:identifier>doi:10.1000/182</dc:identifier><dc:language><rdf:Bag><rdf:li>fr</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>A typesetter</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def with_xmp(packet: str | bytes, info: str = "", root: str = "") -> bytes:
    data = packet.encode() if isinstance(packet, str) else packet
    return build(f"/Metadata 4 0 R {root}", others=[make_stream("/Type /Metadata /Subtype /XML", data)], info=info)


def test_properties_come_from_both_places_without_repetition() -> None:
    info = (
        f"/Title {utf16('THE RIVER RHÔNE')} /Author (Ada Author; Cy Third) /Keywords (maps, rivers)"
        " /Subject (Hydrology) /CreationDate (D:20200131235959+01'00') /Producer (A typesetter)"
        " /Creator (A word processor)"
    )
    assert read(with_xmp(XMP, info, "/Lang (fr-CH)")).properties == {
        "title": ("The River Rhône", "Le Rhône"),
        "creator": ("Ada Author", "Bea Writer", "Cy Third"),
        "keywords": ("water", "maps", "rivers"),
        "subject": ("On water", "Hydrology"),
        "rights": ("CC BY 4.0",),
        "identifier": ("doi:10.1000/182",),
        "language": ("fr", "fr-CH"),
        "date": ("2019-05-04", "2020-01-31"),
        "producer": ("A typesetter", "A word processor"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_xmp_may_be_in_any_encoding_of_unicode(encoding: str) -> None:
    assert read(with_xmp(XMP.encode(encoding))).properties["title"] == ("The River Rhône", "Le Rhône")


@pytest.mark.parametrize(
    "packet",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>' + XMP,
        '<!DOCTYPE a SYSTEM "file:///etc/hostname">' + XMP,
        XMP[:-120],
        "",
        b"\xff\xfe\x00",
        b"\xfe\xff\xd8\x00",
        "<a>" * 200_000,
        "<a>" * 200_000 + "</a>" * 200_000,
        XMP.replace("dc/elements", "unknown").replace("xap/1.0", "unknown").replace("pdf/1.3", "unknown"),
    ],
    ids=["entities", "external", "cut off", "empty", "odd", "surrogate", "unclosed", "deep", "foreign"],
)
def test_xmp_that_cannot_be_trusted_or_read_leaves_the_other_properties(packet: str | bytes) -> None:
    assert read(with_xmp(packet, "/Title (Rivers)")).properties == {"title": ("Rivers",)}


def test_empty_and_unusable_properties_are_left_out() -> None:
    info = (
        "/Title ( \\000 ) /Author /Name /Keywords (;;) /CreationDate (yesterday) /Subject 12 /Producer (x\\037\\177y)"
    )
    assert read(build("", info=info)).properties == {"producer": ("x˜ y",)}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("D:2021", "2021"),
        ("D:202103", "2021-03"),
        ("20210331", "2021-03-31"),
        ("2021-03-31", "2021-03-31"),
        ("D:20210231", "2021-02"),
        ("D:20211301", "2021"),
    ],
)
def test_dates_are_as_exact_as_they_are_right(written: str, date: str) -> None:
    assert read(build("", info=f"/CreationDate ({written})")).properties["date"] == (date,)


def test_language_and_tagging() -> None:
    assert read(build("")) == Catalogue()
    catalogue = read(build("/Lang (de_AT) /MarkInfo << /Marked true >>"))
    assert (catalogue.language, catalogue.tagged) == ("de-AT", True)


# --- Encryption ---------------------------------------------------------------------------------


def lock(pdf: bytes, user: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(user_password=user, owner_password="the owner's", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
@pytest.mark.parametrize("password", ["geheim", "überall", "the owner's"])
def test_a_password_opens_everything(algorithm: str, password: str) -> None:
    user = "geheim" if password == "the owner's" else password
    locked = lock(OUTLINE, user, algorithm)
    assert b"Rivers" not in locked
    assert read(locked, password).bookmarks == read(OUTLINE).bookmarks
    assert read(locked, password).destinations == read(OUTLINE).destinations


@pytest.mark.parametrize("password", ["", "not needed"])
def test_a_file_that_only_restricts_printing_needs_no_password(password: str) -> None:
    assert read(lock(OUTLINE, "", "AES-256"), password).bookmarks == read(OUTLINE).bookmarks


def test_a_needless_password_does_no_harm() -> None:
    assert read(OUTLINE, "not needed").bookmarks == read(OUTLINE).bookmarks


@pytest.mark.parametrize(("password", "reason"), [("", "no password was given"), ("guess", "password is wrong")])
def test_a_missing_or_wrong_password_is_said(password: str, reason: str) -> None:
    with pytest.raises(EncryptedError, match=reason):
        read(lock(OUTLINE, "geheim", "AES-256"), password)


# --- Whole files --------------------------------------------------------------------------------


def test_a_small_thesis() -> None:
    catalogue = read(make_thesis())
    assert [bookmark.title for bookmark in catalogue.bookmarks] == ["1 Rivers", "2 Methods of Counting"]
    assert catalogue.labels == ("i", "1", "2", "3", "4")
    pages = [bookmark.page for bookmark in catalogue.bookmarks]
    assert all(before is not None and after is not None and before < after for before, after in pairwise(pages))

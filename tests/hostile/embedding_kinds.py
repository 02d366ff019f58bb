"""Links, scripts, actions, forms and files in files: nothing of it may be run, followed or copied."""

from __future__ import annotations

from collections.abc import Iterable

from tests.hostile.building import build, say
from tests.hostile.structure_kinds import CONTROLS, HALVES, MARKDOWN, TURNING, XML
from tests.pdfs import make_stream

OK = (0,)
PLACE = "/Type /Annot /Subtype /Link /Rect [72 690 300 715]"


def link_to(*addresses: str) -> bytes:
    """The line of text with links to addresses."""
    return annotate(*(f"<< {PLACE} /A << /S /URI /URI {say(one)[:-1] + '>'} >> >>" for one in addresses))


def link_bytes(address: str) -> bytes:
    """A link whose address is bytes, as an address should be."""
    escaped = address.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return annotate(f"<< {PLACE} /A << /S /URI /URI ({escaped}) >> >>")


def annotate(*annotations: str) -> bytes:
    return build(*annotations, page=f"/Annots [{refer(range(6, 6 + len(annotations)))}]")


def refer(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def act(action: str) -> bytes:
    """An action of the whole file, of the page, and of a link."""
    return build(f"<< {PLACE} /A {action} >>", catalog=f"/OpenAction {action} /AA << /WC {action} >>",
                 page=f"/Annots [6 0 R] /AA << /O {action} >>")  # fmt: skip


def embed(name: str) -> bytes:
    """A file in the file, by a name of one's own."""
    return build(
        f"<< /Type /Filespec /F {say(name)} /UF {say(name)} /EF << /F 7 0 R >> >>",
        make_stream("/Type /EmbeddedFile", b"#!/bin/sh\ntouch /tmp/outside\n"),
        f"<< {PLACE} /Subtype /FileAttachment /FS 6 0 R /Contents {say(name)} >>",
        catalog=f"/Names << /EmbeddedFiles << /Names [{say(name)} 6 0 R] >> >> /AF [6 0 R]",
        page="/Annots [8 0 R]",
    )


KINDS = {
    "link-javascript": (lambda: link_bytes("javascript:alert(1)"), OK),
    "link-javascript-disguised": (lambda: link_bytes(" \tJaVa\nScript\x00:alert(1)//"), OK),
    "link-javascript-in-utf16": (lambda: link_to("javascript:alert(1)", "java\u200bscript:alert(1)"), OK),
    "link-file": (lambda: link_bytes("file:///etc/passwd"), OK),
    "link-data": (lambda: link_bytes("data:text/html,<script>alert(1)</script>"), OK),
    "link-vbscript": (lambda: link_bytes("vbscript:x"), OK),
    "link-of-markup": (lambda: link_bytes("https://example.org/\"><script>x</script><a href='"), OK),
    "link-of-markdown": (lambda: link_bytes("https://example.org/) ![a](javascript:b) <c> `d` [e]("), OK),
    "link-of-controls": (lambda: link_to(f"https://example.org/{CONTROLS}{TURNING}{HALVES}"), OK),
    "link-long": (lambda: link_bytes("https://example.org/" + "a" * 1_000_000), OK),
    "link-to-network-folder": (lambda: link_bytes("\\\\host\\share\\x"), OK),
    "links-a-million": (
        lambda: build(
            f"<< {PLACE} /A << /S /URI /URI (https://example.org/) >> >>", page=f"/Annots [{'6 0 R ' * 1_000_000}]"
        ),
        OK,
    ),
    "links-many": (
        lambda: annotate(*(f"<< {PLACE} /A << /S /URI /URI (https://example.org/{n}) >> >>" for n in range(4_000))),
        OK,
    ),
    "links-in-circle": (lambda: build("[6 0 R 6 0 R]", page="/Annots 6 0 R"), OK),
    "link-everywhere": (
        lambda: annotate(
            "<< /Type /Annot /Subtype /Link /Rect [-1e30 -1e30 1e30 1e30] /A << /S /URI /URI (https://x.org) >> >>"
        ),
        OK,
    ),
    "link-places-no-numbers": (
        lambda: annotate("<< /Type /Annot /Subtype /Link /Rect [(a) /B null] /QuadPoints [1 2 3] /Dest 99 >>"),
        OK,
    ),
    "action-javascript": (lambda: act("<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), OK),
    "action-launch": (lambda: act("<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>"), OK),
    "action-other-file": (lambda: act("<< /S /GoToR /F (../../../etc/passwd) /D [0 /Fit] >>"), OK),
    "action-send": (lambda: act("<< /S /SubmitForm /F (https://example.org/) >>"), OK),
    "action-in-circle": (
        lambda: build("<< /S /URI /URI (https://x.org) /Next 6 0 R >>", catalog="/OpenAction 6 0 R"),
        OK,
    ),
    "scripts-by-name": (
        lambda: build("<< /Names [(a) << /S /JavaScript /JS (x) >>] >>", catalog="/Names << /JavaScript 6 0 R >>"),
        OK,
    ),
    "file-in-file": (lambda: embed("../../../../tmp/outside"), OK),
    "file-in-file-of-markup": (lambda: embed(XML), OK),
    "file-in-file-of-controls": (lambda: embed(CONTROLS), OK),
    "form-field-in-circle": (
        lambda: build(
            "<< /FT /Tx /T (a) /Parent 6 0 R /Kids [6 0 R] >>",
            catalog="/AcroForm << /Fields [6 0 R] >>",
            page="/Annots [6 0 R]",
        ),
        OK,
    ),
    "form-of-xml": (
        lambda: build(
            make_stream("", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xdp>&e;</xdp>'),
            catalog="/AcroForm << /XFA 6 0 R /Fields [] >> /NeedsRendering true",
        ),
        OK,
    ),
    "note-of-markup": (
        lambda: annotate(f"<< /Type /Annot /Subtype /Text /Rect [72 690 90 715] /Contents {say(XML + MARKDOWN)} >>"),
        OK,
    ),
    "layers-in-circle": (
        lambda: build(
            "<< /Type /OCMD /OCGs 6 0 R /VE [/And 6 0 R] >>",
            catalog="/OCProperties << /OCGs [6 0 R] /D 6 0 R >>",
            content=b"/OC /L BDC BT /F1 12 Tf 72 700 Td (Words.) Tj ET EMC",
            resources="/Properties << /L 6 0 R >>",
        ),
        OK,
    ),
    "output-intent-of-junk": (
        lambda: build(
            make_stream("/N 3", b"junk" * 99), catalog="/OutputIntents [<< /S /X /DestOutputProfile 6 0 R >>]"
        ),
        OK,
    ),
}

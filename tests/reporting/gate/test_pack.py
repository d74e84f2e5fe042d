"""Each fault of a printed pack, planted, and caught."""

import zlib

import pytest

from lt_analysis.reporting.gate.pack import LARGEST_PACK, pdf_faults
from tests.reporting.gate.sound import MACHINE

SOUND = (
    b"%PDF-1.4\n<</Title (Board pack)\n/Creator (lt_analysis)\n/Producer (Skia/PDF m150)>>\n"
    b"<</Root 1 0 R /MarkInfo <</Marked true>> /Lang (en-GB) /Outlines 2 0 R /StructTreeRoot 3 0 R>>\n%%EOF"
)


def found(pdf):
    return pdf_faults(pdf, MACHINE)


def stream(content):
    return b"\nstream\n" + content + b"\nendstream\n"


def test_a_sound_pack_has_no_fault():
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("lacks", "fault"),
    [
        (b"/StructTreeRoot 3 0 R", "not tagged"),
        (b"/MarkInfo <</Marked true>>", "not tagged"),
        (b"/Outlines 2 0 R", "no bookmarks"),
        (b"/Lang (en-GB)", "does not say its language"),
        (b"/Title (Board pack)", "no title"),
    ],
)
def test_what_a_pack_lacks_is_named(lacks, fault):
    assert [one for one in found(SOUND.replace(lacks, b"")) if fault in one]


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        (b"/Author (x)", "says who or what made it"),
        (b"/Keywords (x)", "says who or what made it"),
        (b"/CreationDate (D:20261124131525+00'00')", "says when it was made"),
        (b"/A <</S /URI /URI (https://example.org)>>", "a link leads outside"),
        (b"/OpenAction <</S /JavaScript>>", "holds a script"),
        (b"/EmbeddedFiles 9 0 R", "something that cannot be seen"),
        (b"/Type /ObjStm", "something that cannot be seen"),
        (b"/Alt (in /srv/audits/lambeth/x)", "a path of this machine"),
        (b"/Alt (in /home/jones/x)", "a path of a machine"),
        (b"/Alt <FEFF" + "by amsterdam".encode("utf-16-be").hex().upper().encode() + b">", "this machine's user"),
        (b"/Alt (CANARY-nonesuch-A000001)", "an identifier"),
        (stream(zlib.compress(b"of CANARY-nonesuch-A000001")), "an identifier"),
        (stream(b"of CANARY-nonesuch-A000001"), "an identifier"),
        (b" " * LARGEST_PACK, f"larger than {LARGEST_PACK:,} bytes"),
    ],
)
def test_a_planted_fault_is_caught(added, fault):
    assert [one for one in found(SOUND.replace(b"%%EOF", added)) if fault in one]

"""Each leak, planted in a sound page, and caught."""

import base64
import gzip
import struct
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest

from lt_analysis.reporting.gate.leaks import leaks
from lt_analysis.reporting.gate.ledger import unaccounted
from lt_analysis.reporting.gate.traces import Machine
from tests.reporting.gate.sound import (
    ALT,
    CAPTION,
    DRAWN,
    LEDGER,
    MACHINE,
    NOTE,
    SHARE,
    counted,
    derived,
    key,
    sound_page,
)

CANARY = "CANARY-nonesuch-hospitals-A000123"
IDENTIFIER = "there is an identifier from the returns"
PACKED_IDENTIFIER = f"{IDENTIFIER}, in a part that has to be decoded"
HIDDEN_ELEMENT = "there is an element that is hidden"
SCRIPT = "there is a script, or data in the place of one"
ABOUT_ITS_MAKING = "a picture says when, how or by whom it was made"
OWN_DATA = "an element carries data that is not a figure's own"
MACHINERY = "there is a word of what ran the notebook, or a warning"
NO_KEY = "table 1, row 2, column 5: a number has no key"
END_OF_ROW = counted("appointed", "White")


def faults(html: str, published=LEDGER) -> list[str]:
    return [*leaks(html, MACHINE), *unaccounted(html, published)]


def put(old: str, new: str):
    """A leak that stands in place of something that the sound page says."""

    def mutate(html: str) -> str:
        assert old in html
        return html.replace(old, new, 1)

    return mutate


def add(fragment: str):
    """A leak that stands beside what the sound page says."""
    return put("</main>", f"{fragment}</main>")


def in_picture(old: str, new: str):
    return put(quote(old, safe="/:=;()!*'$@[]{}?+"), quote(new))


def picture(content: bytes, kind: str = "image/svg+xml") -> str:
    return f'<img alt="" src="data:{kind};base64,{base64.b64encode(content).decode()}">'


def drawing(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'.encode()


def png(*pieces: tuple[bytes, bytes]) -> bytes:
    written = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), *pieces]
    written += [(b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(said)) + name + said + bytes(4) for name, said in written)
    return b"\x89PNG\r\n\x1a\n" + body


def base64_of(text: bytes) -> str:
    return base64.b64encode(text).decode()


IDENTIFIERS = {
    "in plain text": (add(f"<p>{CANARY}</p>"), IDENTIFIER),
    "without its capitals": (add(f"<p>{CANARY.lower()}</p>"), IDENTIFIER),
    "in an attribute": (add(f'<p id="{CANARY}">x</p>'), IDENTIFIER),
    "in base64": (add(f"<p>{base64_of(CANARY.encode())}</p>"), IDENTIFIER),
    "in base64, after one byte": (add(f"<p>{base64_of(b'x' + CANARY.encode())}</p>"), IDENTIFIER),
    "in base64, after two bytes": (add(f"<p>{base64_of(b'xy' + CANARY.encode())}</p>"), IDENTIFIER),
    "in base64 in lines": (
        add(f"<p>base64,{base64.encodebytes(b'x' * 53 + CANARY.encode()).decode()}</p>"),
        PACKED_IDENTIFIER,
    ),
    "in base64 twice": (add(f"<p>{base64_of(base64.b64encode(CANARY.encode()))}</p>"), PACKED_IDENTIFIER),
    "in hexadecimal": (add(f"<p>{CANARY.encode().hex()}</p>"), IDENTIFIER),
    "compressed": (add(f"<p>{base64_of(gzip.compress(CANARY.encode()))}</p>"), PACKED_IDENTIFIER),
    "compressed twice": (
        add(f"<p>{base64_of(gzip.compress(zlib.compress(CANARY.encode())))}</p>"),
        PACKED_IDENTIFIER,
    ),
    "in an address": (add("<p>" + "".join(f"%{byte:02x}" for byte in CANARY.encode()) + "</p>"), PACKED_IDENTIFIER),
    "in entities": (add("<p>" + "".join(f"&#{ord(letter)};" for letter in CANARY) + "</p>"), PACKED_IDENTIFIER),
    "in a picture": (add(picture(drawing(f"<text>{CANARY}</text>"))), IDENTIFIER),
    "in a compressed picture": (add(picture(gzip.compress(drawing(f"<text>{CANARY}</text>")))), PACKED_IDENTIFIER),
    "in a picture in a picture": (
        add(picture(drawing(picture(gzip.compress(drawing(f"<text>{CANARY}</text>")))))),
        PACKED_IDENTIFIER,
    ),
    "in the page's own chart": (in_picture(DRAWN, f"{DRAWN} {CANARY}"), IDENTIFIER),
}


@pytest.mark.parametrize("leak", IDENTIFIERS)
def test_an_identifier_is_found(leak):
    mutate, said = IDENTIFIERS[leak]
    assert said in faults(mutate(sound_page()))


MACHINES = {
    "a path of this machine": (
        add("<p>/srv/audits/lambeth/data/raw/x.csv</p>"),
        "there is a path of this machine",
    ),
    "the same in base64": (
        add(f"<p>{base64_of(b'see /srv/audits/lambeth')}</p>"),
        "there is a path of this machine",
    ),
    "a path of another": (add("<p>C:\\Users\\jones\\audit.csv</p>"), "there is a path of a machine"),
    "the user's name": (add("<p>by amsterdam</p>"), "there is the name of this machine's user"),
    "a warning text with a path": (
        add("<p>/tmp/ipykernel_4711/123.py:1: RuntimeWarning: invalid value</p>"),
        "there is a path of a machine",
    ),
    "a warning text without one": (add("<p>RuntimeWarning: invalid value</p>"), MACHINERY),
    "a traceback": (add("<pre>Traceback (most recent call last)</pre>"), MACHINERY),
    "papermill's parameters": (add("<pre># Parameters\norganisation = 'ashbourne'</pre>"), MACHINERY),
    "papermill's metadata": (add('<p>{"papermill": {"parameters": {}}}</p>'), MACHINERY),
    "the notebook that was run": (add("<p>recruitment.ipynb</p>"), MACHINERY),
}


@pytest.mark.parametrize("leak", MACHINES)
def test_a_trace_of_the_machine_is_found(leak):
    mutate, said = MACHINES[leak]
    assert said in faults(mutate(sound_page()))


UNSEEN = {
    "a comment": (add("<!-- 3 -->"), "there is a comment"),
    "a comment in a chart": (in_picture("</svg>", "<!-- 3 --></svg>"), "there is a comment"),
    "a hidden column": (
        put(END_OF_ROW, f'{END_OF_ROW}<td hidden data-key="{key("applied", "BME")}">803</td>'),
        HIDDEN_ELEMENT,
    ),
    "a column that is not read out": (put(END_OF_ROW, f'{END_OF_ROW}<td aria-hidden="true">x</td>'), HIDDEN_ELEMENT),
    "a number that is not read out": (add('<p><span aria-hidden="true">3</span> Late</p>'), HIDDEN_ELEMENT),
    "several signs that are not read out": (add('<p><span aria-hidden="true">▲■</span></p>'), HIDDEN_ELEMENT),
    "an element within a sign": (add('<p><span aria-hidden="true"><b>▲</b></span></p>'), HIDDEN_ELEMENT),
    "a column that collapses": (put("<tr>", '<col style="visibility: collapse"><tr>'), HIDDEN_ELEMENT),
    "a row that is not displayed": (add('<p style="display:none">x</p>'), HIDDEN_ELEMENT),
    "a text that cannot be seen": (add(picture(drawing('<text opacity="0">x</text>'))), HIDDEN_ELEMENT),
    "a style that hides in a chart": (
        add(picture(drawing("<style>text {visibility: hidden}</style><text>x</text>"))),
        HIDDEN_ELEMENT,
    ),
    "a style sheet of its own": (
        add("<style>td {color: white}</style>"),
        "there is a style sheet that is not the audit's own",
    ),
    "figures as JSON": (add('<script type="application/json">{"x": 3}</script>'), SCRIPT),
    "a template": (add("<template><p>3</p></template>"), SCRIPT),
    "an attribute of data": (put("<h1>", '<h1 data-raw="3">'), OWN_DATA),
    "an attribute of data in a chart": (add(picture(drawing('<g data-n="3"></g>'))), OWN_DATA),
    "an author": (put("<title>", '<meta name="author" content="x"><title>'), "the page says who or what made it"),
    "SVG metadata": (
        in_picture("</svg>", "<metadata><dc:date>2026-10-01T09:15:00</dc:date></metadata></svg>"),
        ABOUT_ITS_MAKING,
    ),
    "SVG's creator": (add(picture(drawing("<dc:creator>x</dc:creator>"))), ABOUT_ITS_MAKING),
    "the name of SVG's file": (add(picture(drawing('<g sodipodi:docname="x"></g>'))), ABOUT_ITS_MAKING),
    "PNG's text": (add(picture(png((b"tEXt", b"Software\0x")), "image/png")), ABOUT_ITS_MAKING),
    "PNG's camera data": (add(picture(png((b"eXIf", b"x")), "image/png")), ABOUT_ITS_MAKING),
    "what follows PNG's end": (add(picture(png() + b"x", "image/png")), ABOUT_ITS_MAKING),
    "a file of another kind": (
        add(picture(b"PK", "application/zip")),
        "there is a file of a kind that the gate cannot look into",
    ),
    "a file that is not what it says": (
        add(picture(b"GIF89a", "image/png")),
        "there is a file of a kind that the gate cannot look into",
    ),
    "a file in a style": (
        add("<style>p {background: url(data:image/gif,x)}</style>"),
        "there is a file of a kind that the gate cannot look into",
    ),
}


@pytest.mark.parametrize("leak", UNSEEN)
def test_what_a_reader_does_not_see_is_found(leak):
    mutate, said = UNSEEN[leak]
    assert said in faults(mutate(sound_page()))


HIDDEN_COUNT = counted("appointed", "BME")
DERIVED_AND_HIDDEN = derived("[c]", key("shortlisted", "BME"), key("appointed", "BME"))
NUMBERS = {
    "a count without a key": (put(END_OF_ROW, f"{END_OF_ROW}<td>3</td>"), NO_KEY),
    "a count in a row's name": (put('"row">BME', '"row">BME (3)'), "table 1, row 3, column 1: a number has no key"),
    "a total in a footer": (
        put("</table>", "<tfoot><tr><td>2,037</td></tr></tfoot></table>"),
        "table 1, row 5, column 1: a number has no key",
    ),
    "a count that was not released so": (
        put(">60<", ">61<"),
        f"table 1, row 2, column 4: what it says is not what was released under {key('appointed', 'White')}",
    ),
    "a hidden count": (
        put(HIDDEN_COUNT, HIDDEN_COUNT.replace("[c]", "3")),
        f"table 1, row 3, column 4: what it says is not what was released under {key('appointed', 'BME')}",
    ),
    "a hidden count that reads otherwise": (
        put(HIDDEN_COUNT, HIDDEN_COUNT.replace("[c]", "no posts")),
        f"table 1, row 3, column 4: what it says is not what was released under {key('appointed', 'BME')}",
    ),
    "a key that was not released": (
        put(key("applied", "BME"), "ashbourne/2025-26/applied/BME/9"),
        "table 1, row 3, column 2: nothing was released under ashbourne/2025-26/applied/BME/9",
    ),
    "two keys for one count": (
        put(f'data-key="{key("applied", "White")}"', f'data-key="{key("applied", "White")} {key("applied", "BME")}"'),
        "table 1, row 2, column 2: a released number has one key, and no other number is worked out in its cell",
    ),
    "a figure worked out from a hidden count": (
        put(DERIVED_AND_HIDDEN, DERIVED_AND_HIDDEN.replace("[c]", "1.32 (0.9 to 1.8)")),
        f"table 2, row 2, column 3: it is worked out from {key('appointed', 'BME')}, which is hidden, "
        "and so must read [c]",
    ),
    "a percentage from raw": (
        put(f">{SHARE}<", ">25.5%<"),
        "table 2, row 2, column 2: the share is not that of the numbers released under "
        f"{key('applied', 'BME')} and {key('shortlisted', 'BME')}",
    ),
    "n in a caption": (put(CAPTION, f"{CAPTION}, n = 2,037"), "a table's caption holds a number"),
    "a total in a footnote": (
        put(NOTE, f"{NOTE} All: 63 people."),
        "the note below a table holds a number that is not in it",
    ),
    "a count in an alternative text": (
        put(ALT, f"{ALT} BME: 3 people."),
        "an alternative text or title holds a number of people that is in no table",
    ),
    "a count in a title": (
        put("<h1>", '<h1 title="3 people">'),
        "an alternative text or title holds a number of people that is in no table",
    ),
    "a count in a chart's title": (
        in_picture("</svg>", "<title>3 people</title></svg>"),
        "an alternative text or title holds a number of people that is in no table",
    ),
    "a count in a chart": (
        in_picture(DRAWN, "BME: 1% (3 of 207)"),
        "the words of a chart hold a number of people that is in no table",
    ),
}


@pytest.mark.parametrize("leak", NUMBERS)
def test_a_number_that_the_ledger_does_not_account_for_is_found(leak):
    mutate, said = NUMBERS[leak]
    assert faults(mutate(sound_page())) == [said]


def test_a_sound_page_has_no_fault():
    assert faults(sound_page()) == []
    assert ALT in sound_page()
    assert HIDDEN_COUNT in sound_page()
    assert ">no posts<" in sound_page()


def test_the_words_that_stand_in_place_of_a_share_of_a_few_are_no_count():
    assert faults(put(ALT, f"{ALT} BME: under 20 people.")(sound_page())) == []
    assert faults(put(ALT, f"{ALT} BME: under 30 people.")(sound_page())) != []


def test_a_plain_picture_is_no_fault():
    assert faults(add(picture(png(), "image/png"))(sound_page())) == []


@pytest.mark.parametrize("text", ["25.8%", "25.7%", "25.78%", "25.77%", "26%", "25%"])
def test_a_share_may_be_rounded_or_rounded_down_to_any_place(text):
    assert faults(put(f">{SHARE}<", f">{text}<")(sound_page())) == []


@pytest.mark.parametrize("text", ["25.9%", "25.6%", "24%", "27%", "25.79%", "under 0.1%"])
def test_no_other_share_passes(text):
    (said,) = faults(put(f">{SHARE}<", f">{text}<")(sound_page()))
    assert "the share is not that of the numbers released" in said


def test_a_page_takes_no_part_in_the_ledger_without_one():
    assert unaccounted(put(END_OF_ROW, "<td>3</td>")(sound_page()), None) == []


def test_a_name_may_hold_digits_where_it_is_named():
    html = put('"row">BME', '"row">Age 50 Plus')(sound_page())
    assert unaccounted(html, LEDGER) == ["table 1, row 3, column 1: a number has no key"]
    assert unaccounted(html, LEDGER, named=["Age 50 Plus"]) == []


def test_no_message_repeats_what_it_found():
    planted = put(CAPTION, f"{CAPTION} 4711 {CANARY} /srv/audits/lambeth amsterdam")(sound_page())
    said = " ".join(faults(planted))
    assert said
    assert not any(found in said for found in ("4711", "CANARY", "lambeth", "amsterdam"))


def test_a_machine_is_known_by_its_folders_and_by_a_user_whose_name_is_no_common_word(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "amsterdam")
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.setenv(name, "black")
    here = Machine.here(Path("/srv/audits/lambeth"))
    assert {"/srv/audits/lambeth", str(Path.home())} <= {*here.paths}
    assert here.users == ("amsterdam",)

"""Each leak, planted in a sound page, and caught."""

import base64
import gzip
import re
import struct
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest

from lt_analysis.reporting.gate.page import leaks
from lt_analysis.reporting.gate.traces import Machine
from tests.reporting.gate.sound import CAPTION, DRAWN, FINDING, MACHINE, NOTE, sound_page, texts_of_sound

CANARY = "CANARY-nonesuch-hospitals-A000123"
IDENTIFIER = "there is an identifier from the returns"
PACKED_IDENTIFIER = f"{IDENTIFIER}, in a part that has to be decoded"
HIDDEN_ELEMENT = "there is an element that is hidden"
SCRIPT = "there is a script, or data in the place of one"
ABOUT_ITS_MAKING = "a picture says when, how or by whom it was made"
OWN_DATA = "an element carries data that is not a figure's own"
MACHINERY = "there is a word of what ran the notebook, or a warning"
KEY = "ashbourne/2025-26/{}/8+"
END_OF_ROW = re.search(rf'<td[^>]*"went_on {re.escape(KEY.format("appointed/White"))}"[^>]*>.*?</td>', sound_page())[0]
NOT_AS_RELEASED = "what {} says of {} is not what the release holds"


def faults(html: str) -> list[str]:
    return [*leaks(html, MACHINE), *texts_of_sound(html)]


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
        put(END_OF_ROW, f'{END_OF_ROW}<td hidden data-key="{KEY.format("applied/BME")}">120</td>'),
        HIDDEN_ELEMENT,
    ),
    "a column that is not read out": (put(END_OF_ROW, f'{END_OF_ROW}<td aria-hidden="true">x</td>'), HIDDEN_ELEMENT),
    "a number that is not read out": (add('<p><span aria-hidden="true">3</span> Late</p>'), HIDDEN_ELEMENT),
    "several signs that are not read out": (add('<p><span aria-hidden="true">▲■</span></p>'), HIDDEN_ELEMENT),
    "an element within a sign": (add('<p><span aria-hidden="true"><b>▲</b></span></p>'), HIDDEN_ELEMENT),
    "a column that collapses": (
        put('<tr role="row">', '<col style="visibility: collapse"><tr role="row">'),
        HIDDEN_ELEMENT,
    ),
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
    "an attribute of data": (put("<h1 ", '<h1 data-raw="3" '), OWN_DATA),
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


HIDDEN_KEY = "partnership/2025-26/appointed/BME/8a"
HIDDEN_COUNT = f'data-key="{HIDDEN_KEY}"'
LOOSE = "a text in <{}> names no figure, and stands nowhere as it is"
NUMBERS = {
    "a count without a key": (put(END_OF_ROW, f"{END_OF_ROW}<td>3</td>"), LOOSE.format("td")),
    "a count in a row's name": (put('scope="row">BME<', 'scope="row">BME (3)<'), LOOSE.format("th")),
    "a total in a footer": (
        put("</table>", "<tfoot><tr><td>2,037</td></tr></tfoot></table>"),
        LOOSE.format("td"),
    ),
    "a count that was not released so": (
        put(">1,440<", ">1,441<"),
        NOT_AS_RELEASED.format("count", KEY.format("applied/White")),
    ),
    "a hidden count": (
        lambda html: re.sub(rf"(<td[^>]*{HIDDEN_KEY}[^>]*>).*?</td>", r"\g<1>3</td>", html),
        NOT_AS_RELEASED.format("count", HIDDEN_KEY),
    ),
    "a hidden count that reads otherwise": (
        lambda html: re.sub(rf"(<td[^>]*{HIDDEN_KEY}[^>]*>).*?</td>", r"\g<1>no posts</td>", html),
        NOT_AS_RELEASED.format("count", HIDDEN_KEY),
    ),
    "a shown count that is hidden": (
        put(">1,440<", ">[c]<"),
        NOT_AS_RELEASED.format("count", KEY.format("applied/White")),
    ),
    "a key that was not released": (
        put(f'data-key="{KEY.format("applied/White")}"', 'data-key="ashbourne/2025-26/applied/White/9"'),
        NOT_AS_RELEASED.format("count", "ashbourne/2025-26/applied/White/9"),
    ),
    "two keys for one count": (
        put(
            f'data-key="{KEY.format("applied/White")}"',
            f'data-key="{KEY.format("applied/White")} {KEY.format("applied/BME")}"',
        ),
        NOT_AS_RELEASED.format("count", f"{KEY.format('applied/White')} {KEY.format('applied/BME')}"),
    ),
    "a percentage from raw": (
        put(">50%<", ">51%<"),
        NOT_AS_RELEASED.format("went_on", KEY.format("shortlisted/White")),
    ),
    "n in a caption": (
        put(f">{CAPTION}<", f">{CAPTION}, n = 2,037<"),
        NOT_AS_RELEASED.format(":shares_who_went_on", "ashbourne"),
    ),
    "a total in a footnote": (put(NOTE, f"{NOTE} All: 63 people."), LOOSE.format("p")),
    "a count in an alternative text": (
        put(f'alt="{FINDING}', f'alt="{FINDING} BME: 3 people.'),
        "an alternative text is not that of the caption",
    ),
    "a count in a title": (
        put("<h1 ", '<h1 title="3 people" '),
        "what is said in title is neither static nor its element's own text",
    ),
    "a count in a chart's words": (
        in_picture(DRAWN, "12 (3 of 207)"),
        "the words of a chart are not those of its table",
    ),
    "another direction in a chart's words": (
        in_picture(DRAWN, f"{DRAWN}, below"),
        "the words of a chart are not those of its table",
    ),
    "a table that adds up others": (
        put('data-members="ashbourne beeches cedars"', 'data-members="ashbourne beeches"'),
        "a table adds up other organisations than it says",
    ),
}


@pytest.mark.parametrize("leak", NUMBERS)
def test_a_number_that_the_release_does_not_account_for_is_found(leak):
    mutate, said = NUMBERS[leak]
    html = mutate(sound_page())
    assert html != sound_page()
    assert said in faults(html)


def test_a_sound_page_has_no_fault():
    assert faults(sound_page()) == []
    assert HIDDEN_COUNT in sound_page()


def test_a_plain_picture_is_no_fault():
    assert faults(add(picture(png(), "image/png"))(sound_page())) == []


def test_no_message_repeats_what_it_found():
    planted = put(f">{CAPTION}<", f">{CAPTION} 4711 {CANARY} /srv/audits/lambeth amsterdam<")(sound_page())
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

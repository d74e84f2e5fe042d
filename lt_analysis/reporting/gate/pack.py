"""What a printed pack must be to be published: tagged, bookmarked, small enough, and silent about who made it.

What it says is checked before it is printed, as the page that it is.
"""

import re
import zlib
from collections.abc import Iterator

from lt_analysis.reporting.gate.traces import Machine, traces

# A pack is sent by e-mail: messages of 10 MB are taken nearly everywhere (unverified), of which a quarter is encoding.
LARGEST_PACK = 5_000_000  # bytes
NEEDED = {
    rb"/StructTreeRoot\b": "the pack is not tagged for screen readers",
    rb"/Marked true\b": "the pack is not tagged for screen readers",
    rb"/Outlines\b": "the pack has no bookmarks",
    rb"/Lang \(en-GB\)": "the pack does not say its language",
    rb"/Title\b": "the pack has no title",
}
UNWANTED = {
    rb"/(?:Author|Subject|Keywords|Company)\b": "the pack says who or what made it",
    rb"/(?:CreationDate|ModDate)\b": "the pack says when it was made",
    rb"/(?:URI|Launch|GoToR|SubmitForm)\b": "a link leads outside the pack",
    rb"/(?:JavaScript|JS|OpenAction|AA)\b": "the pack holds a script",
    rb"/(?:EmbeddedFiles?|Filespec|ObjStm|Encrypt|AcroForm|Metadata)\b": "the pack holds something that cannot be seen",
}
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
TEXT = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
WIDE_TEXT = re.compile(rb"<FEFF([0-9A-Fa-f]+)>")


def pdf_faults(pdf: bytes, machine: Machine) -> list[str]:
    """Return what makes a printed pack unfit to be published; empty where it is fit."""
    plain = STREAM.sub(b"", pdf)
    too_large = f"the pack is larger than {LARGEST_PACK:,} bytes: name fewer organisations"
    faults = [too_large] if len(pdf) > LARGEST_PACK else []
    faults += [fault for pattern, fault in NEEDED.items() if not re.search(pattern, plain)]
    faults += [fault for pattern, fault in UNWANTED.items() if re.search(pattern, plain)]
    faults += [fault for text in (*_texts(plain), *_streams(pdf)) for fault in traces(text, machine)]
    return list(dict.fromkeys(faults))


def _texts(plain: bytes) -> Iterator[bytes]:
    """Yield the texts that stand beside the sheets: titles, alternative texts, names of places."""
    yield b"\n".join(text.replace(b"\\", b"") for text in TEXT.findall(plain))
    wide = (bytes.fromhex(text.decode()).decode("utf-16-be", errors="replace") for text in WIDE_TEXT.findall(plain))
    yield "\n".join(wide).encode("utf-8", errors="replace")


def _streams(pdf: bytes) -> Iterator[bytes]:
    """Yield what the file holds packed, opened; what cannot be opened, as it is."""
    for stream in STREAM.findall(pdf):
        try:
            yield zlib.decompressobj().decompress(stream)
        except zlib.error:
            yield stream

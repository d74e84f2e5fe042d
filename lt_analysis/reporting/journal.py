"""What became of every page that was tried, a line of JSON each; the last line of a page says how it stands."""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from lt_analysis.codebook.folders import Folders


@dataclass(frozen=True)
class Journal:
    """The journal of a project, to which lines are only ever added."""

    folders: Folders

    @property
    def file(self) -> Path:
        """Where it is; only its owner can read it."""
        return self.folders.processed / "pages.jsonl"

    def write(self, **line: object) -> None:
        """Add a line, whole: what a killed run leaves of one is passed over when the journal is read."""
        text = json.dumps(line) + "\n"
        with os.fdopen(os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", buffering=0) as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                text = text if file.read(1) == b"\n" else f"\n{text}"
            file.write(text.encode())

    @cached_property
    def last(self) -> dict[str, dict]:
        """The last line of each page, by its path from the project's folder, as it was when first asked."""
        found = {}
        for text in self.file.read_bytes().split(b"\n") if self.file.exists() else ():
            try:
                line = json.loads(text)
                found[line["page"]] = line
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def stands(self, page: Path, made_from: str) -> bool:
        """Say whether a page is in place just as it was made from this very material."""
        line = self.last.get(str(page.relative_to(self.folders.root)), {})
        return (
            line.get("made_from") == made_from
            and page.is_file()
            and line.get("sha256") == _fingerprint(page.read_bytes())
        )

    def repeat(self, page: Path, verdict: str) -> None:
        """Note that a page stands as it was made, and was left alone now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = self.last[str(page.relative_to(self.folders.root))]
        self.write(**line | {"verdict": verdict, "at": now, "kernel": "", "seconds": 0})

    def amend(self, page: Path, before: str, after: str) -> None:
        """Note that a page that stood as it was made now says something else of what stands beside it."""
        line = self.last.get(str(page.relative_to(self.folders.root)), {})
        if line.get("sha256") == _fingerprint(before.encode()):
            self.write(**line | {"sha256": _fingerprint(after.encode())})


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

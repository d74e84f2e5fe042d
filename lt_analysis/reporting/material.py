"""What pages are made from: notebooks and the files that they read, carried to wherever a page is made.

A page is made in a folder that holds these and nothing else. So what it was made from is known, and a page need be
made again only where that has changed.
"""

import hashlib
import json
import platform
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Self

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.made_by import code_fingerprint
from lt_analysis.reporting.cleanup import own_prefix


@dataclass(frozen=True)
class Material:
    """Files by their path from the project's folder, in order of the alphabet."""

    files: tuple[tuple[str, bytes], ...]

    @classmethod
    def gather(cls, folders: Folders, reads: Iterable[Path]) -> Self:
        """Take all notebooks, without what they last showed, and each file that is named or is in a folder that is."""
        notebooks = {path: bare(path) for path in folders.notebooks.rglob("*.ipynb")}
        files = [(path, content) for path, content in notebooks.items() if content is not None]
        for place in set(reads):
            inside = [place] if place.is_file() else place.rglob("*")
            files += [(path, path.read_bytes()) for path in inside if path.is_file()]
        return cls(tuple(sorted((path.relative_to(folders.root).as_posix(), content) for path, content in files)))

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of each file."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.files}

    def fingerprint(self, place: str = "") -> str:
        """Return the fingerprint of a file, or of all that stands in a folder; without a name, of everything."""
        inside = f"{place}/" if place else ""
        return digest(
            {name: one for name, one in self.fingerprints.items() if name == place or name.startswith(inside)}
        )

    def put_into(self, folder: Path) -> None:
        """Lay the files out in a folder, as in the project, for their owner alone."""
        for name, content in self.files:
            path = folder / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(content)


def bare(notebook: Path) -> bytes | None:
    """Return a notebook without outputs and pictures: what an analyst saved is no part of a page, and may be exact.

    Nothing of a file that cannot be read as a notebook, or is the copy that JupyterLab keeps of one.
    """
    if ".ipynb_checkpoints" in notebook.parts:
        return None
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        content.get("metadata", {}).pop("widgets", None)
        for cell in content["cells"]:
            cell.pop("attachments", None)
            if cell.get("cell_type") == "code":
                cell |= {"outputs": [], "execution_count": None}
        return json.dumps(content, ensure_ascii=False).encode()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


_laid_out: dict[tuple[str, Path | None], tempfile.TemporaryDirectory] = {}


def laid_out(material: Material, within: Path | None) -> Folders:
    """Return a project's folder that holds the material and nothing else, in `within` where that is given.

    A process keeps the last one that it made, for the pages of a batch are made from the same.
    """
    key = material.fingerprint(), within
    if key not in _laid_out:
        for old in list(_laid_out):
            _laid_out.pop(old).cleanup()
        folder = tempfile.TemporaryDirectory(dir=within, prefix=own_prefix())
        material.put_into(Path(folder.name))
        _laid_out[key] = folder
    return Folders(Path(_laid_out[key].name))


@cache
def versions() -> dict[str, str]:
    """Return the fingerprint of the audit's own code, the version of Python, and a fingerprint of all packages."""
    # By the names of their folders (PEP 376): a package and its version. To read what each says of itself, as
    # importlib.metadata does, takes a quarter of a second in every process.
    packages = sorted({one.name for place in sys.path for one in Path(place).glob("*.dist-info")})
    return {"code": code_fingerprint(), "python": platform.python_version(), "packages": digest(packages)}


def digest(content: object) -> str:
    """Return the fingerprint (SHA-256) of lists, texts and numbers."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

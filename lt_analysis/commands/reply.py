"""What `reply` writes: for each organisation what the report says of its own actions, to be replied to beforehand."""

from collections.abc import Iterator
from pathlib import Path

from lt_analysis.codebook.folders import Folders, owner_only, whole_or_not_at_all
from lt_analysis.release.figures import Release
from lt_analysis.rendering.csv_links import as_csv
from lt_analysis.rendering.delivery import to_reply
from lt_analysis.rendering.delivery_figures import Delivered
from lt_analysis.rendering.figure import own

FILE = "reply.csv"


def write_to_reply(folders: Folders, release: Release) -> Iterator[Path]:
    """Write a file for each organisation that pledged an action, beside its own pages, and yield its path."""
    for figures in own(release):
        if rows := to_reply(Delivered(release, figures.slug)):
            for folder in (folders.processed, folders.restricted, folders.restricted / str(release.quarter)):
                owner_only(folder)
            path = owner_only(folders.restricted / str(release.quarter) / figures.slug) / FILE
            with whole_or_not_at_all(path, mode=0o600) as unfinished:
                unfinished.write_bytes(as_csv(rows))
            yield path

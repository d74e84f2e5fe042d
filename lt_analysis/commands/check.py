"""What `check` says of one organisation's returns."""

from collections.abc import Iterator
from datetime import date

import duckdb

from lt_analysis.codebook.folders import Folders
from lt_analysis.collection.collect import collect_organisation
from lt_analysis.collection.organisation import FILE_NAME, Organisation
from lt_analysis.collection.personal import holds_a_personal_shape, marks_of
from lt_analysis.collection.proposing import propose, with_likely_name
from lt_analysis.collection.receipts import Receipt
from lt_analysis.commands.console import accounted, out


def check_one(connection: duckdb.DuckDBPyConnection, folders: Folders, slug: str) -> int:
    """Say what would be accepted of an organisation and what is wrong; return how much is wrong."""
    collected = collect_organisation(connection, folders, slug, until=date.max, keep=False)
    for receipt in collected.accepted:
        rows = f"{receipt.received:,} rows = {accounted(receipt.accepted, receipt.rejected, receipt.set_aside)}"
        out.print(f"✓ {receipt.found.file}: {rows}", markup=False)
        for remark in _remarks(receipt):
            out.print(f"  {remark}", markup=False)
    problems = [problem for receipt in collected.receipts for problem in receipt.problems]
    without_settings = not (folders.raw / slug / FILE_NAME).exists()
    refusals = collected.refusals[1:] if without_settings else collected.refusals
    for fault in (*(with_likely_name(folders, one) for one in refusals), *problems):
        out.print(f"✗ {fault}", markup=False)
    for warning in collected.warnings:
        out.print(f"! {warning}", markup=False)
    for said in _of_texts(collected.organisation):
        out.print(f"! {slug}/{FILE_NAME}: {said}", markup=False)
    if without_settings:
        out.print(f"✗ {slug}/{FILE_NAME}: there is no such file. Put there what follows, once it is filled in:")
        out.print(propose(folders, slug), markup=False)
    return len(collected.refusals) + len(problems)


def _of_texts(organisation: Organisation | None) -> Iterator[str]:
    """Say early what whoever approves an organisation's words in its settings will be asked to look at, or must not."""
    if organisation is None or organisation.invented:
        return
    published = organisation.already_published
    texts = {"name": organisation.name}
    texts |= {f"already_published.{name}": getattr(published, name) for name in ("posts", "source") if published}
    for setting, text in texts.items():
        if holds_a_personal_shape(text):
            yield f"setting {setting} has the shape of what reaches a person, so it can never be published. Change it"
        else:
            yield from (f"setting {setting} holds {mark}, and is published only if approved" for mark in marks_of(text))


def _remarks(receipt: Receipt) -> list[str]:
    """Say how a file was read where it was not read as it stood: nothing is passed over in silence."""
    remarks = [f"{remark[0].upper()}{remark[1:]}." for remark in receipt.read.remarks]
    remarks += [f"Row {line.row} was set aside: {line.why}." for line in receipt.read.set_aside]
    if receipt.left_out:
        remarks.append(f"Columns left out: {', '.join(receipt.left_out)}.")
    return remarks

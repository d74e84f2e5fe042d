"""An organisation's own page on its returns: what became of every row, what to mend, and what is worth a look."""

from lt_analysis.codebook.ethnicity import LEAST_KNOWN
from lt_analysis.codebook.words import GLOSSARY
from lt_analysis.release.figures import ITS_FOLDER, DataQuality, Finding, State
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.data_quality import KNOWN_ETHNICITY, OF_KNOWN
from lt_analysis.rendering.forms.phrases import NO_BREAK
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.numbers import part_of, whole
from lt_analysis.rendering.quality_charts import over_time_chart

NOTHING_READ = "There is no file that could be used, so there is nothing to tell."
WORDS = {
    "Rejected": "a row that is not counted until it is mended: it is of no known post, repeats another row, or is of a "
    "post that is set aside. The other rows of its file count.",
    "Refused": "a whole file that is not counted: it could not be read, or what is wrong with it could mislead.",
    "Post set aside": "a post of which no application is counted. Of one of them nobody can tell how far it came, or "
    "no row says what has to be known of the post.",
    "Set aside": "a line that is no row of the table: a title, a total or a note.",
    "Ethnicity known": KNOWN_ETHNICITY,
}


def heading(quality: DataQuality) -> Html:
    """Return the page's heading, under its marks."""
    return html.heading(f"Data quality: {quality.name}", html.marks(State.RESTRICTED, quality.invented), in_full=False)


def main_points(quality: DataQuality) -> Html:
    """Return what became of what was sent, and what there is to do."""
    return html.paragraphs(points(quality), "summary")


def points(quality: DataQuality) -> dict[str, str]:
    """Return the sentences of the main points, by the names of their cells."""
    return {
        "headline": _headline(quality),
        "missing": f"Nothing has been received for {', '.join(quality.missing)}." if quality.missing else "",
        "rows": _rows(quality),
        "unread": _rows_unread(quality),
        "aside": _posts_aside(quality),
        "odd": f"Worth a look, though nothing was rejected for it: {_things(len(quality.odd))}." if quality.odd else "",
        "known": _ethnicity_known(quality),
    }


def _headline(quality: DataQuality) -> str:
    rejected = sum(receipt.rejected for receipt in quality.receipts)
    if quality.refused:
        also = f", and {_rows_of(rejected)} rejected" if rejected else ""
        return f"Something that was sent could not be used{also}."
    if rejected:
        return f"{_rows_of(rejected)} rejected; everything else counts."
    return "Everything that was sent counts." if quality.receipts else "Nothing has been received."


def _things(number: int) -> str:
    return "1 thing" if number == 1 else f"{whole(number)} things"


def _rows_of(number: int) -> str:
    return "1 row was" if number == 1 else f"{whole(number)} rows were"


def _rows(quality: DataQuality) -> str:
    if not quality.receipts:
        return ""
    received, accepted, rejected, set_aside = (
        whole(sum(getattr(receipt, name) for receipt in quality.receipts))
        for name in ("received", "accepted", "rejected", "set_aside")
    )
    return (
        f"{received} rows were received in files that could be used: {accepted} accepted, {rejected} rejected and "
        f"{set_aside} set aside."
    )


def _rows_unread(quality: DataQuality) -> str:
    """Return how many rows count though something in them could not be read; empty of none."""
    unread = sum(receipt.unread for receipt in quality.receipts)
    if not unread:
        return ""
    hold = "1 of the accepted rows holds" if unread == 1 else f"{whole(unread)} of the accepted rows hold"
    return f"{hold} something that could not be read, and counts as not known."


def _posts_aside(quality: DataQuality) -> str:
    """Return of how many posts no row counts, because what has to be known of them could not be read; empty of none."""
    aside = sum(receipt.posts_aside for receipt in quality.receipts)
    if not aside:
        return ""
    posts = "1 post is" if aside == 1 else f"{whole(aside)} posts are"
    return f"{posts} set aside with all applications, because what has to be known of them could not be read."


def _ethnicity_known(quality: DataQuality) -> str:
    latest = next((figure for figure in quality.ethnicity if figure.period == quality.quarter), None)
    if latest is None or not latest.people:
        return ""
    return (
        f"Ethnicity is known of {whole(latest.known)} of {whole(latest.people)} applicants at Band 8 and above in "
        f"{latest.period.in_words} ({part_of(latest.known, latest.people)})."
    )


def coverage(quality: DataQuality) -> Html:
    """Return what the page covers and when the next is due."""
    return html.definitions(
        {
            "Covers": f"Everything that was sent for periods up to {quality.quarter.in_words} ({quality.quarter}), as "
            "it stands now. A file that was sent again takes the place of the one before.",
            "What is new": f"Returns for {quality.quarter.in_words}, and whatever was sent again since the last.",
            "Next figures": f"For {quality.quarter.next.in_words}, after that quarter has ended.",
        },
        "coverage",
    )


def files_table(quality: DataQuality) -> Html | Table:
    """What became of every row of every file that could be used."""
    if not quality.receipts:
        return html.paragraphs({"files": NOTHING_READ})
    rows = tuple(
        (
            _file_name(quality, receipt.file),
            tuple(
                Cell(f"{key}.{receipt.file}", whole(number))
                for key, number in (
                    ("received", receipt.received),
                    ("accepted", receipt.accepted),
                    ("rejected", receipt.rejected),
                    ("set-aside", receipt.set_aside),
                )
            ),
        )
        for receipt in quality.receipts
    )
    return Table("Rows of each file, latest first", ("File", "Received", "Accepted", "Rejected", "Set aside"), rows)


def _file_name(quality: DataQuality, file: str) -> str:
    """Return a file's name within the organisation's own folder; quarters are not broken in two."""
    period, _, name = file.removeprefix(quality.slug).strip("/").partition("/")
    return " ".join(part for part in (period.replace("-", NO_BREAK), name) if part) or ITS_FOLDER


def _nothing_to_tell(quality: DataQuality, key: str, sentence: str) -> Html:
    """Return that there is nothing to tell; of what was never read, that cannot be said."""
    return html.paragraphs({key: sentence if quality.receipts else NOTHING_READ})


def left_out_table(quality: DataQuality) -> Html | Table:
    """Which columns were sent that the audit does not use, and in how many files."""
    files: dict[str, list[str]] = {}
    for receipt in quality.receipts:
        for column in receipt.left_out:
            files.setdefault(column, []).append(receipt.file)
    if not files:
        return _nothing_to_tell(quality, "left-out", "Every column that was sent is used.")
    rows = tuple(
        (
            column,
            (
                Cell(f"left-out.{column}", whole(len(files_with_it))),
                Cell(f"left-out-last.{column}", _file_name(quality, files_with_it[0])),
            ),
        )
        for column, files_with_it in sorted(files.items())
    )
    return Table("Columns that the audit left out", ("Column", "Files", "Last in"), rows)


def refused_table(quality: DataQuality) -> Html | Table:
    """Which files could not be used at all, and why."""
    if not quality.refused:
        return html.paragraphs({"refused": "Every file could be used."})
    return _findings_table(quality, "Not used at all", "refused", quality.refused)


def rejected_table(quality: DataQuality) -> Html | Table:
    """What is wrong with rows, each fault of a file once, with the first rows that have it, and whether they count."""
    if not quality.rejected:
        return _nothing_to_tell(quality, "rejected", "Nothing is wrong with any row.")
    rows = tuple(
        (
            _file_and_column(quality, finding),
            (
                Cell(f"reason.{number}", finding.reason),
                Cell(f"remedy.{number}", finding.remedy),
                Cell(f"rows.{number}", whole(finding.rows)),
                Cell(f"first-rows.{number}", _first_rows(finding)),
                Cell(f"counts.{number}", "yes" if finding.counts else "no"),
            ),
        )
        for number, finding in enumerate(quality.rejected, start=1)
    )
    columns = ("File and column", "What is wrong", "How to mend it", "Rows", "First rows", "Counted")
    note = "A row with several faults stands under each of them. One that is counted keeps what could be read of it."
    return Table("What is wrong with rows, latest file first", columns, rows, note, said=(*columns[1:3], *columns[4:]))


def odd_table(quality: DataQuality) -> Html | Table:
    """What is worth a look, though nothing was rejected for it."""
    if not quality.odd:
        return _nothing_to_tell(quality, "odd", "Nothing more is worth a look.")
    return _findings_table(quality, "Worth a look, and counted", "odd", quality.odd)


def _findings_table(quality: DataQuality, caption: str, key: str, findings: tuple[Finding, ...]) -> Table:
    rows = tuple(
        (
            _file_and_column(quality, finding),
            (
                Cell(f"{key}-reason.{number}", finding.reason),
                Cell(f"{key}-remedy.{number}", finding.remedy),
            ),
        )
        for number, finding in enumerate(findings, start=1)
    )
    columns = ("File and column", "What was found", "What to do")
    return Table(caption, columns, rows, said=columns[1:])


def _file_and_column(quality: DataQuality, finding: Finding) -> str:
    return _file_name(quality, finding.file) + (f", column {finding.column}" if finding.column else "")


def _first_rows(finding: Finding) -> str:
    return ", ".join(map(str, finding.first_rows)) + (" …" if finding.rows > len(finding.first_rows) else "")


def known_chart(quality: DataQuality) -> Chart | Html:
    """Draw how completely ethnicity was known in each quarter."""
    table = known_table(quality)
    if not isinstance(table, Table):
        return html.note("No chart: no applicant at Band 8 and above is in any return.")
    return over_time_chart(quality.ethnicity, f"{quality.name}, its returns of recruitment", table)


def known_table(quality: DataQuality) -> Html | Table:
    """The counts behind the chart."""
    if not quality.ethnicity:
        return html.paragraphs({"applicants": "No applicant at Band 8 and above is in any return."})
    rows = tuple(
        (
            str(figure.period).replace("-", NO_BREAK),
            (
                Cell(f"applicants.{figure.period}", whole(figure.people)),
                Cell(f"known.{figure.period}", whole(figure.known)),
                Cell(
                    f"share.{figure.period}",
                    part_of(figure.known, figure.people) if figure.people else "nobody",
                ),
            ),
        )
        for figure in reversed(quality.ethnicity)
    )
    return Table(
        "Applicants at Band 8 and above whose ethnicity is known, latest first",
        ("Return", "Applicants", "Ethnicity known", "Share known"),
        rows,
        note=f"Below {LEAST_KNOWN:.0%}, ask whether the question is put to everybody, and early enough.",
        name=OF_KNOWN,
    )


def what_to_do(quality: DataQuality) -> Html:
    """Return where the whole list is, and who can mend what is in it."""
    sentences = {
        "findings": "Every single thing is in the spreadsheet data/processed/findings/"
        f"{quality.slug}/findings.xlsx, one line each, with its file, row and column. It repeats no cell but words "
        "that 5 rows or more hold in place of a code, so it may be passed on to whoever made the file.",
        "who": "Ask whoever made the file: usually the people who run the recruitment system. What a column may hold "
        "is in docs/returns.md; what an organisation's own words mean goes into its organisation.yml, once.",
        "send": "Mend it where the data is kept, not in the copy, and send the file again under the same name in the "
        "same place. lt-analysis check says beforehand whether it would be accepted.",
    }
    return html.paragraphs(sentences)


def glossary() -> Html:
    """Return the words of this page and what each means."""
    return html.definitions({"Applicants": GLOSSARY["Applicants"]} | WORDS, "glossary")

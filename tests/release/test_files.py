"""The releases on disk: for everybody, never changed, and had back from reports; the certificate for its owner."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from math import inf

import numpy as np
import pytest

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release import files
from lt_analysis.release.certificate import (
    people_counted,
    recount_lost,
    settle_certificates,
    worlds_of,
    write_certificate,
)
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import KNOWN, table
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of
from lt_analysis.release.publishing import decide

FIRST, SECOND = Quarter.parse("2025-26-Q4"), Quarter.parse("2026-27-Q1")
YEAR = "2025-26"


def people(appointed=3, year=YEAR, applied=90):
    sent = {"White": (applied, 40, 12), "BME": (60, 18, appointed)}
    return people_of(
        (Reached("ashbourne", year, FROM_APPLICATIONS, "8a", group, (*numbers,)) for group, numbers in sent.items()),
        RECRUITMENT,
    )


def decided(people_):
    cells = table("ashbourne", ("ashbourne",), YEAR, ("White", "BME", KNOWN), ("8a-8b", "8c+", "8+"), RECRUITMENT.keys)
    return decide(people_, cells, (), Ledger())


def edition(made, quarter=FIRST, place=1, **said):
    numbers = tuple(Published(cell, value, str(quarter), cell in made.no_posts) for cell, value in made.values.items())
    about = {"items": {}, "organisations": (), "actions": ()} | said
    return files.Edition(quarter, place, numbers, **about)


def release(folders, quarter=FIRST, people_=None, place=1):
    people_ = people_ or people()
    made = decided(people_)
    with files.written_release(folders, edition(made, quarter, place)) as fingerprint:
        write_certificate(folders, quarter, fingerprint, people_, made.certificate.worlds())
    settle_certificates(folders)
    return made


def paths(folders, quarter=FIRST):
    return [*sorted((folders.releases / str(quarter)).iterdir()), folders.certificates / f"{quarter}.parquet"]


def test_the_release_is_for_everybody_and_the_certificate_for_its_owner_alone(project):
    release(project)
    *public, owners = paths(project)
    assert [path.stem for path in public] == sorted(files.TABLES)
    assert {path.stat().st_mode & 0o777 for path in public} == {0o644}
    assert owners.stat().st_mode & 0o777 == 0o600
    assert owners.parent.stat().st_mode & 0o777 == 0o700


STANDING = files.Standing(
    "ashbourne", "Ashbourne", "council", True, "posts", YEAR, "complete", "", "", "none", None, "vacancy"
)
ACTION = files.PledgedAction("ashbourne", None, "Chair", None, date(2026, 5, 31), "done", date(2026, 5, 1))
ITEMS = {"ashbourne/2025-26-Q4/evidence/words": "some", "a/b/low": 0.0, "a/b/high": inf, "a/b/detectable": None}


def test_a_release_reads_back_as_it_was_written(project):
    said = edition(decided(people()), items=ITEMS, organisations=(STANDING,), actions=(ACTION,))
    with files.written_release(project, said):
        assert files.read_editions(project) == ()
    assert files.read_editions(project) == (said,)


def test_a_release_that_was_made_never_changes(project):
    release(project)
    other = edition(decided(people(appointed=9)))
    with (
        pytest.raises(FileExistsError, match="2025-26-Q4 was released, and a release never changes"),
        files.written_release(project, other),
    ):
        pass
    assert [path.name for path in project.releases.iterdir()] == [str(FIRST)]


def test_releases_come_in_the_order_in_which_they_were_made(project):
    release(project, SECOND, place=1)
    release(project, FIRST, place=2)
    assert [one.period for one in files.read_editions(project)] == [SECOND, FIRST]
    shutil.rmtree(project.releases / str(SECOND))
    with pytest.raises(RawDataError, match="2025-26-Q4 was release number 2, and of those before it only 0 are there"):
        files.read_editions(project)


def test_a_release_of_another_layout_or_without_a_table_is_refused_with_what_to_do(project, monkeypatch):
    monkeypatch.setattr(files, "FORMAT_VERSION", 4)
    release(project)
    monkeypatch.undo()
    with pytest.raises(RawDataError, match="laid out as version 4, and this code reads version 3. Use the code"):
        files.read_editions(project)
    shutil.rmtree(project.releases)
    release(project)
    (project.releases / str(FIRST) / "items.parquet").unlink()
    with pytest.raises(RawDataError, match="it lacks the table items. Put back what was published"):
        files.read_editions(project)


@pytest.mark.parametrize("spoil", ["another quarter's", "broken", "without a table", "pages alone"])
def test_a_copy_that_is_not_the_whole_release_of_its_report_is_never_put_back(project, spoil):
    release(project)
    files.copy_to_report(project, FIRST)
    report = project.reports / str(FIRST)
    shutil.rmtree(project.processed)
    match spoil:
        case "another quarter's":
            report = report.rename(project.reports / str(SECOND))
        case "broken":
            (report / "data" / "numbers.parquet").write_bytes(b"PAR1")
        case "without a table":
            (report / "data" / "actions.parquet").unlink()
        case "pages alone":
            shutil.rmtree(report / "data")
            (report / "index.html").write_text("<p>A page</p>")
    with pytest.raises(RawDataError, match=f"reports/{report.name}.*its release can be had from nowhere"):
        files.put_back(project)
    assert list(project.releases.iterdir()) == []


def test_a_copy_that_says_otherwise_than_the_release_is_not_written_over(project):
    release(project)
    files.copy_to_report(project, FIRST)
    shutil.rmtree(project.processed)
    release(project, people_=people(applied=91))
    with pytest.raises(RawDataError, match="numbers.parquet: it is not what data/processed/releases has"):
        files.copy_to_report(project, FIRST)


def test_no_word_of_an_organisation_is_a_formula_in_the_copy_for_readers(project):
    said = edition(decided(people()), actions=(replace(ACTION, action='=HYPERLINK("http://x")'),))
    with files.written_release(project, said):
        pass
    files.copy_to_report(project, FIRST)
    (row,) = csv.DictReader((project.reports / str(FIRST) / "data" / "actions.csv").read_text().splitlines())
    assert row["action"] == '\'=HYPERLINK("http://x")'
    assert files.read_editions(project) == (said,)


def test_a_report_has_all_of_its_release_from_which_a_lost_one_is_put_back(project):
    release(project)
    before = files.read_editions(project)
    files.copy_to_report(project, FIRST)
    assert sorted((project.reports / str(FIRST) / "data").iterdir()) == sorted(files.files_of_report(project, FIRST))
    assert files.put_back(project) == []
    shutil.rmtree(project.processed)
    assert files.put_back(project) == [str(FIRST)]
    assert files.read_editions(project) == before


def test_the_copy_for_readers_describes_every_column_and_has_each_number_by_its_key(project):
    made = release(project)
    files.copy_to_report(project, FIRST)
    data = project.reports / str(FIRST) / "data"
    described = list(csv.DictReader((data / "columns.csv").read_text().splitlines()))
    assert [(row["table"], row["column"]) for row in described] == [
        (name, column.name) for tables in (files.TABLES, files.APPENDED) for name in tables for column in tables[name]
    ]
    assert all(row["meaning"] for row in described)
    for name, columns in files.TABLES.items():
        heads = next(csv.reader((data / f"{name}.csv").read_text().splitlines()))
        assert heads == [column.name for column in columns]
    numbers = {row["key"]: row for row in csv.DictReader((data / "numbers.csv").read_text().splitlines())}
    assert {key: row["value"] for key, row in numbers.items()} == {
        str(cell.key): "" if value is None else str(value) for cell, value in made.values.items()
    }
    assert {row["state"] for row in numbers.values()} == {"shown", "hidden", "no posts"}


def test_people_read_back_from_a_certificate_as_they_were_counted(project):
    release(project)
    assert people_counted(project, files.read_editions(project)) == people()
    assert people_counted(project, ()).counts == {}


def test_worlds_read_back_from_a_certificate_are_those_that_prove_it(project):
    proof = release(project).certificate
    read = worlds_of(project, FIRST)
    atoms = proof.system.atoms
    assert len(read) == len(proof.protected.worlds) > 1
    for world, found in zip(proof.protected.worlds, read, strict=True):
        assert [found.get(atom, 0) for atom in atoms] == world.tolist()


def test_people_stay_as_they_were_counted_first(project):
    release(project)
    release(project, SECOND, people(appointed=9), place=2)
    counted = people_counted(project, files.read_editions(project))
    assert counted == people()
    assert people(appointed=9).replaced_by(counted) == people()


def test_the_ledger_holds_each_number_or_that_it_is_hidden_as_it_was_published(project):
    made = release(project)
    ledger = Ledger.of(files.read_editions(project))
    assert {entry.cell: entry.value for entry in ledger.entries} == made.values
    assert None in made.values.values()
    assert {entry.cell for entry in ledger.entries if entry.no_posts} == made.no_posts != set()


def test_a_release_that_was_made_and_is_gone_stops_whoever_would_decide_anew(project):
    release(project)
    settle_certificates(project)
    shutil.rmtree(project.releases / str(FIRST))
    with pytest.raises(RawDataError, match="releases/2025-26-Q4 is gone. Put back what was published"):
        settle_certificates(project)


def test_a_run_that_was_killed_before_its_release_was_there_has_published_nothing(project):
    made = decided(people())
    with pytest.raises(KeyboardInterrupt), files.written_release(project, edition(made)) as fingerprint:
        write_certificate(project, FIRST, fingerprint, people(), made.certificate.worlds())
        raise KeyboardInterrupt
    settle_certificates(project)
    assert files.read_editions(project) == ()
    release(project)
    assert len(files.read_editions(project)) == 1


def test_the_certificate_of_a_run_that_was_killed_after_its_release_was_there_is_put_in_place(project):
    made = decided(people())
    with files.written_release(project, edition(made)) as fingerprint:
        write_certificate(project, FIRST, fingerprint, people(), made.certificate.worlds())
    assert not paths(project)[-1].exists()
    settle_certificates(project)
    assert people_counted(project, files.read_editions(project)) == people()


def test_where_a_certificate_is_gone_its_people_are_counted_anew_and_must_add_up_to_what_was_published(project):
    release(project)
    paths(project)[-1].unlink()
    editions = files.read_editions(project)
    assert people_counted(project, editions).counts == {}
    for wrong in (people(applied=91), People.nobody()):
        with pytest.raises(
            RawDataError, match="no longer add up to what was published: ashbourne/2025-26/applied/White/8a-8b"
        ) as found:
            recount_lost(project, editions, wrong)
        assert "run the latest quarter first" in found.value.remedy
    assert recount_lost(project, editions, people()) == [str(FIRST)]
    assert people_counted(project, editions) == people()
    paths(project)[-1].write_bytes(b"spoilt")  # which is as good as lost
    assert recount_lost(project, editions, people()) == [str(FIRST)]
    assert people_counted(project, editions) == people()
    assert recount_lost(project, editions, people(applied=91)) == []


def test_what_a_report_may_say_is_its_own_release_and_those_made_before_it(project):
    release(project, SECOND, place=1)
    release(project, FIRST, place=2)
    both = tuple(project.releases / str(quarter) for quarter in sorted((FIRST, SECOND), key=str))
    assert files.releases_until(project, str(FIRST)) == both
    assert files.releases_until(project, str(SECOND)) == (project.releases / str(SECOND),)
    assert files.releases_until(project, "2020-21-Q1") == ()


def test_the_same_people_give_the_same_bytes(project):
    release(project)
    before = [path.read_bytes() for path in paths(project)]
    shutil.rmtree(project.processed)
    release(project)
    assert [path.read_bytes() for path in paths(project)] == before


def test_the_release_is_the_same_in_every_world_of_its_certificate(project):
    """The pattern of what is hidden stays; the people are another world's, and the release is what it was."""
    made = release(project)
    (before,) = files.read_editions(project)
    system, hidden = made.certificate.system, made.certificate.protected.hidden
    worlds = made.certificate.protected.worlds
    for shown, same in ((~hidden, True), (np.ones_like(hidden), False)):
        for world in worlds:
            numbers = system.sums @ (system.counts + world)
            values = {
                cell: int(numbers[system.place[str(cell.key)]]) if shown[system.place[str(cell.key)]] else None
                for cell in made.values
            }
            assert (edition(replace(made, values=values)) == before) == same

"""Chromium prints the same bytes each time, listens on nothing, and is ended where it hangs."""

import io
import os
import stat
import threading
import time
from pathlib import Path

import psutil
import pypdf
import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.reporting import printing
from lt_analysis.reporting.gate.pack import pdf_faults
from lt_analysis.reporting.gate.traces import Machine
from tests.conftest import HERE
from tests.reporting.gate.sound import TITLE, sound_page


@pytest.fixture
def in_place_of_chromium(tmp_path, monkeypatch):
    """A program that takes Chromium's place: it does what the given line of a shell says."""

    def put(line):
        program = tmp_path / "bin" / "chromium"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    return put


def test_the_same_document_gives_the_same_bytes_with_bookmarks_and_tags(chromium):
    first = printing.printed(sound_page())
    time.sleep(1.1)  # a second in which the clock, and so the date that Chromium writes, moves on
    assert printing.printed(sound_page()) == first
    assert pdf_faults(first, Machine.here(HERE)) == []
    read = pypdf.PdfReader(io.BytesIO(first))
    assert read.outline[0]["/Title"] == TITLE
    assert read.metadata["/Creator"] == "lt_analysis"
    assert not {"/Author", "/CreationDate", "/ModDate"} & read.metadata.keys()


def test_elements_keep_their_order_when_they_are_numbered_anew():
    pdf = b"%PDF-1.4 (node00000081) [(node00000090)(node00000081)] (node00000085)"
    assert printing._same_each_time(pdf) == b"%PDF-1.4 (node00000001) [(node00000003)(node00000001)] (node00000002)"


def test_chromium_listens_on_nothing_while_it_prints(chromium):
    listening, seen, done = [], set(), threading.Event()

    def watch():
        me = psutil.Process()
        while not done.is_set():
            for child in me.children(recursive=True):
                try:
                    seen.add(child.name())
                    listening.extend(one for one in child.net_connections() if one.status == psutil.CONN_LISTEN)
                except psutil.Error:
                    continue

    watching = threading.Thread(target=watch)
    watching.start()
    printing.printed(sound_page())
    done.set()
    watching.join()
    assert any("chrom" in name for name in seen)
    assert listening == []


def test_no_command_opens_a_port_or_shares_a_profile(tmp_path):
    command = printing.command("chromium", tmp_path)
    assert not any("remote-debugging" in part for part in command)
    assert f"--user-data-dir={tmp_path / 'profile'}" in command
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in command


def test_its_folder_is_its_owners_only_and_is_gone_afterwards(in_place_of_chromium, tmp_path):
    noted = tmp_path / "noted"
    in_place_of_chromium(
        f'pwd > {noted}; stat -c %a . >> {noted}; echo "$HOME" >> {noted}; printf %%PDF-1.4 > pack.pdf'
    )
    assert printing.printed("x") == b"%PDF-1.4"
    folder, mode, home = noted.read_text().split()
    assert (mode, home) == (f"{stat.S_IRWXU:o}", folder)
    assert not Path(folder).exists()


def test_chromium_that_hangs_is_ended_with_all_that_it_started(in_place_of_chromium, monkeypatch):
    in_place_of_chromium("sleep 611 & sleep 611")
    monkeypatch.setattr(printing, "LONGEST_PRINT", 0.5)
    with pytest.raises(RawDataError, match="had not printed the pack after .* seconds, and was ended"):
        printing.printed("x")
    left = [one for one in psutil.process_iter(["cmdline", "status"]) if one.info["cmdline"] == ["sleep", "611"]]
    assert [one for one in left if one.info["status"] != psutil.STATUS_ZOMBIE] == []


@pytest.mark.parametrize("line", ["exit 1", "echo no pdf > pack.pdf"])
def test_chromium_that_fails_is_said_to(in_place_of_chromium, line):
    in_place_of_chromium(line)
    with pytest.raises(RawDataError, match="Chromium did not print the pack"):
        printing.printed("x")


def test_without_chromium_the_remedy_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RawDataError, match="not installed. Install it: make chromium"):
        printing.printed("x")

"""Whatever stands in an organisation's free fields arrives on its pages as text: inert, readable, in its own place."""

import io
import re

import pypdf
import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from lt_analysis.reporting.printing import printed
from tests.conftest import AWKWARD_ACTION, AWKWARD_NAMES, MARKUP, PERIOD

# That nothing runs, nothing is asked for and nothing is cut off is seen in `test_pages`, which visits a page of each.


@pytest.mark.parametrize("slug", AWKWARD_NAMES)
def test_a_name_reads_as_it_was_typed(awkward, browser, slug):
    typed = AWKWARD_NAMES[slug].replace("\u2069\u2069 end", "\u2069 end")
    for path in (awkward.page(slug), awkward.data_quality_page(slug)):
        page = browser.new_page()
        page.goto(path.as_uri())
        heading = page.text_content("h1")
        page.close()
        assert " ".join(typed.split()) in " ".join(heading.split())


# Where the letters after a name stand, beside one another on their line.
AFTER = """name => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.data.indexOf(name);
    if (place < 0) continue;
    const boxes = [];
    for (let letter = place + name.length; letter < node.data.length; letter++) {
      if (node.data[letter] === '\u2068') break;  // another text of its own direction
      const range = document.createRange();
      range.setStart(node, letter);
      range.setEnd(node, letter + 1);
      const box = range.getBoundingClientRect();
      if (box.width) boxes.push([node.data[letter], Math.round(box.top), box.left]);
    }
    found.push(boxes);
  }
  return found;
}"""


@pytest.mark.parametrize(("slug", "end"), [("avalon-gp-federation", "end\u2069"), ("published", "\u202ex\u2069")])
def test_what_follows_a_name_of_another_direction_runs_from_left_to_right(awkward, browser, slug, end):
    page = browser.new_page()
    page.goto(awkward.page(slug).as_uri())
    followed = [boxes for boxes in page.evaluate(AFTER, end) if len(boxes) > 3]
    page.close()
    assert followed
    for boxes in followed:
        for (_, line, left), (_, next_line, next_left) in zip(boxes, boxes[1:], strict=False):
            assert next_line != line or next_left > left


def test_hostile_words_of_an_action_arrive_as_words_on_the_page_in_the_spreadsheet_and_on_paper(awkward, chromium):
    words = AWKWARD_ACTION.replace("\u202e", "")  # what turns words round is taken out of a return when it comes in
    for page in (awkward.subject_page("delivery"), awkward.subject_page("delivery", "nonesuch-hospitals")):
        html = page.read_text(encoding="utf-8")
        read = BeautifulSoup(html, "html.parser")
        assert any(words == cell.get_text() for cell in read.find_all("td"))
        assert not read.select("[onerror], td script, td b, td img, td a[href^=javascript]")
        pdf = printed(html)
        assert not re.search(rb"/(?:JavaScript|JS|OpenAction|AA|Launch|URI) ?[(/<\[]", pdf)
        sheets = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)
        assert "".join(MARKUP.split()) in "".join(sheets.split())
    book = CalamineWorkbook.from_path(awkward.folders.reports / PERIOD / f"recruitment-{PERIOD}.xlsx")
    cells = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert words in {str(cell).replace("] (", "](") for cell in cells}

"""Whatever stands in an organisation's free fields arrives on its pages as text: inert, readable, in its own place."""

import pytest

from tests.conftest import AWKWARD_NAMES

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

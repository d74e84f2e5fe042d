"""Whatever stands in an organisation's free fields arrives on its pages as text: inert, readable, in its own place."""

import shutil

import pytest
import yaml

from tests import making
from tests.conftest import HERE, PERIOD, door, project_at
from tests.visiting import visit

MARKUP = (
    "<img src=x onerror=alert(1)></td></table><script>alert(1)</script>&amp;<b> {{ 7 * 7 }} {% raw %} $$x^2$$ $y$ "
    "\\(z\\) `code` **bold** [a](javascript:alert(1)) "
)
NAMES = {
    "markup": f"{MARKUP}{'and a long name ' * 8}"[:300].strip(),
    "direction": "Ashbourne \u202eneddih\u2066 rebmun 5\u2069\u2069 end",
    "unbroken": "n" * 300,
}
SOURCE = '<img src=x onerror=alert(2)> {{ 7 * 7 }} "\u202eecruos" BMJ 2021'
POSTS = "posts </td></table> {{ 8 * 8 }} \u202ex"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A finished quarter of organisations with such names, and of a published source with such words."""
    folders = project_at(tmp_path_factory.mktemp("hostile") / "project")
    for slug, name in NAMES.items():
        making.year_of_returns(folders, slug)
        making.two_bands(folders, slug, PERIOD)
        making.organisation(folders, slug, name=name)
    shutil.copytree(HERE / "data" / "raw" / "london-acute-medical", folders.raw / "published")
    settings = folders.raw / "published" / "organisation.yml"
    about = yaml.safe_load(settings.read_text(encoding="utf-8"))
    about["already_published"] |= {"source": SOURCE, "posts": POSTS}
    settings.write_text(yaml.safe_dump(about), encoding="utf-8")
    said = door(folders, "run", "--period", PERIOD)
    assert said.returncode == 0, said.stderr
    return folders


def pages(run):
    return sorted([*(run.reports / PERIOD).rglob("*.html"), *(run.restricted / PERIOD).rglob("*.html")])


@pytest.fixture(scope="module")
def visits(run, browser):
    return {path.relative_to(run.root): visit(browser, path, axe_at=()) for path in pages(run)}


def test_nothing_runs_nothing_is_asked_for_and_nothing_is_broken(visits):
    assert len(visits) == 2 * len(NAMES) + len(NAMES) + 3
    for seen in visits.values():
        assert (seen.said, seen.asked, seen.broken_images) == ((), (seen.url,), 0)


def test_nothing_is_cut_off_covered_or_outside(visits):
    found = [(path, place, what) for path, seen in visits.items() for place, what in seen.measured.items() if what]
    assert found == []
    assert [(path, seen.words_of_drawings) for path, seen in visits.items() if seen.words_of_drawings] == []


@pytest.mark.parametrize("slug", NAMES)
def test_a_name_reads_as_it_was_typed(visits, slug):
    typed = NAMES[slug].replace("\u2069\u2069 end", "\u2069 end")
    for path, seen in visits.items():
        if slug in path.parts:
            assert " ".join(typed.split()) in seen.headings[0]


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


@pytest.mark.parametrize(("slug", "end"), [("direction", "end\u2069"), ("published", "\u202ex\u2069")])
def test_what_follows_a_name_of_another_direction_runs_from_left_to_right(run, browser, slug, end):
    page = browser.new_page()
    page.goto((run.reports / PERIOD / slug / "recruitment.html").as_uri())
    followed = [boxes for boxes in page.evaluate(AFTER, end) if len(boxes) > 3]
    page.close()
    assert followed
    for boxes in followed:
        for (_, line, left), (_, next_line, next_left) in zip(boxes, boxes[1:], strict=False):
            assert next_line != line or next_left > left

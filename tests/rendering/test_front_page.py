from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import Release
from lt_analysis.rendering import front_page
from tests.rendering.test_sentences import beside, figures, half, hidden

SECOND = Quarter.parse("2026-27-Q2")


def test_the_front_page_counts_the_partnerships_organisations_and_its_examples_apart():
    release = Release(SECOND, (figures(), hidden(), figures(source="BMJ 2021", first_published="2026-27-Q2")))
    said = front_page.points(release)
    assert said["organisations"] == "1 of 2 organisations have figures that can be published."
    assert said["part"] == ""
    assert said["few"] == "1 had too few people to say without identifying someone."
    assert said["examples"] == "1 published example from elsewhere is shown too."


def test_an_organisation_of_which_one_stage_is_shown_is_counted_apart():
    said = front_page.points(Release(SECOND, (figures(), half(), hidden())))
    assert said["organisations"] == "2 of 3 organisations have figures that can be published."
    assert said["part"] == "For 1 of these, only one stage can be shown."
    sentence = front_page.sentence(half(first_hidden=True))
    assert sentence.startswith("Too few people to say without identifying someone. 5 of 25 appointments")
    assert "shortlists went" not in sentence


def test_an_organisations_sentence_gives_the_counts_of_both_stages():
    said = front_page.sentence(beside(49, 10))
    assert said.startswith("Fewer BME people shortlisted than equal chances usually give")
    assert "49 of 121 places on shortlists" in said
    assert "10 of 30 appointments" in said


def test_an_organisation_whose_page_could_not_be_made_is_named_without_a_link_or_a_figure():
    listed = front_page.organisations(Release(SECOND, (figures(),)), ["ashbourne"])._repr_html_()
    assert "Its page could not be made this quarter" in listed
    assert "href" not in listed
    assert "data-cell" not in listed


def test_the_page_on_returns_is_led_to_only_where_it_could_be_made():
    assert 'href="data-quality.html"' in front_page.data_quality([])._repr_html_()
    without = front_page.data_quality(["data quality"])._repr_html_()
    assert "href" not in without
    assert "could not be made this quarter" in without


def test_a_name_with_markup_in_it_arrives_as_text():
    listed = front_page.organisations(Release(SECOND, (figures(name="<script>x</script>"),)), [])._repr_html_()
    assert "<script>" not in listed

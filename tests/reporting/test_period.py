"""The pages of a period: an organisation's own lead to one another, and to none that it does not have."""

from lt_analysis.reporting.period import analyst_page, linked, own_data_quality_page, staff_page


def test_own_pages_lead_to_those_that_the_organisation_has(project):
    def page(kind, slug):
        return kind(project, "2026-27-Q2", slug, slug.title())

    own = [page(kind, "ashbourne") for kind in (analyst_page, own_data_quality_page, staff_page)]
    own += [page(kind, "beeches") for kind in (own_data_quality_page, analyst_page)]
    own.append(page(own_data_quality_page, "carlow"))
    recruitment = {"Recruitment": "recruitment.html"}
    of_staff, data_quality = {"Staff": "staff.html"}, {"Data quality": "data-quality.html"}
    assert [page.links for page in linked(own)] == [
        *(of_staff | data_quality, recruitment | of_staff, recruitment | data_quality),
        *(recruitment, data_quality),
        {},
    ]
    assert all(page.restricted for page in own)

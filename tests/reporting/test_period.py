"""The pages of a period: an organisation's own lead to one another, and to none that it does not have."""

from lt_analysis.reporting.period import DATA_QUALITY, STAFF, linked, own_page


def test_own_pages_lead_to_those_that_the_organisation_has(project):
    def page(kind, slug):
        return own_page(project, "2026-27-Q2", kind, slug, slug.title())

    own = [page(kind, "ashbourne") for kind in ("recruitment", DATA_QUALITY, STAFF)]
    own += [page(kind, "beeches") for kind in (DATA_QUALITY, "recruitment")]
    own.append(page(DATA_QUALITY, "carlow"))
    recruitment = {"Recruitment": "recruitment.html"}
    of_staff, data_quality = {"Staff": "staff.html"}, {"Data quality": "data-quality.html"}
    assert [page.links for page in linked(own)] == [
        *(of_staff | data_quality, recruitment | of_staff, recruitment | data_quality),
        *(recruitment, data_quality),
        {},
    ]
    assert all(page.restricted for page in own)

import pytest

from lt_analysis.codebook.pay import ALL_BANDS
from lt_analysis.collection.recognising.grades import recognise_grade


@pytest.mark.parametrize("band", ALL_BANDS)
def test_a_band_is_recognised_in_every_common_spelling(band):
    spellings = {band, band.upper(), f" {band} "}
    if band != "VSM":
        spellings |= {f"Band {band}", f"AfC {band.upper()}", f"AfC Band {band}", f"Agenda for Change Band {band}"}
        spellings |= {f"NHS AfC: Band {band}", f"Band{band}", f"AfC Grade {band}"}
    assert {text: recognise_grade(text) for text in spellings} == dict.fromkeys(spellings, band)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("XR08", "8a"),
        ("Grade 8A", "8a"),
        ("XN11", "8d"),
        ("XR12", "9"),
        ("NHS|XR08|Review Body Band 8 - Range A", "8a"),
        ("NHS|XR07|Review Body Band 7", "7"),
        ("NHS|XN09|Non Review Body Band 8 - Range B", "8b"),
        ("Band 8 - Range C", "8c"),
        ("Very Senior Manager", "VSM"),
        ("Consultant", "medical"),
        ("Band 8 and above", "8+"),
        ("8A+", "8+"),
    ],
)
def test_other_spellings(text, grade):
    assert recognise_grade(text) == grade


@pytest.mark.parametrize(
    "text",
    [
        *("Band 8", "8", "8e", "Band 10", "0", "8a-8b", "Band 8a/8b", "Band 7 - 8a", "XR13", "PO8", "Scale 6", ""),
        *(
            "NHS|XR08|Review Body Band 8 - Range B",
            "Consultant Nurse 8b",
            "78a",
            "Band 88a",
            "Director",
            "grade 8",
            "Grade 7",
        ),
    ],
)
def test_what_could_be_several_bands_or_none_is_left_to_the_organisation(text):
    assert recognise_grade(text) is None

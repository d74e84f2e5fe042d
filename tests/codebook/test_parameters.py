import pytest

from lt_analysis.codebook.parameters import only_parameters, refuse_unknown


def test_a_misspelt_parameter_is_named_with_the_known_ones():
    with pytest.raises(ValueError, match="'organisatoin' is not a parameter .* It takes: organisation, period"):
        only_parameters(["", '# Parameters\norganisatoin = "x"\nperiod = "latest"\n'], "organisation", "period")


def test_what_an_analyst_defines_in_other_cells_is_no_parameter():
    only_parameters(["", '# Parameters\nperiod = "latest"\n', "mine = 3"], "organisation", "period")


def test_known_parameters_pass():
    refuse_unknown(["period"], ["organisation", "period"])

"""The forms of a report, and of the organisations that a table of the partnership adds up."""

from collections.abc import Callable, Iterable, Mapping

from lt_analysis.codebook.ethnicity import LEAST_KNOWN
from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.periods import FinancialYear, parse_period
from lt_analysis.release.figures import Action, OrganisationFigures, Release, Status
from lt_analysis.rendering.figure import own
from lt_analysis.rendering.forms.phrases import day, listed, names_of, one_or_many, staff_year
from lt_analysis.rendering.measure_figures import Among, Beside, Decision, KnownShare, shares, shows_totals
from lt_analysis.rendering.numbers import part_of, whole
from lt_analysis.rendering.shown import Forms
from lt_analysis.rendering.staff_figures import placed_by_pay

MOST_NAMED = 3  # organisations of one kind; more are counted


def _if_any(number: int) -> str:
    """Write a number; nothing of none, for then nothing is said."""
    return whole(number) if number else ""


def _beside_a_range(release: Release) -> list[OrganisationFigures]:
    """Return the organisations of which a stage or both are set beside a range."""
    return [one for one in own(release) if any(not Decision(one, measure).instead for measure in STAGES)]


def _with_counts_alone(release: Release) -> list[OrganisationFigures]:
    """Return the others of which it is shown how many came through a stage."""
    ranged = _beside_a_range(release)
    return [one for one in own(release) if one not in ranged and any(Decision(one, stage).shown for stage in STAGES)]


def _with_totals(release: Release) -> list[OrganisationFigures]:
    return [organisation for organisation in own(release) if shows_totals(organisation)]


def _number_with_too_few(release: Release) -> int:
    shown = [*_beside_a_range(release), *_with_counts_alone(release)]
    return sum(one.status == Status.COMPLETE and one not in shown for one in own(release))


def _sent_actions(release: Release) -> list[OrganisationFigures]:
    return [organisation for organisation in own(release) if organisation.actions]


def _number_late(release: Release) -> int:
    return sum(len(organisation.late_actions) for organisation in _sent_actions(release))


def _all_are_newly_late(release: Release) -> bool:
    late = sum(len(organisation.late_actions) for organisation in own(release))
    return late > 1 and len(_newly_late(release)) == late


def _newly_late(release: Release) -> list[Action]:
    """Return the late actions that were not yet due at the end of the last report's quarter."""
    late = [action for organisation in release.organisations for action in organisation.late_actions]
    return [action for action in late if action.due_on >= release.earlier[0].last_day] if release.earlier else []


def _shown_shares(release: Release) -> list[KnownShare]:
    """Return the shares that are shown."""
    return [share for share in shares(release) if not share.instead]


def _newly_published(release: Release) -> list[OrganisationFigures]:
    """Return the organisations whose year is published here for the first time."""
    return [organisation for organisation in own(release) if organisation.first_published == str(release.quarter)]


def _newly_added_up(release: Release) -> list[OrganisationFigures]:
    """Return those of which several years added up are."""
    quarter = str(release.quarter)
    return [
        organisation
        for organisation in own(release)
        if any(table.first_published == quarter for table in organisation.together)
    ]


def _new_spans(release: Release) -> str:
    quarter = str(release.quarter)
    spans = [parse_period(table.span).in_words for table in release.partnership if table.first_published == quarter]
    return listed(spans) if spans else ""


def _few_or_many(organisations: list[OrganisationFigures]) -> str:
    return "none" if not organisations else "few" if len(organisations) <= MOST_NAMED else "many"


def _next_year(release: Release) -> FinancialYear:
    return FinancialYear(release.quarter.latest_complete_year.start + 1)


def _left_out(among: Among) -> str:
    if not among.left_out:
        return "none"
    span = "year" if among.table in among.release.years else "quarter"
    return f"{'few' if len(among.left_out) <= MOST_NAMED else 'many'} of {span}"


def _added_up(among: Among) -> str:
    number, everybody = len(among.table.members), len(among.everybody)
    return f"all {number} organisations" if number == everybody else f"{number} of {everybody} organisations"


def _sorted_names(among: Among, slugs: Iterable[str]) -> str:
    return ", ".join(sorted((among.everybody[slug] for slug in slugs), key=str.casefold))


OF_MEMBERS: Mapping[str, Callable[[Among], object]] = {
    "left_out": _left_out,
    "everybody": lambda among: "some" if among.left_out else "all",
    "added_up": _added_up,
    "members": lambda among: _sorted_names(among, among.table.members),
    "by_pay": lambda among: "some" if placed_by_pay(among) else "none",
    "by_pay_names": lambda among: listed([among.everybody[slug] for slug in placed_by_pay(among)]),
    "left_out_names": lambda among: _sorted_names(among, among.left_out),
    "members_alone": lambda among: ", ".join(among.alone),
    "members_number": lambda among: whole(len(among.table.members)),
}


FORMS: Mapping[type, Forms] = {
    Among: OF_MEMBERS,
    Beside: OF_MEMBERS,
    Release: {
        "year": lambda release: release.quarter.latest_complete_year,
        "year_in_words": lambda release: release.quarter.latest_complete_year.in_words,
        "quarter": lambda release: release.quarter,
        "staff_year_in_words": lambda release: staff_year(release),
        "year_before": lambda release: FinancialYear(release.quarter.latest_complete_year.start - 1),
        "next_quarter_in_words": lambda release: release.quarter.next.in_words,
        "next_year_due": lambda release: _next_year(release).quarters[-1].in_words,
        "earlier_in_words": lambda release: release.earlier[0].in_words if release.earlier else "",
        "own_number": lambda release: whole(len(own(release))),
        "ranged_number": lambda release: whole(len(_beside_a_range(release))),
        "ranged_are": lambda release: "is" if len(_beside_a_range(release)) == 1 else "are",
        "counts_alone": lambda release: "some" if _with_counts_alone(release) else "none",
        "counts_alone_number": lambda release: whole(len(_with_counts_alone(release))),
        "counts_alone_have": lambda release: "has" if len(_with_counts_alone(release)) == 1 else "have",
        "totals_number": lambda release: _if_any(len(_with_totals(release))),
        "few_number": lambda release: _if_any(_number_with_too_few(release)),
        "missing_number": lambda release: _if_any(len(release.lacking["missing"])),
        "refused_number": lambda release: _if_any(len(release.lacking["refused"])),
        "missing_quarter_number": lambda release: _if_any(len(release.lacking["missing.quarter"])),
        "refused_quarter_number": lambda release: _if_any(len(release.lacking["refused.quarter"])),
        "missing_names": lambda release: names_of(release.lacking["missing"]),
        "refused_names": lambda release: names_of(release.lacking["refused"]),
        "missing_quarter_names": lambda release: names_of(release.lacking["missing.quarter"]),
        "refused_quarter_names": lambda release: names_of(release.lacking["refused.quarter"]),
        "complete_number": lambda release: whole(
            sum(organisation.status == Status.COMPLETE for organisation in own(release))
        ),
        "late": lambda release: "unsent" if not _sent_actions(release) else one_or_many(_number_late(release)),
        "late_number": lambda release: whole(_number_late(release)),
        "actions_number": lambda release: whole(
            sum(len(organisation.actions) for organisation in _sent_actions(release))
        ),
        "sent_no_actions": lambda release: _if_any(len(own(release)) - len(_sent_actions(release))),
        "newly_late": lambda release: "all" if _all_are_newly_late(release) else one_or_many(len(_newly_late(release))),
        "newly_late_number": lambda release: whole(len(_newly_late(release))),
        "all_late_number": lambda release: whole(
            sum(len(organisation.late_actions) for organisation in release.organisations)
        ),
        "new_years": lambda release: _few_or_many(_newly_published(release)),
        "new_year_names": lambda release: names_of(_newly_published(release)),
        "new_year_number": lambda release: whole(len(_newly_published(release))),
        "new_several": lambda release: _few_or_many(_newly_added_up(release)),
        "new_several_names": lambda release: names_of(_newly_added_up(release)),
        "new_several_number": lambda release: whole(len(_newly_added_up(release))),
        "new_spans": lambda release: _new_spans(release),
        "shares_known": lambda release: "some" if _shown_shares(release) else "none",
        "known_shown": lambda release: whole(len(_shown_shares(release))),
        "known_enough": lambda release: whole(sum(share.enough for share in _shown_shares(release))),
        "least_known": lambda release: f"{LEAST_KNOWN:.0%}",
        "below_line_names": lambda release: ", ".join(
            f"{share.name} ({part_of(share.known, share.applicants)})"
            for share in _shown_shares(release)
            if not share.enough
        ),
        "fingerprint": lambda release: release.sha256,
        "code_version": lambda release: code_version(),
        "code_fingerprint": lambda release: code_fingerprint(),
        "last_day_before": lambda release: day(release.earlier[0].last_day) if release.earlier else "",
    },
}

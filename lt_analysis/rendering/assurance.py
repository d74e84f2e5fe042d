"""The words of an assurance statement: what a chart over time shows, what it does not, what is missing, what to ask.

They are said of a measure over time (`Watched`), of a slope of inequality and of a funnel. A statement never says why
something changed, nor that what does not change is good. Words for the evidence since the declared start are not here:
a measure that has them is drawn as dots alone.
"""

from lt_analysis.evidence.assurance import Ask, Assurance, Cannot, Missing, Shows, Variation, Watched
from lt_analysis.evidence.inequality import SlopeIndex
from lt_analysis.evidence.process_control import Why
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.metric_figures import OfPeriod
from lt_analysis.rendering.shown import Choice, Said, Template

_LATEST = "{latest_period}: {latest_value}"
FINDING = Choice(
    "watched_in_short",
    by="watched_finding",
    cases={
        "gap": "{latest_period}: no figure can be shown.",
        Shows.VALUES: f"{_LATEST}. Not enough is shown to say more.",
        Shows.WORDED: f"{_LATEST}.",
        "beside the year before, none": f"{_LATEST}; there is no year before to set it beside.",
        "beside the year before, same": f"{_LATEST}, as in the year before.",
        "beside the year before, higher": f"{_LATEST}, higher than {{latest_before}} in the year before.",
        "beside the year before, lower": f"{_LATEST}, lower than {{latest_before}} in the year before.",
        Shows.MEDIAN: f"{_LATEST}. Too few points to tell change from chance.",
        Shows.RANDOM: f"{_LATEST}. Chance alone could give such a line.",
        Shows.NOT_RANDOM: f"{_LATEST}. Chance alone rarely gives such a line.",
        Shows.USUAL: f"{_LATEST}, within the usual up and down.",
        Shows.EARLIER: f"{_LATEST}, within the usual up and down; earlier points are marked.",
        Shows.BETTER: f"{_LATEST}. An unusual change, for the better.",
        Shows.WORSE: f"{_LATEST}. An unusual change, for the worse.",
        Shows.CHANGED: f"{_LATEST}. An unusual change.",
    },
)
SHOWS = Choice(
    "watched_shows",
    by="watched_shows",
    cases={
        Shows.VALUES: "It shows values, and nothing about change.",
        Shows.WORDED: "It shows values. What they show together is said on this page in words of its own.",
        Shows.BESIDE_YEAR_BEFORE: "It shows each value beside the same part of the year before.",
        Shows.MEDIAN: "It shows {values_listed} and the median, {watched_centre}.",
        Shows.RANDOM: "It shows values about a median of {watched_centre}; chance alone could give such a line.",
        Shows.NOT_RANDOM: "It shows a line that chance alone rarely gives about a median of {watched_centre}.",
        Shows.USUAL: (
            "It shows the usual up and down: as things are, values lie from {latest_limits}, around {watched_centre}."
        ),
        Shows.EARLIER: (
            "It shows a change that usual up and down rarely gives; since then the latest point is as usual."
        ),
        Shows.BETTER: "It shows a change for the better that usual up and down rarely gives.",
        Shows.WORSE: "It shows a change for the worse that usual up and down rarely gives.",
        Shows.CHANGED: "It shows a change that usual up and down rarely gives.",
    },
)
CANNOT = Choice(
    "watched_cannot",
    by="watched_cannot",
    cases={
        Cannot.CHANGE: "It cannot tell whether anything changed.",
        Cannot.WHICH_WAY: "It cannot tell since when, nor why.",
        Cannot.GOOD: "It does not show that nothing changed, nor that things are well: what never changes may be bad.",
        Cannot.CAUSE: "It cannot tell why, nor whether it will last.",
        Cannot.REASON: "It cannot tell why.",
    },
)
TARGET = Choice(
    "watched_target",
    by="watched_target",
    cases={
        Assurance.PASS: "The target of {watched_goal} is met as things are: every usual value meets it.",
        Assurance.FAIL: "The target of {watched_goal} cannot be met as things are: no usual value reaches it.",
        Assurance.EITHER: "The target of {watched_goal} is met or missed by chance, as things are.",
        "changing": "Whether the target of {watched_goal} is kept cannot be told while things change.",
        "untold": "Whether the target of {watched_goal} is kept cannot be told without limits.",
    },
)
_MET = "Of {met_shown} shown, the target of {watched_goal} was met in {met_in}"
MET = Choice(
    "watched_met",
    by="watched_met",
    cases={
        "told": f"{_MET}; the latest is {{latest_value}}.",
        "rounded": f"{_MET}; the latest rounds to it, and does not meet it.",
        "no latest": f"{_MET}.",
    },
)
MISSING = {
    lacking: Choice(f"watched_lacks_{name}", by=f"lacks {lacking}", cases={"some": words})
    for lacking, name, words in (
        (Missing.HIDDEN, "hidden", "Not shown, so that nobody can be identified: {hidden_periods}."),
        (Missing.NOT_SENT, "returns", "Not sent: {periods_not_sent}."),
        (Missing.POINTS, "points", "Limits take a dozen points; so far: {points_number}."),
        (Missing.TARGET, "target", "No target is set, so nothing says what would be good enough."),
        (Missing.PARTNERS, "partners", "Organisations that are not in it: {partners_missing}."),
    )
}
ASK = Choice(
    "watched_ask",
    by="watched_ask",
    cases={
        Ask.LONGER_PERIODS: "Ask for longer periods, in which more people can be counted.",
        Ask.THE_RETURNS: "Ask when the returns that are missing will be sent.",
        Ask.WAIT: "Ask again when there are enough points.",
        Ask.SEASON: "Ask what differs from the same part of the year before.",
        Ask.WHAT_HAPPENED: "Ask what happened at that time.",
        Ask.WHO_ACTS: "Ask who is looking into it, and by when something will be done.",
        Ask.WILL_IT_LAST: "Ask what was done, and whether it will last.",
        Ask.CHANGE_THE_PROCESS: "Ask what will be done otherwise: waiting will not reach the target.",
        Ask.SURE_OF_TARGET: "Ask what would make it sure that the target is met.",
        Ask.SET_A_TARGET: "Ask what would be good enough, and by when.",
        Ask.KEEP: "Ask what keeps it so.",
        Ask.TWO_RATES: "Ask for the two rates behind the ratio.",
        Ask.THE_EVIDENCE: "Ask what those words rest on.",
    },
)
_MARKED_BY_CHANCE = (
    "While nothing changes, {chance_of_a_mark} such charts have a mark all the same, and {chance_of_the_latest} have "
    "one at the latest point."
)
_RUNS = (
    "The line across is the median. Of {runs_useful} points beside it {runs_longest} at most lie in a row on one side "
    "({runs_longest_usual} is usual at most), and the line crosses it {runs_crossings} times ({runs_fewest_usual} is "
    "usual at least). Chance alone breaks one of these rules in {chance_of_a_mark} such charts. "
)
RULE = Choice(
    "watched_rule",
    by="watched_rule",
    cases={
        "limits": (
            "The line across is the mean, and the dashed ones are its limits. A point is marked beyond a limit, where "
            "{rule_near} of {rule_together} lie near one, where {rule_trend} in a row rise or fall, or where "
            f"{{rule_shift}} lie on one side. {_MARKED_BY_CHANCE}"
        ),
        f"runs, {Why.FEW}": f"{_RUNS}There are too few points for limits.",
        f"runs, {Why.RATIO}": f"{_RUNS}A ratio of small counts jumps too far for limits.",
        f"runs, {Why.SMALL_COUNTS}": f"{_RUNS}Counts are too small for limits.",
        "median": "The line across is the median. There are too few points for any rule.",
        Why.HIDDEN: (
            "No line is drawn across: small numbers are among what is not shown, so a middle of the rest would be "
            "wrong."
        ),
        Why.NOT_KNOWN: "No line is drawn across: some periods are missing.",
        Why.SEASONS: "No line is drawn across: this goes up and down with the seasons.",
        Why.WORDED: "No line is drawn across and no rule applied: that would be a second verdict.",
    },
)
ON_YEAR = Choice(
    "watched_on_year",
    by="on_year_told",
    cases={"told": "Beside the year before: {on_year} (margin of error {on_year_low} to {on_year_high})."},
)
ANEW = Choice(
    "watched_anew",
    by="point_anew",
    cases={
        "told": "From {point_period} on, the line and its limits are calculated anew: {anew_reason}.",
        "awaiting": "From {point_period} on, the line and its limits are calculated anew; why is awaiting approval.",
    },
)
SINCE = Choice(
    "watched_since",
    by="watched_parts",
    cases={"several": "No rule crosses such a break, and what is said is of the quarters since the last."},
)
CUT = Choice(
    "watched_cut",
    by="watched_cut",
    cases={
        "low": "The lower limit is cut off where no value can lie.",
        "high": "The upper limit is cut off where no value can lie.",
        "both": "Both limits are cut off where no value can lie.",
    },
)
VARIATION_WORDS = {
    Variation.COMMON: "Usual up and down",
    Variation.BETTER_HIGH: "Better: unusually high",
    Variation.BETTER_LOW: "Better: unusually low",
    Variation.WORSE_HIGH: "Worse: unusually high",
    Variation.WORSE_LOW: "Worse: unusually low",
    Variation.NEITHER_HIGH: "Changed: unusually high",
    Variation.NEITHER_LOW: "Changed: unusually low",
}
ASSURANCE_WORDS = {
    Assurance.PASS: "Target met as things are",
    Assurance.FAIL: "Target not met as things are",
    Assurance.EITHER: "Target met or missed by chance",
}
SLOPE = Choice(
    "slope_in_words",
    by="slope_way",
    cases={
        "higher": (
            "From the most to the least deprived end the line goes {slope_size} higher (margin of error {slope_range})."
        ),
        "lower": (
            "From the most to the least deprived end the line goes {slope_size} lower (margin of error {slope_range})."
        ),
        "either": (
            "From the most to the least deprived end the line may go either way, or nowhere: its margin of error is "
            "{slope_range}, above nought where the least deprived have more."
        ),
        "bare higher": "From the most to the least deprived end the line goes {slope_size} higher.",
        "bare lower": "From the most to the least deprived end the line goes {slope_size} lower.",
    },
)
RELATIVE = Choice(
    "slope_as_a_ratio",
    by="slope_relative",
    cases={
        "given": (
            "The least deprived end is {slope_ratio} times the most deprived (margin of error {slope_ratio_range})."
        ),
        "bare": "The least deprived end is {slope_ratio} times the most deprived.",
    },
)
SLOPE_FINDING = Choice(
    "slope_finding",
    by="slope_way",
    cases={
        "higher": "Least deprived: {slope_size} higher than the most deprived.",
        "lower": "Least deprived: {slope_size} lower than the most deprived.",
        "either": "No slope can be told from the most to the least deprived.",
        "bare higher": "Least deprived: {slope_size} higher than the most deprived.",
        "bare lower": "Least deprived: {slope_size} lower than the most deprived.",
    },
)
FUNNEL_FINDING = Choice(
    "funnel_finding",
    by="funnel_beyond",
    cases={
        "none": "Of {funnel_number} {funnel_called} not one lies beyond the outer limits.",
        "one": "One of {funnel_number} {funnel_called} lies beyond the outer limits.",
        "many": "{funnel_beyond_number} of {funnel_number} {funnel_called} lie beyond the outer limits.",
    },
)
FUNNEL_HIDDEN = Choice(
    "funnel_hidden",
    by="funnel_hidden",
    cases={"some": "{funnel_called_first} that cannot be shown: {funnel_hidden_number}. They count in the line."},
)
FUNNEL_EXPECTED = Choice(
    "funnel_expectation",
    by="funnel_measured",
    cases={"rate": "The number expected is what its people would have at the rate of all together."},
)
FUNNEL_ALL = Template("funnel_all", "All of them together: {funnel_all}.")


def statement(watched: Watched, name: str) -> dict[str, str]:
    """Return what a chart shows, what it does not, its target, what is missing and what to ask, by their cells."""
    missing = Said.join(" ", (say(one, watched, name) for one in MISSING.values()))
    sentences = {"shows": SHOWS, "cannot": CANNOT, "met": MET, "target": TARGET, "ask": ASK}
    said = {cell: say(sentence, watched, name) for cell, sentence in sentences.items()}
    ask = said.pop("ask")
    return {cell: words for cell, words in (said | {"missing": missing, "ask": ask}).items() if words}


def how_to_read(watched: Watched, name: str) -> Said:
    """Return how to read a chart over time: its lines, its rules with their numbers, and what chance alone marks."""
    breaks = [OfPeriod(one, 0) for one in watched.segments if one.anew is not None]
    anew = [say(ANEW, one, f"{name}/{one.point.period}" if name else "") for one in breaks]
    return Said.join(" ", (*anew, *(say(one, watched, name) for one in (SINCE, RULE, ON_YEAR, CUT))))


def slope_in_words(index: SlopeIndex, name: str) -> Said:
    """Return the slope and the relative index of inequality in words, each with its direction and margin of error."""
    return Said.join(" ", (say(SLOPE, index, name), say(RELATIVE, index, name)))

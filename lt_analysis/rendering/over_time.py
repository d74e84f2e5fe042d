"""The evidence since the declared start on an analyst's page: its sentence, its chart, every look, other choices."""

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import people_of, white_over
from lt_analysis.codebook.protocol import Protocol, declared_protocol
from lt_analysis.codebook.words import MARGIN_OF_ERROR
from lt_analysis.evidence.appendix import Growing, SinceStart
from lt_analysis.release.figures import ExactQuarter
from lt_analysis.release.items import printed_range
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.evidence_charts import evidence_chart
from lt_analysis.rendering.evidence_items import item_sentence
from lt_analysis.rendering.forms.phrases import NO_BREAK
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.numbers import evidence, limits, whole

OF_LOOKS = "every-look"  # the name of the table whose e-values the chart draws
ONLY_TOTALS = "Only totals were sent, so evidence within vacancies cannot be gathered."


def growing_of(exact: ExactQuarter, stage: str) -> Growing | None:
    """Return the evidence of a stage since the start; None where only totals were sent."""
    return next((growing for growing in exact.appendix.growing if growing.measure.key == stage), None)


def since_start(exact: ExactQuarter, stage: str) -> Html:
    """Return what all posts since the declared start show at a stage, what they could show, and how many wait."""
    growing, protocol = growing_of(exact, stage), declared_protocol()
    if growing is None:
        return html.paragraphs({f"since.{stage}": ONLY_TOTALS})
    if not growing.looks:
        return html.paragraphs({f"since.{stage}": "The declared start is still to come."})
    said_of = {statement.look: statement.strength for statement in growing.said}  # the last thing said of each look
    latest = growing.looks[-1]
    item = next(item for item in exact.figures.evidence if item.stage == stage)
    before = said_of.get(latest.look.previous)
    changed = f"At the look before it was: {before}." if before and before != latest.strength.words else ""
    waiting = (
        f"Posts that closed in the last {protocol.lag_in_quarters} quarters, which wait, whatever came of them: "
        f"{whole(latest.waiting)}. Closed before the start: {whole(latest.too_early)}. Counted, with "
        f"nobody of either group {growing.measure.done}: {whole(latest.nobody_chosen)}."
    )
    alone = (
        "Each organisation's evidence alone is wrongly strong, at one stage or the other, at most 1 time in 20, so "
        f"among many organisations some may be. In the declared family ({protocol.family}) this one's "
        f"{'stands' if growing.stands else 'does not stand'}: of those that stand, at most 1 in 20 is wrong on average."
    )
    sentences = {
        "counts": _counts(growing, protocol),
        "since": " ".join(filter(None, (item_sentence(item, named=False), changed))),
        "family": alone,
        "waiting": waiting,
        "protocol": _declared(growing, protocol),
    }
    return html.paragraphs({f"{key}.{stage}": sentence for key, sentence in sentences.items()})


def _counts(growing: Growing, protocol: Protocol) -> str:
    known, within, measure = growing.likelihood, growing.within, growing.measure
    everybody = known.white_successful + known.group_successful
    counted = protocol.last_counted(growing.looks[-1].look)
    if not everybody:
        return f"No {measure.event} of people of known ethnicity since April {protocol.start.start} are counted yet."
    low, high = within.chance_range()
    return (
        f"In posts that closed from April {protocol.start.start} to {counted.last_day:%B %Y}, "
        f"{whole(known.group_successful)} of {whole(everybody)} {measure.event} went to {people_of(BME)}; about "
        f"{whole(round(within.expected))} expected if chances were equal {measure.where}; {whole(low)} to "
        f"{whole(high)} is the range if chances were equal."
    )


def _declared(growing: Growing, protocol: Protocol) -> str:
    """Return which version of the protocol holds, what it changed and why, and under which others anything was said."""
    latest = protocol.versions[-1]
    said = (
        f"Protocol {protocol.fingerprint}, declared {protocol.declared}. Version {latest.version} of "
        f"{latest.day.day} {latest.day:%B %Y}: {latest.change}"
    )
    earlier = [fingerprint for fingerprint in growing.protocols if fingerprint != protocol.fingerprint]
    return f"{said} What was said before was said under {', then '.join(earlier)}." if earlier else said


def evidence_over_time(exact: ExactQuarter, stage: str) -> Chart | Html:
    """Draw how the evidence of a stage has grown."""
    source = f"{exact.figures.name}, returns of applications"
    return evidence_chart(growing_of(exact, stage), source, looks_table(exact, stage))


def looks_table(exact: ExactQuarter, stage: str) -> Html | Table:
    """Every look since the start as it is worked out now, beside what was said at the time."""
    growing, protocol = growing_of(exact, stage), declared_protocol()
    looks = [look for look in growing.looks if look.shortlists] if growing else []
    if not looks:
        return html.paragraphs({f"looks.{stage}": "No post is counted yet."})
    said_of = {statement.look: f"{statement.strength} ({evidence(statement.e_value)})" for statement in growing.said}
    rows = tuple(
        (
            str(look.look).replace("-", NO_BREAK),
            (
                Cell(f"counted.{stage}.{look.look}", whole(look.informative)),
                Cell(f"e.{stage}.{look.look}", evidence(look.e_value)),
                Cell(f"likely.{stage}.{look.look}", _range(look, protocol)),
                Cell(f"words.{stage}.{look.look}", look.strength.words),
                Cell(f"said.{stage}.{look.look}", said_of.get(look.look, "no look then")),
            ),
        )
        for look in looks
    )
    return Table(
        f"Evidence at each quarter's look, {growing.measure.title[:1].lower()}{growing.measure.title[1:]}, "
        f"{white_over(BME)}",
        ("Look", "Informative posts", "E-value", MARGIN_OF_ERROR, "In words, now", "Said at the time"),
        rows,
        note="Decisions that came late and corrections change what is worked out now; what was said stands. E-values "
        "are rounded down.",
        name=f"{OF_LOOKS}.{stage}",
    )


def _range(look: SinceStart, protocol: Protocol) -> str:
    return limits(*printed_range(look.interval, protocol)) if look.interval else "no single ratio"


def variants_table(exact: ExactQuarter, stage: str) -> Html | Table:
    """E-values of a stage under other choices than the declared ones, to see what hangs on them."""
    growing = growing_of(exact, stage)
    if growing is None:
        return html.paragraphs({f"variants.{stage}": ONLY_TOTALS})
    e_value = growing.looks[-1].e_value if growing.looks else 1.0
    choices = (("as declared", e_value), *growing.variants)
    rows = tuple((name, (Cell(f"variant.{stage}.{name}", evidence(value)),)) for name, value in choices)
    return Table(
        f"E-value by choice, {growing.measure.title[:1].lower()}{growing.measure.title[1:]}",
        ("Choice", "E-value"),
        rows,
        note="Only the declared choice carries words for evidence. E-values are rounded down.",
    )

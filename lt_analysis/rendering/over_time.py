"""The evidence since the declared start on an analyst's page: its sentence, its chart, every look, other choices."""

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import white_over
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.release.figures import ExactQuarter
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.evidence_charts import evidence_chart
from lt_analysis.rendering.evidence_sentence import evidence_sentence
from lt_analysis.rendering.forms import NO_BREAK
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.numbers import about, evidence, interval, whole

OF_LOOKS = "every-look"  # the name of the table whose e-values the chart draws
ONLY_TOTALS = "Only totals were sent, so evidence within vacancies cannot be gathered."


def since_start(exact: ExactQuarter) -> Html:
    """Return what all shortlists since the declared start show, what they could show, and how many of them wait."""
    growing, protocol = exact.appendix.growing, declared_protocol()
    if growing is None:
        return html.paragraphs({"since": ONLY_TOTALS})
    if not growing.looks:
        return html.paragraphs({"since": "The declared start is still to come."})
    said_of = {statement.look: statement.strength for statement in growing.said}  # the last thing said of each look
    latest = growing.looks[-1]
    sentence = evidence_sentence(growing, protocol, said_of.get(latest.look.previous))
    detectable = (
        "No ratio would be strong evidence 8 times in 10 by now."
        if growing.detectable is None
        else f"By now an odds ratio, {white_over(BME)}, of {about(growing.detectable)} or more would be strong "
        "evidence 8 times in 10."
    )
    waiting = (
        f"Shortlists of the last {protocol.lag_in_quarters} quarters that wait, whatever came of them: "
        f"{whole(latest.waiting)}. Made before the start: {whole(latest.too_early)}. Counted, with nobody of either "
        f"group appointed: {whole(latest.nobody_chosen)}."
    )
    changed = f"Protocol {protocol.fingerprint}, declared {protocol.declared}."
    earlier = [fingerprint for fingerprint in growing.protocols if fingerprint != protocol.fingerprint]
    if earlier:
        changed += f" It has changed: what was said before was said under {', then '.join(earlier)}."
    alone = (
        "Each organisation's evidence alone is wrongly strong at most 1 time in 20, so among many organisations some "
        f"may be. In the declared family ({protocol.family}) this one's "
        f"{'stands' if growing.stands else 'does not stand'}: of those that stand, at most 1 in 20 is wrong on average."
    )
    sentences = {"since": sentence, "family": alone, "detectable-since": detectable, "waiting": waiting}
    return html.paragraphs(sentences | {"protocol": changed})


def evidence_over_time(exact: ExactQuarter) -> Chart | Html:
    """Draw how the evidence has grown."""
    return evidence_chart(exact.appendix.growing, f"{exact.figures.name}, returns of applications", looks_table(exact))


def looks_table(exact: ExactQuarter) -> Html | Table:
    """Every look since the start as it is worked out now, beside what was said at the time."""
    growing = exact.appendix.growing
    looks = [look for look in growing.looks if look.shortlists] if growing else []
    if not looks:
        return html.paragraphs({"looks": "No shortlist is counted yet."})
    said_of = {statement.look: f"{statement.strength} ({evidence(statement.e_value)})" for statement in growing.said}
    rows = tuple(
        (
            str(look.look).replace("-", NO_BREAK),
            (
                Cell(f"counted.{look.look}", whole(look.informative)),
                Cell(f"e.{look.look}", evidence(look.e_value)),
                Cell(f"likely.{look.look}", interval(*look.interval) if look.interval else "no single ratio"),
                Cell(f"words.{look.look}", look.strength.words),
                Cell(f"said.{look.look}", said_of.get(look.look, "no look then")),
            ),
        )
        for look in looks
    )
    return Table(
        f"Evidence at each quarter's look, appointment from shortlist, {white_over(BME)}",
        ("Look", "Informative shortlists", "E-value", "Likely range", "In words, now", "Said at the time"),
        rows,
        note="Decisions that came late and corrections change what is worked out now; what was said stands.",
        name=OF_LOOKS,
    )


def variants_table(exact: ExactQuarter) -> Html | Table:
    """E-values under other choices than the declared ones, to see what hangs on them."""
    growing = exact.appendix.growing
    if growing is None:
        return html.paragraphs({"variants": ONLY_TOTALS})
    e_value = growing.looks[-1].e_value if growing.looks else 1.0
    choices = (("as declared", e_value), *growing.variants)
    rows = tuple((name, (Cell(f"variant.{name}", evidence(value)),)) for name, value in choices)
    return Table(
        "E-value by choice", ("Choice", "E-value"), rows, note="Only the declared choice carries a strength word."
    )

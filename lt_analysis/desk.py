"""The analyst's desk: what `import lt_analysis as lt` offers. Every answer is exact, and says that it is restricted.

It asks what the audit has worked out already, by the audit's own functions, and works out nothing of its own. Tables
are pandas DataFrames; what they are of, and the mark that they have to carry, stands in their `attrs`.
"""

import os
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from inspect import signature
from pathlib import Path
from tempfile import mkdtemp
from typing import ParamSpec, TypeVar

import pandas as pd

from lt_analysis.codebook.characteristics import BY_KEY, ETHNICITY
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.periods import Quarter, parse_span
from lt_analysis.codebook.returns import RETURNS
from lt_analysis.collection.finding import find_returns, organisation_names
from lt_analysis.collection.organisation import read_organisation
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.evidence.comparison import Change, Comparison
from lt_analysis.evidence.staff import ExactStaff
from lt_analysis.release.exact import read_exact
from lt_analysis.release.exact_draws import COMPARABLE, read_draws
from lt_analysis.release.exact_staff import read_staff
from lt_analysis.release.figures import ExactQuarter, Release
from lt_analysis.release.files import LATEST
from lt_analysis.release.overview import quarters_so_far
from lt_analysis.release.reading import read_release
from lt_analysis.rendering import comparison as rendering
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.html import RESTRICTED_MARK, Html, note
from lt_analysis.synthetic import invent

# What an analyst may write in place of a parameter of the functions below.
ALSO = {
    **dict.fromkeys(("span", "quarter", "year", "when"), "period"),
    **dict.fromkeys(("org", "who", "slug"), "organisation"),
    **{"stage": "measure", "by": "characteristic", "earlier": "before", "return": "kind"},
}
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
DEFAULT = STAGES[-1].key
# Seven quarters hold a whole year of posts, and one of the staff of the day before it.
INVENTED_ORGANISATIONS, INVENTED_QUARTERS, UNTIL = 4, 7, Quarter.parse("2026-27-Q2")


def _says_what_it_takes(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Have a function answer a parameter that it does not have with those that it has."""
    known = list(signature(function).parameters)

    @wraps(function)
    def _ask(*asked: Asked.args, **named: Asked.kwargs) -> Answer:
        for name in named:
            one_asked(name, known, f"is not a parameter of lt.{function.__name__}", how="It takes", also=ALSO)
        return function(*asked, **named)

    return _ask


class Compared(Comparison):
    """A comparison that shows itself, in a notebook as a page does, with the charts of the audit's own pages."""

    def __repr__(self) -> str:
        return rendering.comparison_in_words(self)

    def _repr_html_(self) -> str:
        return rendering.comparison_shown(self)._repr_html_()

    def chart(self) -> Chart | Html:
        """Return the chart of what equal chances would give, and what happened."""
        return rendering.chances_of(self)

    def shares(self) -> Chart | Html:
        """Return the chart of both groups' shares, with their margins of error."""
        return rendering.shares_of(self)


class Changed(Change):
    """The same of two periods, which shows itself."""

    def __repr__(self) -> str:
        return rendering.change_in_words(self)

    def _repr_html_(self) -> str:
        return rendering.change_shown(self)._repr_html_()

    def chart(self) -> Chart | Html:
        """Return the chart of both groups' shares in both periods, with their margins of error."""
        return rendering.shares_of(self.before, self.later)


def invented() -> Html:
    """Make something to ask about where nothing has been run: an invented partnership, in a folder of its own.

    Four organisations and seven quarters are taken in, counted and released, without pages, in a temporary folder,
    which is from then on the current one. Where something was run in this project, nothing is done, and that is asked
    about. Returns a sentence that says which.

    >>> import lt_analysis as lt
    >>> lt.invented().html
    Markup('<p class="note">What was run in this project is asked about. Nothing was invented.</p>')
    """
    if any(Folders.here().exact.glob("*")):
        return note("What was run in this project is asked about. Nothing was invented.")
    from IPython.utils.capture import capture_output  # only here, for it takes a while to import

    folders = Folders(Path(mkdtemp(prefix="lt-analysis-invented-")))
    (folders.notebooks / "board").mkdir(parents=True)
    with capture_output():  # progress, which a notebook would keep
        deque(invent(folders, INVENTED_ORGANISATIONS, INVENTED_QUARTERS, UNTIL, seed=1), maxlen=0)
        os.chdir(folders.root)
        collect_to_release(folders, UNTIL)
    return note(
        f"Nothing was run in this project, so an invented partnership was made, and is asked about: {folders.root}"
    )


def periods() -> pd.DataFrame:
    """Return how far each quarter has come, the earliest first: a row a quarter.

    `received` counts the organisations that sent anything of it and `lacking` those that sent the one before and not
    it; `run`, `released` and `pages` say what was made (a run takes in every quarter before it too); `texts_awaiting`
    texts of its report nobody has approved.

    >>> import lt_analysis as lt
    >>> quarters = lt.periods()
    >>> list(quarters.index[quarters["run"]]), int(quarters.loc["2026-27-Q2", "received"])
    (['2026-27-Q2'], 4)
    """
    rows = [
        {
            "quarter": str(one.quarter),
            "received": len(one.received),
            "lacking": len(one.lacking),
            **{name: getattr(one, name) for name in ("run", "released", "pages", "texts_awaiting")},
        }
        for one in quarters_so_far(Folders.here())
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["quarter"]).set_index("quarter")


def organisations() -> pd.DataFrame:
    """Return who there is: a row for each folder of data/raw, with its name, its kind, and what it has sent.

    Raises `RawDataError` where the settings of one cannot be read; `lt-analysis check` says more.

    >>> import lt_analysis as lt
    >>> lt.organisations().loc["nonesuch-hospitals", ["kind", "first", "latest"]].tolist()
    ['acute trust', '2024-25-Q4', '2026-27-Q2']
    """
    folders = Folders.here()
    rows = {slug: _about(folders, slug) for slug in organisation_names(folders)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("organisation")


def _about(folders: Folders, slug: str) -> dict[str, object]:
    settings, sent = read_organisation(folders.raw / slug), find_returns(folders, slug)[0]
    when = sorted(str(one.period) for one in sent)
    return {
        "name": settings.name,
        "kind": settings.kind,
        "invented": settings.invented,
        "returns": tuple(dict.fromkeys(one.kind.name for one in sent)),
        "first": when[0] if when else None,
        "latest": when[-1] if when else None,
    }


def measures() -> pd.DataFrame:
    """Return the decisions that `counts` and `compare` know: a row a measure, with what it takes whom from and to.

    >>> import lt_analysis as lt
    >>> lt.measures().loc["appointment", ["before", "after"]].tolist()
    ['shortlisted', 'appointed']
    """
    rows = {
        key: {
            "title": one.title,
            "before": one.before.column,
            "after": one.done,
            "compared": one.where,
            "standard": f"{one.standard}, {one.indicator}".strip(", "),
        }
        for key, one in COMPARABLE.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure")


def characteristics() -> pd.DataFrame:
    """Return what people can be compared by: a row a group, with its reference group and the source of the convention.

    >>> import lt_analysis as lt
    >>> lt.characteristics().loc["disability", ["group", "reference"]].iloc[0].tolist()
    ['Disabled', 'Not disabled']
    """
    rows = [
        {
            "characteristic": one.key,
            "group": group.name,
            "part_of": group.part_of,
            "reference": one.reference.name,
            "not_known": one.not_known,
            "source": one.source,
        }
        for one in BY_KEY.values()
        for group in one.groups
    ]
    return pd.DataFrame(rows).set_index("characteristic")


@_says_what_it_takes
def counts(
    organisation: str, period: str = LATEST, *, measure: str = DEFAULT, characteristic: str = ETHNICITY.key
) -> pd.DataFrame:
    """Return an organisation's exact counts in one decision: a row a group, the reference group first.

    `period` is a quarter or a whole financial year; of staff, a year. The columns are the people whom the decision was
    about, those whom it took, their `share`, and of which other group a group is `part_of`: do not add these up
    twice. Restricted: for the organisation's own use. Raises `AskedError` where something asked for is not there.

    >>> import lt_analysis as lt
    >>> found = lt.counts("nonesuch-hospitals", "2025-26", measure="appointment", characteristic="sex")
    >>> list(found.index), list(found.columns)
    (['Men', 'Women', 'Another sex', 'Unknown'], ['shortlisted', 'appointed', 'share', 'part_of'])
    >>> found.attrs["restricted"]
    "Restricted: exact figures for the organisation's own use. Not for publication."
    """
    found = read_draws(organisation, period, measure, characteristic)
    before, after = (stage.key for stage in (found.measure.before, found.measure.after))
    rows = {
        found.characteristic.label(one.name): {
            before: one.people,
            after: one.taken,
            "share": one.taken / one.people if one.people else None,
            "part_of": found.characteristic.label(one.part_of) if one.part_of else "",
        }
        for one in found.groups
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("group")
    about = asdict(found.whose)
    return _marked(table, period=about.pop("span"), **about, measure=measure, characteristic=characteristic)


@_says_what_it_takes
def compare(
    organisation: str,
    period: str = LATEST,
    before: str | None = None,
    *,
    measure: str = DEFAULT,
    characteristic: str = ETHNICITY.key,
    group: str | None = None,
) -> Compared | Changed:
    """Return two groups compared in one decision of an organisation: in a period, or in one `before` and a later.

    The result shows itself and holds its counts; its interval, its exact p, and what it could have missed, are asked of
    it. Without a `measure` it is appointment; without a `group` the main one of the characteristic is compared with its
    reference group.
    Restricted: for the organisation's own use. Raises `AskedError` where something asked for is not there.

    >>> import lt_analysis as lt
    >>> found = lt.compare("nonesuch-hospitals", "2025-26", measure="shortlisting")
    >>> found.group, found.share.people > found.share.successful, found.place in ("below", "within", "above")
    ('BME', True, True)
    >>> lt.compare("nonesuch-hospitals", "2026-27-Q2", before="2025-26-Q2", characteristic="sex").p <= 1
    True
    """
    later = _compared(organisation, period, measure, characteristic, group)
    if before is None:
        return later
    earlier = _compared(organisation, before, measure, characteristic, group)
    first, last = earlier.whose.span, later.whose.span
    if type(parse_span(first)) is not type(parse_span(last)) or first >= last:
        remedy = "Ask for a quarter and an earlier one, or for two years"
        raise AskedError(f"{first} is not like {last} and before it. {remedy}")
    return Changed(earlier, later)


def _compared(organisation: str, period: str, measure: str, characteristic: str, group: str | None) -> Compared:
    return read_draws(organisation, period, measure, characteristic).comparison(group, Compared)


@_says_what_it_takes
def release(period: str = LATEST) -> Release:
    """Return all that the board's pages of a quarter may show: public, and with what is hidden hidden.

    Raises `AskedError` where the quarter was not released, naming those that were.

    >>> import lt_analysis as lt
    >>> str(lt.release("2026-27-Q2").quarter)
    '2026-27-Q2'
    """
    return read_release(period)


@_says_what_it_takes
def exact(organisation: str, period: str = LATEST) -> ExactQuarter:
    """Return an organisation's exact quarter, as its own page shows it. Restricted: for its own use.

    Raises `AskedError` where the quarter or the organisation is not there, naming those that are.

    >>> import lt_analysis as lt
    >>> lt.exact("nonesuch-hospitals").figures.name
    'Nonesuch Hospitals (invented)'
    """
    return read_exact(organisation, period)


@_says_what_it_takes
def staff(organisation: str, period: str = LATEST) -> ExactStaff:
    """Return what happened to an organisation's staff in a year, as its own page shows it. Restricted: for its own use.

    Raises `AskedError` where the quarter or the organisation is not there, or sent no staff.

    >>> import lt_analysis as lt
    >>> lt.staff("nonesuch-hospitals").quarter.number
    2
    """
    return read_staff(organisation, period)


@_says_what_it_takes
def records(organisation: str, period: str, kind: str = RETURNS[0].name) -> pd.DataFrame:
    """Return an organisation's own records of a return as the audit took them in: a row a person's application, say.

    Restricted above all: its rows are people. Never save it elsewhere or show it. Raises `AskedError` where there are
    no such records, naming those there are.

    >>> import lt_analysis as lt
    >>> lt.records("nonesuch-hospitals", "2026-27-Q2")["stage"].isin(["applied", "eligible"]).any()
    np.True_
    """
    place = Folders.here().records
    kinds = sorted(path.name for path in place.glob("*"))
    if not kinds:
        raise AskedError("Nothing has been run yet. Run `make quarter`, or `lt-analysis run`, first")
    folder = place / one_asked(kind, kinds, "is not a kind of return that was taken in")
    known = sorted(path.name for path in folder.glob("*"))
    slug = one_asked(organisation, known, f"is not an organisation whose {kind} were taken in")
    paths = {path.stem: path for path in sorted((folder / slug).glob("*.parquet"))}
    period = one_asked(period, paths, "is not there")
    return _marked(pd.read_parquet(paths[period]), organisation=slug, period=period, kind=kind)


def _marked(table: pd.DataFrame, **about: object) -> pd.DataFrame:
    """Mark a table of exact figures: what it is of, and that it is not to be published."""
    table.attrs = {"restricted": RESTRICTED_MARK, **about}
    return table

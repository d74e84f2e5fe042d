"""The exact engine beside its peers, in one run: medians of paired rounds, as ratios, each with its target.

`make benchmark` runs it. R is asked where `Rscript` is present, with its survival package. Ends with exit
code 1 where a target is missed. Times are of this machine at this moment; the ratios are what counts.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scipy.stats import fisher_exact
from statsmodels.discrete.conditional_models import ConditionalLogit

from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.draws import Draw, Draws
from lt_analysis.evidence.over_time import looks_until
from lt_analysis.evidence.power import minimum_detectable_ratio, power
from lt_analysis.evidence.since_start import Shortlist, detectable_since_start, since_start
from lt_analysis.evidence.two_by_two import exact_tests
from lt_analysis.evidence.within_vacancy import WithinVacancies
from lt_analysis.validation import shortlists

ROUNDS = 5
VACANCIES, TABLES, ORGANISATIONS, QUARTERS, POSTS = 5_000, 100_000, 12, 20, 20
SOME_TABLES = 1_000  # of which scipy's loop is timed, and multiplied up
MOST_SECONDS_FOR_THE_PAGES = 2.0
IN_R = """
suppressMessages(library(survival))
d <- read.csv(commandArgs(TRUE)[1])
people <- read.csv(commandArgs(TRUE)[2])
tables <- array(rbind(d$x, d$m - d$x, d$a - d$x, d$n - d$a - d$m + d$x), c(2, 2, nrow(d)))
cat(system.time(mantelhaen.test(tables, exact = TRUE))["elapsed"],
    system.time(clogit(y ~ g + strata(v), data = people, method = "exact"))["elapsed"], "\\n")
"""


def everything(draws: Draws) -> tuple:
    """All that a page asks of one set of draws."""
    found = WithinVacancies.from_draws(draws)
    return (
        *(found.expected, found.standard_deviation, found.chance_range(), found.could_tell, found.mid_p),
        *(found.p_likelihood, found.p_fewer, found.p_more, found.p_central),
        *(found.odds_ratio, found.median_unbiased_odds_ratio),
        *(found.confidence_interval(), found.confidence_interval(mid_p=False)),
        *(minimum_detectable_ratio(found.null), power(found.null, 2.0)),
    )


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def as_people(draws: Draws) -> pd.DataFrame:
    """One row a person: the vacancy, whether of the group, whether successful."""
    white_chosen = draws.chosen - draws.chosen_in_group
    times = np.column_stack(
        [
            draws.chosen_in_group,
            draws.pool_in_group - draws.chosen_in_group,
            white_chosen,
            draws.pool - draws.pool_in_group - white_chosen,
        ]
    )
    kinds = np.tile([[1, 1], [1, 0], [0, 1], [0, 0]], (len(draws), 1))
    people = np.repeat(np.column_stack([np.repeat(np.arange(len(draws)), 4), kinds]), times.ravel(), axis=0)
    return pd.DataFrame(people, columns=["v", "g", "y"])


def in_r(draws: Draws, people: pd.DataFrame, folder: Path) -> tuple[float, float]:
    """Time R's exact test and conditional logistic regression, inside R, without its start."""
    names = ("n", "a", "m", "x")
    columns = (draws.pool, draws.pool_in_group, draws.chosen, draws.chosen_in_group)
    pd.DataFrame(dict(zip(names, columns, strict=True))).to_csv(folder / "draws.csv", index=False)
    people.to_csv(folder / "people.csv", index=False)
    (folder / "peers.R").write_text(IN_R)
    command = ["Rscript", "--vanilla", *(str(folder / name) for name in ("peers.R", "draws.csv", "people.csv"))]
    exact, regression = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(exact), float(regression)


def pages() -> Callable[[], None]:
    """All that the pages of twelve organisations need for every one of twenty quarters."""
    protocol, random = declared_protocol(), np.random.default_rng(1)
    looks = [protocol.start.quarters[0]]
    while len(looks) < QUARTERS:
        looks.append(looks[-1].next)
    look = looks[-1]
    stages = [
        [[shortlists(random, POSTS) for _ in looks] for _ in range(ORGANISATIONS)]
        for _ in ("shortlisting", "appointment")
    ]
    made = [
        [
            Shortlist(quarter, Draw(*row), Draw(*row))
            for quarter, draws in zip(looks, own, strict=True)
            for row in np.column_stack([draws.pool, draws.pool_in_group, draws.chosen, draws.chosen_in_group]).tolist()
        ]
        for own in stages[1]
    ]

    def all_of_it() -> None:
        for own in (*stages[0], *stages[1]):
            for draws in own:
                everything(draws)
        for some in (*made, [one for own in made for one in own]):
            since_start(some, looks_until(look, protocol), [1.0] * len(looks), protocol)
            detectable_since_start(some, look, protocol)

    return all_of_it


def main() -> int:
    """Run the rounds, and say for each peer how many times as long it took."""
    random = np.random.default_rng(1)
    draws = shortlists(random, VACANCIES)
    people = as_people(draws)
    n1, n2 = random.integers(20, 81, TABLES), random.integers(20, 81, TABLES)
    x1, x2 = random.binomial(n1, 0.3), random.binomial(n2, 0.25)
    some = np.column_stack([x1, n1 - x1, x2, n2 - x2])[:SOME_TABLES].reshape(-1, 2, 2).tolist()
    quarters = pages()
    took: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        took.setdefault(name, []).append(value)

    with tempfile.TemporaryDirectory() as folder:
        for _ in track(range(ROUNDS), description="Rounds", console=Console(stderr=True)):
            note("engine", seconds(lambda: everything(draws)))
            logit = ConditionalLogit(people["y"], people[["g"]], groups=people["v"])
            note("logit", seconds(lambda: logit.fit(disp=False)))  # noqa: B023
            if shutil.which("Rscript"):
                exact, regression = in_r(draws, people, Path(folder))
                note("mantelhaen", exact)
                note("clogit", regression)
            note("tables", seconds(lambda: exact_tests(x1, n1, x2, n2)))
            note("loop", seconds(lambda: [fisher_exact(table) for table in some]) * TABLES / SOME_TABLES)
            note("pages", seconds(quarters))

    report = Table("Task", "Peer", "Ours, s", "Peer, s", "Times as long", "Target", "Met")
    missed = 0
    for task, own, peer, name, target in (
        ("everything, 5,000 vacancies", "engine", "mantelhaen", "R mantelhaen.test(exact = TRUE)", 5.0),
        ("everything, 5,000 vacancies", "engine", "logit", "statsmodels ConditionalLogit", 40.0),
        ("everything, 5,000 vacancies", "engine", "clogit", "R clogit(method = exact)", None),
        ("100,000 two-by-two tables", "tables", "loop", "scipy fisher_exact, one by one", 60.0),
    ):
        if peer not in took:
            report.add_row(task, name, f"{median(took[own]):.4f}", "not here", "", "", "")
            continue
        ratio = median(one / other for one, other in zip(took[peer], took[own], strict=True))
        met = "" if target is None else "yes" if ratio >= target else "NO"
        missed += met == "NO"
        wanted = "" if target is None else f"at least {target:g}"
        report.add_row(task, name, f"{median(took[own]):.4f}", f"{median(took[peer]):.3f}", f"{ratio:.1f}", wanted, met)
    of_pages = median(took["pages"])
    met = "yes" if of_pages <= MOST_SECONDS_FOR_THE_PAGES else "NO"
    missed += met == "NO"
    wanted = f"at most {MOST_SECONDS_FOR_THE_PAGES:g} s"
    report.add_row("12 organisations x 20 quarters, all for the pages", "", f"{of_pages:.2f}", "", "", wanted, met)
    Console(width=140).print(report)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

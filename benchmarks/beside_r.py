"""The exact engine beside R, value by value: tails, central ranges and e-values of invented sets of posts.

`python -m benchmarks.beside_r` needs `Rscript`, and says so where there is none. R convolves `dhyper` and integrates
over the prior by itself; nothing of this project is given to it but how many people were there. Ends with exit code 1
where any value differs by more than it may.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.sequential import DatedDraw, e_processes
from lt_analysis.evidence.share_change import ShareChange
from lt_analysis.evidence.within_vacancy import WithinVacancies

SETS, SEED = 200, 20_261_130
# What may differ: of probabilities, relatively; of the e-value, for the prior is summed over a grid here.
MOST_APART = {
    "p fewer": 1e-9,
    "p more": 1e-9,
    "low": 0,
    "high": 0,
    "expected": 1e-10,
    "e-value": 1e-7,
    "difference": 1e-9,
}
R = r"""
sets <- readLines(commandArgs(TRUE)[1])
for (line in sets) {
  numbers <- as.numeric(strsplit(line, " ")[[1]])
  draws <- matrix(numbers, nrow = 4)
  pmf <- 1; least <- 0; expected <- 0
  tables <- list()
  for (i in seq_len(ncol(draws))) {
    n <- draws[1, i]; a <- draws[2, i]; m <- draws[3, i]
    low <- max(0, m - (n - a)); high <- min(a, m)
    p <- dhyper(low:high, a, n - a, m)
    expected <- expected + sum((low:high) * p)
    least <- least + low
    tables[[i]] <- p
    long <- numeric(length(pmf) + length(p) - 1)
    for (j in seq_along(p)) long[j - 1 + seq_along(pmf)] <- long[j - 1 + seq_along(pmf)] + pmf * p[j]
    pmf <- long
  }
  observed <- sum(draws[4, ]) - least
  fewer <- sum(pmf[0:observed + 1]); more <- sum(pmf[(observed + 1):length(pmf)])
  first <- which(cumsum(pmf) > 0.025 * (1 + 1e-9))[1]
  last <- length(pmf) + 1 - which(cumsum(rev(pmf)) > 0.025 * (1 + 1e-9))[1]
  log_mean <- function(theta) sum(sapply(tables, function(p) log(sum(p * exp(theta * (seq_along(p) - 1))))))
  likelihood <- function(thetas) sapply(thetas, function(theta) exp(theta * observed - log_mean(theta)))
  e <- integrate(function(t) likelihood(t) * dnorm(t, 0, 0.5), -3.9, 3.9, rel.tol = 1e-11, subdivisions = 2000L)$value
  wilson <- function(x, n) as.numeric(prop.test(x, n, correct = FALSE)$conf.int)
  x2 <- sum(draws[4, ]); n2 <- sum(draws[2, ]); x1 <- sum(draws[3, ]) - x2; n1 <- sum(draws[1, ]) - n2
  was <- wilson(x1, n1); now <- wilson(x2, n2); d <- x2 / n2 - x1 / n1
  difference <- d - sqrt((x2 / n2 - now[1])^2 + (was[2] - x1 / n1)^2)
  cat(sprintf("%.17g", c(fewer, more, least + first - 1, least + last - 1, expected, e, difference)), "\n")
}
"""


def invented(random: np.random.Generator) -> list[Draw]:
    """Invent a set of posts, some large and some that could not have gone either way."""
    draws = []
    for _ in range(int(random.integers(3, 60))):
        pool = int(random.integers(2, 30))
        own, chosen = int(random.binomial(pool, 0.3)), int(random.integers(0, min(6, pool) + 1))
        draws.append(Draw(pool, own, chosen, int(random.hypergeometric(own, pool - own, chosen))))
    everybody = [sum(column) for column in zip(*draws, strict=True)]
    return draws if 0 < everybody[1] < everybody[0] else invented(random)


def ours(draws: list[Draw]) -> dict[str, float]:
    """Return the engine's values."""
    within = WithinVacancies.from_draws(draws)
    low, high = within.chance_range()
    made, *_, look = declared_protocol().start.quarters
    (process,) = e_processes([DatedDraw(Quarter.parse(str(made)), draw) for draw in draws], [look], declared_protocol())
    weight = declared_protocol().weights[0]
    pool, own, chosen, own_chosen = (sum(column) for column in zip(*draws, strict=True))
    change = ShareChange(chosen - own_chosen, pool - own, own_chosen, own)
    return {
        "p fewer": within.p_fewer,
        "p more": within.p_more,
        "low": low,
        "high": high,
        "expected": within.expected,
        "e-value": (process.e_value - (1 - weight)) / weight,
        "difference": change.confidence_interval().low,
    }


def main() -> None:
    """Print how far the values are apart at most."""
    if not shutil.which("Rscript"):
        sys.exit("Rscript is not there: install r-base-core")
    random = np.random.default_rng(SEED)
    sets = [invented(random) for _ in range(SETS)]
    with tempfile.TemporaryDirectory() as folder:
        script, sent = Path(folder) / "beside.R", Path(folder) / "sets.txt"
        script.write_text(R)
        sent.write_text("\n".join(" ".join(str(number) for draw in draws for number in draw) for draws in sets) + "\n")
        said = subprocess.run(
            ["Rscript", "--vanilla", str(script), str(sent)], capture_output=True, text=True, check=True
        ).stdout
    theirs = [
        dict(zip(MOST_APART, map(float, line.split()), strict=True)) for line in said.splitlines() if line.strip()
    ]
    table, failed = Table("value", "furthest apart", "may be"), False
    own = list(map(ours, sets))
    for name, most in MOST_APART.items():
        apart = max(abs(a[name] - b[name]) / max(1.0, abs(b[name])) for a, b in zip(own, theirs, strict=True))
        failed |= apart > most
        table.add_row(name, f"{apart:.1e}", f"{most:g}")
    Console().print(f"{len(theirs)} sets of posts beside R", table)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()

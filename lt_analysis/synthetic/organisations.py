"""Invented organisations and their recruitment, with known truths.

Applicants compete inside vacancies. At each stage the number of BME people who succeed is one draw from
Fisher's noncentral hypergeometric distribution with that organisation's odds ratio, so the odds ratio
within vacancies is exactly the one in `truth.csv`, whatever the BME share of each vacancy. Ethnicity is
blanked for 5-10% of applicants afterwards and independently, which leaves that truth as it is. One organisation's odds
ratio at shortlisting changes with the latest financial year that has ended: an action that it pledged worked. Whoever
sends staff has published its board and some indicators (`printed.py`): two of these numbers are wrong on purpose. Every
reference starts with `CANARY-`: none may ever reach a page. The clock is never read.
"""

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import yaml
from scipy.stats import nchypergeom_fisher

from lt_analysis.codebook.folders import Folders, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.returns import APPLICATIONS, APPLICATIONS_BY_STATUS, STAGE_TOTALS, Return
from lt_analysis.collection.finding import GOAL_FILE, OF_ALL, PLEDGE_FILE, organisation_names
from lt_analysis.collection.organisation import FILE_NAME, read_organisation
from lt_analysis.synthetic.metrics import truths, write_metrics, write_what_is_asked
from lt_analysis.synthetic.printed import printed_by
from lt_analysis.synthetic.workforce import EVENTS_A_YEAR, Size, odds_ratios, workforce

TRUTH = "truth.csv"
EXAMPLE = "london-acute-medical"
BANDS = ("8a", "8a", "8a", "8b", "8b", "8c", "8d", "9", "VSM")
SALARIES = (66_000, 68_500, 71_000, 78_000, 82_000, 94_000, 112_000, 131_000)
WHITE_CODES, WHITE_SHARES = "ABC", (0.72, 0.05, 0.23)
BME_CODES = "DEFGHJKLMNPRS"
BME_SHARES = (0.07, 0.03, 0.03, 0.05, 0.12, 0.05, 0.03, 0.05, 0.16, 0.26, 0.05, 0.04, 0.06)
CHARACTERISTICS = {
    "sex": {"female": 0.62, "male": 0.35, "prefer not to say": 0.03},
    "disability": {"no": 0.88, "yes": 0.08, "prefer not to say": 0.04},
    "age_band": {"25-34": 0.25, "35-44": 0.35, "45-54": 0.27, "55-64": 0.13},
    "sexual_orientation": {"heterosexual": 0.83, "gay or lesbian": 0.05, "bisexual": 0.02, "prefer not to say": 0.1},
    "religion": {"none": 0.35, "christian": 0.4, "muslim": 0.1, "hindu": 0.05, "not known": 0.1},
    "home_borough": {
        "Lambeth": 0.3,
        "Southwark": 0.2,
        "Lewisham": 0.15,
        "Croydon": 0.15,
        "Greenwich": 0.1,
        "Bexley": 0.1,
    },
}
GOAL = {
    "says": "Whoever wants the same senior post has the same chance of being shortlisted, whatever their ethnic group.",
    "known_by": (
        "In a whole year the number of BME people shortlisted, in all organisations together, lies within the range "
        "if chances were equal."
    ),
}
PAY_RANGE = 1.15  # of a salary's maximum to its minimum
STAFF_GROUPS = ("administrative", "nursing", "allied health", "scientific", "estates")

WITH_PERSONNEL_SYSTEMS = ("acute trust", "mental health trust", "integrated care board", "council", "university")
WITH_DOCTORS = ("acute trust", "mental health trust")  # of these
SENIOR_A_POST = 24  # members of staff at Band 8 and above for each vacancy there in a quarter
SENIOR_STAFF = {  # their share of staff, doctors apart
    **{"acute trust": 0.11, "mental health trust": 0.12, "integrated care board": 0.4},
    **{"council": 0.15, "university": 0.2},
}


@dataclass(frozen=True)
class Model:
    """What an invented organisation is like; `posts` are its Band 8+ vacancies in a quarter, on average."""

    slug: str
    name: str
    kind: str
    posts: float
    grades: str = "agenda for change"
    suffix: str = ".csv"
    by_status: bool = False  # sends a status in place of the dates of stages
    changes: tuple[float, float] | None = None  # its odds ratio at shortlisting before the latest year ended, and after

    @property
    def size(self) -> Size:
        """How many staff it has, where it sends them; at Band 8 and above as many as its vacancies keep steady."""
        senior = round(self.posts * SENIOR_A_POST)
        return Size(self.posts, round(senior / SENIOR_STAFF[self.kind]) - senior, senior)


MODELS = (
    Model("nonesuch-hospitals", "Nonesuch Hospitals", "acute trust", 34),
    Model("lilliput-council", "Borough of Lilliput", "council", 12, "salary"),
    Model("avalon-gp-federation", "Avalon GP Federation", "GP federation", 2),
    Model("camelot-advice", "Camelot Advice Centre", "voluntary organisation", 1.5, "totals only"),
    Model("cloudcuckoo-mental-health", "Cloudcuckoo Mental Health Trust", "mental health trust", 20),
    Model("erewhon-care-board", "Erewhon Care Board", "integrated care board", 14),
    Model("laputa-university", "University of Laputa", "university", 11, "salary", ".parquet"),
    Model("neverland-hospitals", "Neverland Hospitals", "acute trust", 27, changes=(0.45, 1.0)),
    Model("brigadoon-gp-federation", "Brigadoon GP Federation", "GP federation", 1.5, by_status=True),
    Model("shangri-la-gp-federation", "Shangri-La GP Federation", "GP federation", 2),
    Model("xanadu-carers", "Xanadu Carers", "voluntary organisation", 1, "salary"),
    Model("el-dorado-befriending", "El Dorado Befriending", "voluntary organisation", 0.7, "salary"),
)


@dataclass
class Invented:
    """An organisation in the making: its model, its truths, and the applicants that it has met so far."""

    model: Model
    slug: str
    name: str
    random: np.random.Generator
    shortlisting_odds_ratio: float
    appointment_odds_ratio: float
    bme_share: float
    unknown_share: float
    of_staff: dict[str, float]  # odds ratios by kind of event, and of consultants; empty where no staff are sent
    changes_in: FinancialYear  # from which on shortlisting has another odds ratio, where the model says so
    people: list[dict] = field(default_factory=list)
    vacancies: int = 0


def invent(folders: Folders, organisations: int, quarters: int, until: Quarter, seed: int) -> Iterator[str]:
    """Write invented organisations into `data/raw`, yielding each name; `truth.csv` is written last.

    The same arguments give the same bytes. Refuses to write beside an organisation that is not invented,
    the published example apart.
    """
    refuse_beside_real_organisations(folders)
    periods = [until]
    while len(periods) < quarters:
        periods.insert(0, periods[0].previous)
    invented = [_organisation(number, seed, until.latest_complete_year) for number in range(organisations)]
    (folders.raw / TRUTH).unlink(missing_ok=True)
    _write_goal(folders, until, [one.slug for one in invented])
    write_what_is_asked(folders, periods, seed)
    for organisation in invented:
        unfinished = folders.raw / f".{organisation.slug}"
        shutil.rmtree(unfinished, ignore_errors=True)
        _write_organisation(organisation, periods, unfinished)
        write_metrics(organisation.slug, unfinished, periods, seed)
        shutil.rmtree(folders.raw / organisation.slug, ignore_errors=True)
        unfinished.replace(folders.raw / organisation.slug)
        yield organisation.name
    with whole_or_not_at_all(folders.raw / TRUTH, mode=0o644) as path:
        path.write_text(_truth(invented), encoding="utf-8")


def _write_goal(folders: Folders, until: Quarter, slugs: list[str]) -> None:
    """Write what an invented partnership has declared, to be shown by the second year after the last return's.

    Its pledge stands since the last quarter began, and every third organisation has not signed it.
    """
    goal = GOAL | {"by": str(FinancialYear(until.year.start + 1)), "invented": True}
    signed = {slug: until.first_day + timedelta(days=place) for place, slug in enumerate(slugs) if place % 3 != 2}
    pledge = {"version": 2, "stands_since": until.first_day, "signed": signed}
    for name, declared in ((GOAL_FILE, goal), (PLEDGE_FILE, pledge)):
        with whole_or_not_at_all(folders.raw / OF_ALL / name, mode=0o644) as path:
            path.write_text(yaml.safe_dump(declared, sort_keys=False, allow_unicode=True), encoding="utf-8")


def needs_inventing(folders: Folders) -> bool:
    """Tell whether `data/raw` holds no organisation but the published example, or was left half invented."""
    own = [name for name in organisation_names(folders) if name != EXAMPLE]
    return not own or (not _real(folders) and not (folders.raw / TRUTH).exists())


def _real(folders: Folders) -> list[str]:
    """Name the organisations that are not known to be invented; one whose settings cannot be read may be real."""
    real = []
    for name in organisation_names(folders):
        try:
            invented = read_organisation(folders.raw / name).invented
        except RawDataError:
            invented = False
        if not invented and name != EXAMPLE:
            real.append(name)
    return real


def refuse_beside_real_organisations(folders: Folders) -> None:
    """Raise `RawDataError` where `data/raw` holds an organisation that is not invented, the published example apart."""
    for name in _real(folders):
        raise RawDataError(
            f"data/raw holds {name}, which is not invented",
            "Invent organisations in a copy of the project of their own",
        )


def _organisation(number: int, seed: int, changes_in: FinancialYear) -> Invented:
    model, again = MODELS[number % len(MODELS)], number // len(MODELS) + 1
    random = np.random.default_rng([seed, number])
    drawn = round(float(random.uniform(0.5, 1.0)), 2)
    return Invented(
        model=model,
        slug=model.slug if again == 1 else f"{model.slug}-{again}",
        name=f"{model.name} (invented)" if again == 1 else f"{model.name} {again} (invented)",
        random=random,
        shortlisting_odds_ratio=model.changes[0] if model.changes else drawn,
        appointment_odds_ratio=round(float(random.uniform(0.5, 1.1)), 2),
        bme_share=float(random.uniform(0.35, 0.55)),
        unknown_share=float(random.uniform(0.05, 0.10)),
        of_staff=(
            odds_ratios(random.spawn(1)[0], doctors=model.kind in WITH_DOCTORS)
            if model.kind in WITH_PERSONNEL_SYSTEMS
            else {}
        ),
        changes_in=changes_in,
    )


def _truth(invented: list[Invented]) -> str:
    lines = ["organisation,stage,odds_ratio"]
    for one in sorted(invented, key=lambda organisation: organisation.slug):
        lines.append(f"{one.slug},shortlisting,{one.shortlisting_odds_ratio}")
        if one.model.changes:
            lines.append(f"{one.slug},shortlisting from {one.changes_in} on,{one.model.changes[1]}")
        lines.append(f"{one.slug},appointment,{one.appointment_odds_ratio}")
        lines += [f"{one.slug},{event},{odds_ratio}" for event, odds_ratio in one.of_staff.items()]
    return "\n".join((*lines, *truths())) + "\n"


def _write_organisation(organisation: Invented, periods: list[Quarter], folder: Path) -> None:
    folder.mkdir(parents=True)
    settings = {
        "name": organisation.name,
        "kind": organisation.model.kind,
        "invented": True,
        "grades": organisation.model.grades,
    }
    if organisation.model.grades == "salary":
        settings["high_cost_area"] = "inner"
    started = []
    for period in periods:
        rows = _applications(organisation, period)
        started += [row for row in rows if "started_on" in row]
        (folder / str(period)).mkdir()
        if organisation.model.grades == "totals only":
            path = folder / str(period) / f"{STAGE_TOTALS.name}.csv"
            path.write_text(_as_csv(_totals(rows), STAGE_TOTALS.column_names), encoding="utf-8")
        else:
            _write_applications(rows, folder / str(period), organisation.model)
    if organisation.of_staff:
        returns = _write_workforce(organisation, started, periods, folder)
        settings |= {"events": [*EVENTS_A_YEAR]}
        settings |= printed_by(organisation.slug, returns, periods[-1].latest_complete_year)
    (folder / FILE_NAME).write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def _write_workforce(
    organisation: Invented, started: list[dict], periods: list[Quarter], folder: Path
) -> dict[Quarter, dict[Return, list[dict]]]:
    model = organisation.model
    unused = ("grade", "from_grade", "to_grade") if model.grades == "salary" else ("salary",)
    # A generator of its own, so that recruitment is the same with and without these returns.
    random = organisation.random.spawn(1)[0]
    returns = workforce(organisation.slug, model.size, started, periods, organisation.of_staff, random)
    for period, kinds in returns.items():
        for kind, rows in kinds.items():
            columns = tuple(name for name in kind.column_names if name not in unused)
            path = folder / str(period) / f"{kind.name}.csv"
            path.write_text(_as_csv(rows, columns), encoding="utf-8")
    return returns


def _write_applications(rows: list[dict], folder: Path, model: Model) -> None:
    unused = ("grade",) if model.grades == "salary" else ("salary_minimum", "salary_maximum")
    kind = APPLICATIONS_BY_STATUS if model.by_status else APPLICATIONS
    columns = tuple(name for name in kind.column_names if name not in unused)
    if model.by_status:
        rows = [row | {"application_status": _status(row)} for row in rows]
    path = folder / f"{APPLICATIONS.name}.csv"
    path.write_text(_as_csv(rows, columns), encoding="utf-8")
    if model.suffix == ".parquet":
        with duckdb.connect() as connection:
            connection.execute(
                f"""COPY (FROM read_csv('{path}', all_varchar = true, auto_detect = true, header = true))
                    TO '{path.with_suffix(".parquet")}' (FORMAT parquet)"""
            )
        path.unlink()


def _status(row: dict) -> str:
    stages = {"started": "started_on", "declined": "declined_on"}
    stages |= {stage: f"{stage}_on" for stage in ("offered", "interviewed", "shortlisted")}
    reached = (status for status, day in (*stages.items(), ("applied", "eligible_on")) if day in row)
    return next(reached, "not eligible")


def _as_csv(rows: list[dict], columns: tuple[str, ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _applications(organisation: Invented, period: Quarter) -> list[dict]:
    """Invent a quarter: at least one Band 8+ vacancy, some lower ones, and now and then a row sent twice."""
    random = organisation.random
    senior = max(1, int(random.poisson(organisation.model.posts)))
    rows = []
    for number in range(senior + int(random.poisson(organisation.model.posts * 0.3))):
        rows += _vacancy(organisation, period, senior=number < senior)
    if len(rows) > 100:
        rows.append(rows[int(random.integers(len(rows)))])
    return rows


def _vacancy(organisation: Invented, period: Quarter, senior: bool) -> list[dict]:
    random = organisation.random
    organisation.vacancies += 1
    closed = period.first_day + timedelta(days=int(random.integers((period.last_day - period.first_day).days + 1)))
    advertised = closed - timedelta(days=int(random.integers(14, 29)))
    campaign = str(random.choice(["none", "none", "none", "none", "none", "none", "none", "bulk", "international"]))
    vacancy = {
        "vacancy": f"CANARY-{organisation.slug}-V{organisation.vacancies:05d}",
        "advertised_on": advertised,
        "closed_on": closed,
        "grade": str(random.choice(BANDS)) if senior else "7",
        "salary_minimum": int(random.choice(SALARIES)) if senior else 50_500,
        "staff_group": str(random.choice(STAFF_GROUPS)),
        "campaign": campaign,
    }
    vacancy["salary_maximum"] = round(vacancy["salary_minimum"] * PAY_RANGE)
    share = random.beta(9 * organisation.bme_share, 9 * (1 - organisation.bme_share))
    size = int(random.integers(6, 32))
    applicants = _applicants(organisation, share, size)
    days = random.integers((closed - advertised).days + 1, size=len(applicants)).tolist()
    applicants = [
        vacancy | person | {"applied_on": advertised + timedelta(days=day)}
        for person, day in zip(applicants, days, strict=True)
    ]
    _run_stages(organisation, applicants, closed, nearly_certain=campaign != "none")
    return applicants


def _applicants(organisation: Invented, bme_share: float, size: int) -> list[dict]:
    """Bring together new people, and now and then one who has applied before; nobody twice."""
    random = organisation.random
    before = min(int(random.binomial(size, 0.05)), len(organisation.people))
    known = random.choice(len(organisation.people), size=before, replace=False).tolist() if before else []
    new = _new_people(organisation, bme_share, size - before)
    people = [*new, *(organisation.people[place] for place in known)]
    organisation.people += new
    sources = random.choice(["internal", "external", "external"], size=len(people)).tolist()
    return [person | {"source": source} for person, source in zip(people, sources, strict=True)]


def _new_people(organisation: Invented, bme_share: float, size: int) -> list[dict]:
    random = organisation.random
    is_bme = (random.random(size) < bme_share).tolist()
    bme_codes = random.choice(list(BME_CODES), size=size, p=BME_SHARES).tolist()
    white_codes = random.choice(list(WHITE_CODES), size=size, p=WHITE_SHARES).tolist()
    unknown_codes = random.choice(["Z", "99"], size=size).tolist()
    unknown = (random.random(size) < organisation.unknown_share).tolist()
    stated = {
        name: random.choice(list(shares), size=size, p=list(shares.values())).tolist()
        for name, shares in CHARACTERISTICS.items()
    }
    return [
        {
            "applicant": f"CANARY-{organisation.slug}-A{len(organisation.people) + place + 1:06d}",
            "is_bme": is_bme[place],
            "ethnicity": unknown_codes[place]
            if unknown[place]
            else (bme_codes if is_bme[place] else white_codes)[place],
        }
        | {name: values[place] for name, values in stated.items()}
        for place in range(size)
    ]


def _run_stages(organisation: Invented, applicants: list[dict], closed: date, nearly_certain: bool) -> None:
    random = organisation.random
    meets = (random.random(len(applicants)) < 0.8).tolist()
    eligible = [row for row, met in zip(applicants, meets, strict=True) if met]
    for row in eligible:
        row["eligible_on"] = closed + timedelta(days=3)
    size = int(random.integers(3, 8)) * (2 if nearly_certain else 1)
    odds_ratio = organisation.shortlisting_odds_ratio
    if organisation.model.changes and closed >= organisation.changes_in.first_day:
        odds_ratio = organisation.model.changes[1]
    shortlist = _succeed(random, eligible, min(size, len(eligible)), odds_ratio)
    for row in shortlist:
        row["shortlisted_on"] = closed + timedelta(days=10)
        row["interviewed_on"] = closed + timedelta(days=24)
    posts = len(shortlist) - 1 if nearly_certain else int(random.choice([0, 1, 2], p=[0.08, 0.8, 0.12]))
    for row in _succeed(random, shortlist, min(max(posts, 0), len(shortlist)), organisation.appointment_odds_ratio):
        row["offered_on"] = closed + timedelta(days=27)
        outcome = "declined_on" if random.random() < 0.05 else "started_on"
        row[outcome] = closed + timedelta(days=34 if outcome == "declined_on" else 90)


def _succeed(random: np.random.Generator, people: list[dict], number: int, odds_ratio: float) -> list[dict]:
    bme = [person for person in people if person["is_bme"]]
    others = [person for person in people if not person["is_bme"]]
    if number and bme and others:
        from_bme = int(nchypergeom_fisher.rvs(len(people), len(bme), number, odds_ratio, random_state=random))
    else:
        from_bme = min(number, len(bme))
    return [
        group[place]
        for group, some in ((bme, from_bme), (others, number - from_bme))
        for place in sorted(random.choice(len(group), size=some, replace=False) if some else [])
    ]


def _totals(rows: list[dict]) -> list[dict]:
    seen = {(row["vacancy"], row["applicant"]): row for row in rows if row["grade"] != "7"}.values()
    return [
        {
            "grade": "8+",
            "ethnicity": group,
            "applied": sum("eligible_on" in row for row in people),
            "shortlisted": sum("shortlisted_on" in row for row in people),
            "offered": sum("offered_on" in row for row in people),
        }
        for group in ("White", "BME", "Unknown")
        for people in [[row for row in seen if _group(row["ethnicity"]) == group]]
    ]


def _group(code: str) -> str:
    return "Unknown" if code in ("Z", "99") else "White" if code in WHITE_CODES else "BME"

"""Answers to the survey: which return of a year counts, and how narrower groups add up."""

import duckdb
import pytest

from lt_analysis.counts.survey import count_answers

ROWS = [
    ("ashbourne", "2025-26-Q3", "discrimination", "White", 90, 9),
    ("ashbourne", "2025-26-Q4", "discrimination", "White", 100, 8),
    ("ashbourne", "2025-26-Q4", "discrimination", "Black", 40, 6),
    ("ashbourne", "2025-26-Q4", "discrimination", "H", 20, 4),
    ("ashbourne", "2025-26-Q4", "discrimination", "99", 5, 1),
    ("ashbourne", "2024-25-Q4", "discrimination", "BME", 30, 3),
    ("beeches", "2025-26-Q4", "equal opportunities", "BME", 30, 3),
]


@pytest.fixture
def counted(tmp_path):
    """Count some rows of returns."""

    def counting(rows):
        connection = duckdb.connect()
        if rows:
            columns = "organisation, period, question, ethnicity, respondents, yes"
            table = f"(VALUES {', '.join(map(str, rows))}) AS sent ({columns})"
            connection.execute(f"COPY (FROM {table}) TO '{tmp_path}/sent.parquet' (FORMAT parquet)")
        count_answers(connection, [tmp_path / "sent.parquet"] if rows else [])
        return connection.execute("FROM answers").fetchall()

    return counting


def test_the_latest_return_of_a_year_counts_and_narrower_groups_add_up(counted):
    assert counted(ROWS) == [
        ("ashbourne", "2024-25", "discrimination", "BME", 30, 3),
        ("ashbourne", "2025-26", "discrimination", "BME", 60, 10),
        ("ashbourne", "2025-26", "discrimination", "White", 100, 8),
        ("beeches", "2025-26", "equal-opportunities", "BME", 30, 3),
    ]


def test_where_no_survey_was_sent_there_are_no_answers(counted):
    assert counted([]) == []

"""Notebooks run for every organisation, exported, checked and put in place."""

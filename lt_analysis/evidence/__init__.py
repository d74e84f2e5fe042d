"""Draws turned into expected numbers, intervals and tests; integers in, frozen results out."""

"""Invented organisations with known truths, to try the audit on and to test it against."""

from lt_analysis.synthetic.organisations import (
    EXAMPLE,
    MODELS,
    invent,
    needs_inventing,
    refuse_beside_real_organisations,
)

__all__ = ["EXAMPLE", "MODELS", "invent", "needs_inventing", "refuse_beside_real_organisations"]

"""Invented organisations with known truths, to try the audit on and to test it against."""

from lt_analysis.synthetic.organisations import MODELS, invent, needs_inventing

__all__ = ["MODELS", "invent", "needs_inventing"]

"""Audit of recruitment at NHS Band 8 and above for the Lambeth Together partnership."""

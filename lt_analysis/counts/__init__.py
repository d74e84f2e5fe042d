"""Checked records turned into draws and summaries; the last room that sees a person."""

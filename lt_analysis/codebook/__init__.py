"""The audit's words and reference figures, each with its source; imports no other room."""

"""What organisations write, recognised as the audit's words: exactly, or not at all."""

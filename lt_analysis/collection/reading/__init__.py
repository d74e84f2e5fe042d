"""Files of any accepted format, read as text into one table, and nothing judged."""

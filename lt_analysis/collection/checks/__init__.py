"""What a row of each return must be to be accepted."""

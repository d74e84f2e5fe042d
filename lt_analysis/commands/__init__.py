"""What the commands of `lt-analysis` do once they are asked; only the command line imports it."""

"""What the commands of `lt-analysis` do once they are asked; only the front door itself imports it."""

"""The gate: what a page, a spreadsheet and a folder must be to be published. One concern a module.

Every rule yields what is wrong in words, and never the number or the name that it found.
"""

"""Figures turned into sentences, tables and charts that look the same in JupyterLab and on the page."""

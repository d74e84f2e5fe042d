"""Kernels forked from a process that has already imported what notebooks import.

A kernel spends longer on imports than on most pages. Here one process imports them once, and every kernel
starts as a copy of it: a process of its own, with nothing of another notebook in it. It is switched on by
`JUPYTER_DEFAULT_PROVISIONER_NAME=lt-analysis-warm`, for plain papermill too, and off by
`JUPYTER_DEFAULT_PROVISIONER_NAME=local-provisioner`. Without this folder every kernel starts by itself.
"""

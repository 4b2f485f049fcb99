"""Kernels that start fast: forked from a process in which the packages are imported already.

Tied to no other part of the workbench. `provisioner` is what Jupyter is told about (entry point
``a87-preforked``, chosen by ``kernel.json``); `zygotes` finds or starts the zygote of this process;
`zygote` and `service` are that process; `becoming` is what
a forked copy does to become a kernel; `forked` is such a kernel for those who asked for it.
"""

"""Social network analysis of an organisation: ties in, report out.

Pure: this package knows numpy, scipy, networkx and networkit, and no web framework. The one door is
:func:`kms.sna.report.analyse`; files enter through :mod:`kms.sna.files`. The meaning of every figure is written
in ``docs/mechanisms/sna.md``. What is too small to show is taken out here, before any page or file sees it.
"""

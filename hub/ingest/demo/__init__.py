"""The demonstration: what a programme's hub would hold, made up and marked so.

``marks`` say of every row that it is made up, ``world`` what the reference data calls whatever it
speaks of. ``facilities``, ``conditions``, ``duties``, ``money``, ``trainings``, ``statuses``,
``reviews`` and ``sources`` make rows; ``indicators`` says what is measured, ``tallies`` what is
only sent, ``measures`` makes rows of both, ``figures`` the series, ``observations`` what is
reported of them. ``loading`` brings it in.

All of it is marked synthetic; its own codes begin with ``demo.``. Each thing has a chance of its
own, so that the same seed makes the same things, whatever else there is.
"""

from hub.ingest.demo.loading import load_demo

__all__ = ["load_demo"]

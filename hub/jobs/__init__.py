"""Work that is done beside serving: queued in PostgreSQL, done by whichever worker is free.

``queueing`` puts a job down in the transaction that makes it necessary: both happen or neither.
``worker`` takes jobs (the kinds of ``kinds``), ``trying`` does one: again after a failure, later
each time; ``sight`` is what anybody may know of the queue. ``names`` is where pgqueuer finds its
tables, whose declaration is ``hub.model.jobs``.

A job may be done twice: by a worker that was only taken for dead. So each kind is such that the
second time changes nothing. A job names what is to be done and holds no data; who does it enters as
whom it is for, and the role that keeps the queue sees nothing else.
"""

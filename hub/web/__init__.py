"""HTTP: what comes in is made sure of here, what goes out leaves here untouched.

A request meets ``envelope`` (headers of every answer, unexpected failures), in production
``origins``, then one of ``graphql``, ``exports``, ``health``, ``console``. ``graphql`` reads the
``body``, makes ``parameters`` of it, has ``authenticate`` tell who asks and ``clients`` whether it
may ask now, and asks the executor, until ``departure`` says that nobody waits any more; the audit
trail is told by ``accesses``, and ``metrics`` and ``tracing`` hear of it. ``negotiation`` tells
what the client can take, ``refusals`` are the answers to what never reached the executor. ``app``
composes them.

The endpoint speaks GraphQL over HTTP itself instead of through a framework's view: a framework
decodes, copies and re-encodes what the executor already has as bytes, and decides some statuses
otherwise than the specification.
"""

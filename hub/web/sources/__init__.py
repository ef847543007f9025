"""Where systems and people send what they report: ``POST /sources/{code}/batches``.

``endpoint`` composes: ``headers`` reads what is sent and under which key, ``receiving`` takes the
body to disk as it comes, never into memory, and the act of sending registers it; the answer is the
batch's address. There ``record`` tells what has become of it, as JSON, or as it happens
(``following``). Who may not send for a source, or not see a batch, is told that there is none.
"""

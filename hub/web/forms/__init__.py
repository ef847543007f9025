"""Forms over HTTP: taken away empty, sent back marked, and the page on which they are sent.

``templates`` gives ``GET /forms/{form}/template`` and ``POST /forms/marked``; ``page`` the page at
``/upload`` with what it is told of where to sign in. The workbook itself goes to the source's own
address, like any other delivery.
"""

"""GraphQL: the model's entities as a typed schema, and the execution of documents over it.

``registry`` is how a declared type is made, ``scalars`` and ``enums`` the values; ``types`` holds
what comes out, ``inputs`` what goes in, ``query`` the root fields, ``mutations`` what may be
changed, ``schema`` the whole, ``visibility`` what of it one kind of reader sees. ``identity``
writes and reads global ids, ``context`` is what one operation carries, and ``execution`` runs a
document and writes its answer.

Types follow the model: a field, a filter and an order value exist because the entity declares
them, so an executor and the schema cannot disagree.
"""

"""Acts: each a module, each one transaction that either happens or does not; no GraphQL.

An act takes what it needs by name: the transaction it runs in and what it is about. Who may act is
decided by the database for the principal that the transaction carries.
"""

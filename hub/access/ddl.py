"""Access as statements: roles, functions, triggers, forced row security, policies, privileges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.access.functions import AFTER_TABLES, TRIGGERS
from hub.access.policies import ENQUEUEING, POLICIES, Policy, Verb
from hub.access.privileges import PRIVILEGES, Privilege
from hub.access.readers import OUTSIDE, Reader
from hub.model.columns import METADATA
from hub.model.jobs import QUEUE_TABLES, SCHEMA, job

if TYPE_CHECKING:
    from collections.abc import Iterator


NO_TEMPORARY_TABLES: Final = (
    "DO $do$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', "
    "current_database()); "
    f"EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO {Reader.LOADER}, {Reader.SOURCE}', "
    "current_database()); END $do$"
)
"""A temporary table hides the real one of its name from whoever has the connection next. A database
that was copied, or restored under another name, has lost this."""

FUNCTION_RIGHTS: Final = (
    "REVOKE EXECUTE ON FUNCTION hub_figures_added(bigint) FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION hub_figures_added(bigint) TO {Reader.SOURCE}",
)
"""Every other function may be called by anybody: it runs by its caller's right."""


def role_statements() -> Iterator[str]:
    """Yield what makes the runtime roles; a cluster may have them already."""
    for role in Reader:
        yield (
            f"DO $do$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE "
            "NOINHERIT NOREPLICATION NOBYPASSRLS; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$"
        )
        yield f"ALTER ROLE {role} SET jit = off"
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield NO_TEMPORARY_TABLES


def access_statements() -> Iterator[str]:
    """Yield what the policies need and the policies themselves, for tables that exist."""
    yield from AFTER_TABLES
    yield from TRIGGERS
    for table in (*sorted(METADATA.tables), *(table.fullname for table in QUEUE_TABLES)):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield from map(policy_statement, POLICIES)
    yield from map(privilege_statement, PRIVILEGES)
    yield from FUNCTION_RIGHTS
    # The loader numbers rows itself, so that rows of one load can name each other.
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {Reader.LOADER}, {Reader.REGISTRAR}"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {', '.join((Reader.WORKER, *ENQUEUEING, *OUTSIDE))}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO {Reader.WORKER}"
    # Only the numbers of jobs: an insert draws one.
    yield f"GRANT USAGE ON SEQUENCE {job.fullname}_id_seq TO {', '.join(ENQUEUEING)}"


def policy_statement(policy: Policy, *, on: str | None = None) -> str:
    """Return the statement that creates *policy*, for its own table unless it is *on* another."""
    roles = ", ".join(policy.roles)
    using = "" if policy.verb is Verb.INSERT else f" USING ({policy.using})"
    check = "" if policy.verb is Verb.SELECT else f" WITH CHECK ({policy.using})"
    return (
        f"CREATE POLICY {policy.name} ON {on or policy.table.fullname} "
        f"FOR {policy.verb} TO {roles}"
        f"{using}{check}"
    )


def privilege_statement(privilege: Privilege) -> str:
    """Return the statement that grants *privilege*."""
    columns = f" ({', '.join(privilege.columns)})" if privilege.columns else ""
    return f"GRANT {privilege.verb}{columns} ON {privilege.table.fullname} TO {privilege.role}"

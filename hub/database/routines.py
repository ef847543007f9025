"""What of the declared functions and triggers a live database has otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

import asyncpg

from hub.access.ddl import FUNCTION_RIGHTS
from hub.access.functions import AFTER_TABLES, BEFORE_TABLES, TRIGGERS
from hub.database.errors import OwnerTooWeakError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address

_TWIN: Final = "hub_twin"
_OWNER: Final = """
    SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('public.account')"""
_FUNCTIONS: Final = """
    SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner),
      ARRAY(SELECT coalesce(r.rolname, 'PUBLIC')
            FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
            LEFT JOIN pg_roles r ON r.oid = a.grantee
            WHERE a.grantee <> p.proowner ORDER BY 1)
    FROM pg_proc p
    WHERE p.pronamespace = to_regnamespace($1) AND p.prokind IN ('f', 'p')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                      AND d.objid = p.oid AND d.deptype = 'e')"""
_TRIGGERS: Final = """
    SELECT t.tgname, c.oid::regclass::text, pg_get_triggerdef(t.oid, true),
      t.tgenabled NOT IN ('O', 'A')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = ANY ($1::regnamespace[]) AND NOT t.tgisinternal"""
_TABLES: Final = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
_NAMES: Final = re.compile(r"CREATE TRIGGER (\w+).* ON (\w+)")
_QUEUE: Final = "jobs"


class Change(Enum):
    """How something is not as declared."""

    MISSING = auto()
    ALTERED = auto()
    OWNED = auto()
    OPENED = auto()
    DISABLED = auto()
    ADDED = auto()


@dataclass(frozen=True, slots=True, order=True)
class Changed:
    """A function or a trigger that is not as declared.

    Attributes:
        remedy: the statement that puts it right, where one does.
    """

    name: str
    change: Change
    remedy: str | None = None


class _Function(NamedTuple):
    definition: str
    owner: str
    callers: list[str]


class _Trigger(NamedTuple):
    table: str
    definition: str
    is_disabled: bool


async def find_changes(address: Address) -> list[Changed]:
    """Return what is amiss with functions and triggers, seen as the owner.

    Compared are functions by their whole definition (body, language, volatility, settings, whose
    rights they run by), owner, and who may call them; triggers by their definition, and whether
    they run. What an extension brought is its own.
    """
    with address.explained():
        connection = await asyncpg.connect(address.url, timeout=10)
    passing = connection.transaction()
    try:
        await passing.start()
        return [
            *await _changed_functions(connection),
            *await _changed_triggers(connection),
        ]
    except asyncpg.InsufficientPrivilegeError as error:
        raise OwnerTooWeakError(user=address.user) from error
    finally:
        # Nothing of what was made to compare with stays, and nobody has seen it.
        await passing.rollback()
        await connection.close()


async def _changed_functions(connection: asyncpg.Connection) -> list[Changed]:
    """Make the declared functions once more in a schema of their own, where they read alike."""
    await connection.execute("SET LOCAL search_path = public")
    live = await _functions(connection, "public")
    owner = await connection.fetchval(_OWNER)
    await connection.execute(f"CREATE SCHEMA {_TWIN}")
    await connection.execute(f"SET LOCAL search_path = {_TWIN}, public")
    for statement in (*BEFORE_TABLES, *AFTER_TABLES, *FUNCTION_RIGHTS):
        await connection.execute(statement)
    declared = await _functions(connection, _TWIN)
    return sorted(_compared(live, declared, owner), key=lambda changed: changed.name)


def _compared(
    live: dict[str, _Function], declared: dict[str, _Function], owner: str
) -> Iterator[Changed]:
    for name in declared.keys() - live.keys():
        yield Changed(name, Change.MISSING)
    for name in live.keys() - declared.keys():
        yield Changed(name, Change.ADDED, f"DROP FUNCTION {name}")
    for name in live.keys() & declared.keys():
        found, meant = live[name], declared[name]
        if found.definition != meant.definition:
            yield Changed(name, Change.ALTERED)
        if found.owner != owner:
            yield Changed(name, Change.OWNED, f'ALTER FUNCTION {name} OWNER TO "{owner}"')
        if found.callers != meant.callers:
            yield Changed(name, Change.OPENED)


async def _functions(connection: asyncpg.Connection, schema: str) -> dict[str, _Function]:
    rows = await connection.fetch(_FUNCTIONS, schema)
    head = f"CREATE OR REPLACE FUNCTION {schema}."
    return {
        name: _Function(definition.removeprefix(head), owner, callers)
        for name, definition, owner, callers in rows
    }


async def _changed_triggers(connection: asyncpg.Connection) -> list[Changed]:
    """Make the declared triggers once more on empty tables, beside the functions made before."""
    await connection.execute("SET LOCAL search_path = public")
    live = await _triggers(connection, "public")
    queue = await _triggers(connection, _QUEUE)
    await connection.execute(f"SET LOCAL search_path = {_TWIN}, public")
    meant = [(statement, *_NAMES.findall(statement)[0]) for statement in TRIGGERS]
    known = {row[0] for row in await connection.fetch(_TABLES)}
    for table in {table for _, _, table in meant} & known:
        await connection.execute(f"CREATE TABLE {table} (LIKE public.{table})")
    for statement, _, table in meant:
        if table in known:
            await connection.execute(statement)
    declared = await _triggers(connection, _TWIN)
    names = {f"{name} ON {table}" for _, name, table in meant}
    changed = [Changed(name, Change.MISSING) for name in names - live.keys()]
    for name, found in live.items():
        if name not in declared:
            changed.append(Changed(name, Change.ADDED, f"DROP TRIGGER {name}"))
        elif found.definition != declared[name].definition:
            changed.append(Changed(name, Change.ALTERED))
    for name, found in {**live, **queue}.items():
        if found.is_disabled:
            enabling = f"ALTER TABLE {found.table} ENABLE TRIGGER {name.partition(' ')[0]}"
            changed.append(Changed(name, Change.DISABLED, enabling))
    return sorted(changed, key=lambda each: each.name)


async def _triggers(connection: asyncpg.Connection, schema: str) -> dict[str, _Trigger]:
    rows = await connection.fetch(_TRIGGERS, [schema])
    return {f"{name} ON {table}": _Trigger(table, *rest) for name, table, *rest in rows}

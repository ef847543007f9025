"""Accounts and rights: who may enter, and what is given for a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from strawberry import UNSET
from strawberry.types import Info

from hub.api.context import Context
from hub.api.enums import vocabulary_enum
from hub.api.inputs.texts import storable
from hub.api.registry import argument, input_type, object_type
from hub.api.registry import field as declare
from hub.commands.acting import Act, acting
from hub.commands.add_account import AccountTakenError, add_account
from hub.commands.break_glass import break_glass
from hub.commands.end_grant import end_grant
from hub.commands.errors import ForbiddenError
from hub.commands.give_grant import GrantOrder, give_grant
from hub.commands.suspend_account import restore_account, suspend_account
from hub.model.catalogue.organisation import AGENCY
from hub.model.vocabulary import ACCOUNT_KIND, CAPABILITY, DATA_CLASS, OBSERVATION_STATUS

if TYPE_CHECKING:
    from strawberry.types.field import StrawberryField

    from hub.loaders.rows import Row

Asked = Info[Context, None]


@dataclass(frozen=True, slots=True)
class AccountReceipt:
    """An account after the act."""

    issuer: str
    subject: str
    agency: str | None
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class GrantReceipt:
    """A right after the act."""

    code: str
    holder: str | None


def administration_fields() -> list[StrawberryField]:
    """Return the mutations of accounts and rights."""
    _declare_types()
    return [
        _mutation(
            "addAccount",
            "AccountReceipt",
            "AddAccountInput",
            "Let somebody act as an agency of your subtree (cấp tài khoản).",
            _add_account,
        ),
        _mutation(
            "suspendAccount",
            "AccountReceipt",
            "AccountInput",
            "Shut an account of your subtree, with all its tokens, at once (khóa tài khoản).",
            _suspend_account,
        ),
        _mutation(
            "restoreAccount",
            "AccountReceipt",
            "AccountInput",
            "Open a suspended account of your subtree again (mở lại tài khoản).",
            _restore_account,
        ),
        _mutation(
            "giveGrant",
            "GrantReceipt",
            "GiveGrantInput",
            "Give an agency of your subtree, for a time, a right that yours holds as a whole "
            "(cấp quyền có thời hạn).",
            _give_grant,
        ),
        _mutation(
            "endGrant",
            "GrantReceipt",
            "EndGrantInput",
            "End a right that was given for a time, before its time (thu hồi quyền).",
            _end_grant,
        ),
        _mutation(
            "breakGlass",
            "GrantReceipt",
            "BreakGlassInput",
            "As standing agency, read a project's drafts for 24 hours at most; their owners are "
            "told (mở khẩn cấp).",
            _break_glass,
        ),
    ]


async def _add_account(info: Asked, **given: Any) -> AccountReceipt:  # noqa: ANN401
    asked = given["input"]
    issuer, subject, agency = (
        storable(text) for text in (asked.issuer, asked.subject, asked.agency)
    )
    kind = "person" if asked.kind in (None, UNSET) else asked.kind.value
    act = _act("addAccount", info.context)
    try:
        async with acting(info.context.database, info.context.principal, act) as transaction:
            handle = await add_account(
                transaction, agency_code=agency, issuer=issuer, subject=subject, kind=kind
            )
            act.target = str(handle)
    except AccountTakenError as error:
        # Whose account it is may be nothing the caller should learn.
        raise ForbiddenError from error
    return AccountReceipt(issuer, subject, agency, is_suspended=False)


async def _suspend_account(info: Asked, **given: Any) -> AccountReceipt:  # noqa: ANN401
    issuer, subject = storable(given["input"].issuer), storable(given["input"].subject)
    act = _act("suspendAccount", info.context)
    async with acting(info.context.database, info.context.principal, act) as transaction:
        act.target = str(await suspend_account(transaction, issuer=issuer, subject=subject))
    return AccountReceipt(issuer, subject, None, is_suspended=True)


async def _restore_account(info: Asked, **given: Any) -> AccountReceipt:  # noqa: ANN401
    issuer, subject = storable(given["input"].issuer), storable(given["input"].subject)
    act = _act("restoreAccount", info.context)
    async with acting(info.context.database, info.context.principal, act) as transaction:
        act.target = str(await restore_account(transaction, issuer=issuer, subject=subject))
    return AccountReceipt(issuer, subject, None, is_suspended=False)


async def _give_grant(info: Asked, **given: Any) -> GrantReceipt:  # noqa: ANN401
    asked, context = given["input"], info.context
    order = GrantOrder(
        holder=storable(asked.holder),
        jurisdiction=storable(asked.jurisdiction),
        project=_optional(asked.project),
        area=_optional(asked.area),
        data_classes=tuple(value.value for value in asked.dataClasses),
        capabilities=tuple(value.value for value in asked.capabilities),
        states=tuple(value.value for value in asked.states or ()),
        valid_until=asked.validUntil,
        why=storable(asked.why),
    )
    act = _act("giveGrant", context)
    async with acting(context.database, context.principal, act) as transaction:
        code = act.target = await give_grant(
            transaction, order, given_by=context.principal.account, clock=context.clock
        )
    return GrantReceipt(code, order.holder)


async def _end_grant(info: Asked, **given: Any) -> GrantReceipt:  # noqa: ANN401
    code = storable(given["input"].code)
    act = _act("endGrant", info.context)
    async with acting(info.context.database, info.context.principal, act) as transaction:
        await end_grant(transaction, code=code)
        act.target = code
    return GrantReceipt(code, None)


async def _break_glass(info: Asked, **given: Any) -> GrantReceipt:  # noqa: ANN401
    asked, context = given["input"], info.context
    if context.principal.account is None:
        raise ForbiddenError
    act = _act("breakGlass", context)
    async with acting(context.database, context.principal, act) as transaction:
        code = act.target = await break_glass(
            transaction,
            given_by=context.principal.account,
            jurisdiction_code=storable(asked.jurisdiction),
            project_code=storable(asked.project),
            why=storable(asked.why),
            valid_until=asked.validUntil,
            clock=context.clock,
        )
    return GrantReceipt(code, context.principal.agency)


def _act(name: str, context: Context) -> Act:
    return Act(name, context.origin, context.clock)


def _mutation(
    name: str,
    result: str,
    takes: str,
    text: str,
    resolver: Any,  # noqa: ANN401
) -> StrawberryField:
    return declare(name, result, text, resolver, [argument("input", takes, "What to do.")])


def _optional(text: object) -> str | None:
    return storable(text) if isinstance(text, str) else None


def _declare_types() -> None:
    for vocabulary in (ACCOUNT_KIND, CAPABILITY, DATA_CLASS, OBSERVATION_STATUS):
        vocabulary_enum(vocabulary)
    who = {
        "issuer": ("str", "Who issues the tokens, as they name it (nơi cấp token)."),
        "subject": ("str", "Whom the issuer means (định danh)."),
    }
    input_type("AccountInput", "Which account (tài khoản nào).", who, required=who)
    input_type(
        "AddAccountInput",
        "Whom to let act as which agency (tài khoản mới).",
        {
            **who,
            "agency": ("str", "Code of the agency (mã cơ quan)."),
            "kind": ("AccountKind", "Who is behind it; a person where left out (loại)."),
        },
        required=(*who, "agency"),
    )
    _declare_grant_inputs()
    object_type(
        "AccountReceipt",
        "An account after an act (kết quả về tài khoản).",
        [
            declare("issuer", "str", "Who issues its tokens.", lambda self: self.issuer),
            declare("subject", "str", "Whom the issuer means.", lambda self: self.subject),
            declare(
                "isSuspended",
                "bool",
                "Whether it is shut (bị khóa).",
                lambda self: self.is_suspended,
            ),
            declare("agency", "Agency | None", "Its agency, if it was named.", _agency_of_account),
        ],
    )
    object_type(
        "GrantReceipt",
        "A right after an act (kết quả về quyền).",
        [
            declare("code", "str", "Its code, to end it by (mã).", lambda self: self.code),
            declare("holder", "Agency | None", "Who holds it, if named.", _agency_of_grant),
        ],
    )


def _declare_grant_inputs() -> None:
    until = ("datetime", "When it lapses by itself (hết hiệu lực).")
    why = ("str", "Why; whoever looks back will read it (lý do).")
    members = {
        "holder": ("str", "Code of the agency that shall hold it (mã cơ quan)."),
        "jurisdiction": ("str", "Code of the place it is in (mã địa phương)."),
        "project": ("str", "Code of a local project and all below it; every one if left out."),
        "area": ("str", "Code of a ward of today; the whole place if left out (mã địa bàn)."),
        "dataClasses": ("list[DataClass]", "What it opens (loại dữ liệu)."),
        "capabilities": ("list[Capability]", "What it lets the holder do (quyền)."),
        "states": ("list[ObservationStatus]", "Only figures in these states (trạng thái)."),
        "validUntil": until,
        "why": why,
    }
    optional = ("project", "area", "states")
    input_type(
        "GiveGrantInput",
        "A right to give; it holds as a whole (quyền cần cấp).",
        members,
        required=[name for name in members if name not in optional],
    )
    input_type(
        "EndGrantInput",
        "Which right to end (quyền cần thu hồi).",
        {"code": ("str", "Its code (mã).")},
        required=("code",),
    )
    glass = {
        "jurisdiction": ("str", "Code of the place (mã địa phương)."),
        "project": ("str", "Code of the local project (mã dự án)."),
        "validUntil": until,
        "why": why,
    }
    input_type("BreakGlassInput", "Whose drafts to open (mở khẩn cấp).", glass, required=glass)


async def _agency_of_account(self: AccountReceipt, info: Asked) -> Row | None:
    return await _agency(self.agency, info.context)


async def _agency_of_grant(self: GrantReceipt, info: Asked) -> Row | None:
    return await _agency(self.holder, info.context)


async def _agency(code: str | None, context: Context) -> Row | None:
    return None if code is None else await context.bundle.by_key(AGENCY, (code,))

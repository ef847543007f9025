"""What a hub needs, looked at in the order in which one thing rests on another."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, literal, select

from hub.access.policies import POLICIES
from hub.access.principal import PUBLIC, Principal
from hub.access.readers import OUTSIDE, Reader
from hub.cli.identity import find_silent_issuers
from hub.cli.installation import open_existing_server, prepare_home
from hub.clock import system_clock
from hub.database.condition import inspect
from hub.database.engine import Database
from hub.database.errors import NotMigratedError, ServerTooOldError
from hub.database.migrate import OLDEST_SERVER
from hub.database.routines import Change, find_changes
from hub.database.safeguards import find_gaps
from hub.database.transaction import Mode, begin
from hub.errors import HubError, Language
from hub.jobs.sight import Standing, see_queue
from hub.model.measurement import indicator
from hub.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.database.address import Address
    from hub.database.condition import Condition
    from hub.database.routines import Changed
    from hub.settings import Settings


_SHOWN: Final = 3
_MOST_APART: Final = 5.0
_GIGABYTE: Final = 1_000_000_000
_LEAST_FREE: Final = _GIGABYTE
_LONGEST_WAIT: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of *subject*; unwell, the words say what to do."""

    subject: str
    words: str
    is_well: bool = True


def examine() -> Iterator[Finding]:
    """Yield a finding for each thing; what the others rest on is the last if it is unwell."""
    subject = "Cấu hình"
    try:
        settings = read_settings()
        home = settings.home.absolute()
        yield Finding(subject, f"PORT={settings.port}, HUB_HOME={home}")

        subject = "Thư mục dữ liệu"
        if home.exists() or settings.database_url is not None:
            prepare_home(home)
        with ExitStack() as stack:
            address = stack.enter_context(open_existing_server(settings))
            yield Finding(subject, f"ghi được {home}")

            subject = "PostgreSQL"
            condition = asyncio.run(inspect(address))
            if condition.major < OLDEST_SERVER:
                raise ServerTooOldError(
                    address=address.place, found=condition.major, needed=OLDEST_SERVER
                )
            yield Finding(subject, f"phiên bản {condition.server} tại {address.place}")

            subject = "Lược đồ"
            if condition.revision != condition.head:
                raise NotMigratedError
            yield Finding(subject, f"phiên bản {condition.revision}")

            subject = "Vai trò"
            indicators = asyncio.run(_enter_as_everybody(address))
            yield Finding(subject, ", ".join(Reader))

            subject = "Bảo vệ"
            yield _safety(asyncio.run(find_gaps(address)))

            subject = "Hàm và trigger"
            yield _workings(asyncio.run(find_changes(address)))

            subject = "Kết nối"
            yield _room(condition, settings.connections)

            subject = "Hàng đợi"
            yield _queue(asyncio.run(_look_at_the_queue(address)))

            subject = "Đồng hồ"
            yield _clock(condition)

            subject = "Đĩa"
            yield _disk(home)

            subject = "Nơi cấp token"
            yield _issuers(settings, asyncio.run(find_silent_issuers(settings)))

            subject = "Dữ liệu gốc"
            if indicators:
                yield Finding(subject, f"{indicators} chỉ tiêu")
            else:
                yield Finding(subject, "chưa nạp: hãy chạy “hub ingest reference”", is_well=False)
    except HubError as error:
        yield Finding(subject, error.sentence(Language.VI), is_well=False)


def _safety(gaps: list[str]) -> Finding:
    if not gaps:
        return Finding("Bảo vệ", f"{len(POLICIES)} quy tắc dòng, bắt buộc trên mọi bảng")
    shown = "; ".join(gaps[:_SHOWN]) + ("; …" if len(gaps) > _SHOWN else "")
    return Finding(
        "Bảo vệ",
        f"khác với khai báo ở {len(gaps)} chỗ ({shown}): hãy dừng hub, chạy “hub migrate”, và tìm "
        "xem ai đã sửa cơ sở dữ liệu",
        is_well=False,
    )


_CHANGES: Final = {
    Change.MISSING: "thiếu",
    Change.ALTERED: "bị sửa",
    Change.OWNED: "đổi chủ sở hữu",
    Change.OPENED: "đổi quyền gọi",
    Change.DISABLED: "bị tắt",
    Change.ADDED: "không có trong khai báo",
}


def _workings(changed: list[Changed]) -> Finding:
    """Tell whether what runs inside the database is what this version put there."""
    subject = "Hàm và trigger"
    if not changed:
        return Finding(subject, "đúng như khai báo, trigger đều bật")
    shown = [f"{each.name} {_CHANGES[each.change]}" for each in changed[:_SHOWN]]
    more = ["…"] if len(changed) > _SHOWN else []
    advice = ["hãy dừng hub, tìm xem ai đã sửa cơ sở dữ liệu"]
    advice += [each.remedy for each in changed[:_SHOWN] if each.remedy]
    if any(each.remedy is None for each in changed):
        advice.append("khôi phục cơ sở dữ liệu từ bản sao lưu trước lúc bị sửa")
    return Finding(
        subject,
        f"khác với khai báo ở {len(changed)} chỗ ({'; '.join([*shown, *more])}): "
        f"{'; '.join(advice)}",
        is_well=False,
    )


def _room(condition: Condition, each: int) -> Finding:
    """Tell whether every pool can be full at once."""
    # Deliveries have as many as a kind of reader.
    many = len(OUTSIDE) + 1
    needed = each * many + 2 * (len(Reader) - many)
    words = f"{condition.taken}/{condition.connections}, hub này cần nhiều nhất {needed}"
    if condition.connections >= needed:
        return Finding("Kết nối", words)
    advice = "hãy tăng max_connections của PostgreSQL hoặc giảm HUB_CONNECTIONS"
    return Finding("Kết nối", f"{words}: {advice}", is_well=False)


def _queue(standing: list[Standing]) -> Finding:
    """Tell whether somebody does what is queued, and whether anything could not be done."""
    waiting = [each for each in standing if each.state == "queued"]
    failed = sum(each.count for each in standing if each.state == "failed")
    words = f"{sum(each.count for each in waiting)} việc đang chờ, {failed} việc không làm được"
    oldest = min((each.since for each in waiting), default=None)
    if oldest is not None and system_clock() - oldest > _LONGEST_WAIT:
        return Finding(
            "Hàng đợi", f"{words}: hãy xem “hub worker” có đang chạy không", is_well=False
        )
    if failed:
        advice = "hãy xem nhật ký của “hub worker”, rồi nhờ bên gửi gửi lại"
        return Finding("Hàng đợi", f"{words}: {advice}", is_well=False)
    return Finding("Hàng đợi", words)


def _clock(condition: Condition) -> Finding:
    """Tell whether tokens and validities are judged by the same time everywhere."""
    seconds = abs((system_clock() - condition.now).total_seconds())
    words = f"lệch {seconds:.1f} giây so với PostgreSQL"
    if seconds <= _MOST_APART:
        return Finding("Đồng hồ", words)
    return Finding("Đồng hồ", f"{words}: hãy bật đồng bộ giờ (NTP) ở cả hai máy", is_well=False)


def _disk(home: Path) -> Finding:
    """Tell whether logs, the audit spool and the embedded database can grow."""
    free = shutil.disk_usage(home).free
    words = f"còn trống {free / _GIGABYTE:.1f} GB ở {home}"
    if free >= _LEAST_FREE:
        return Finding("Đĩa", words)
    return Finding("Đĩa", f"{words}: hãy dọn bớt hoặc dời HUB_HOME", is_well=False)


def _issuers(settings: Settings, silent: list[str]) -> Finding:
    if not settings.issuers:
        return Finding("Nơi cấp token", "chưa đặt HUB_ISSUER, chỉ “hub serve” cần")
    if not silent:
        return Finding("Nơi cấp token", f"lấy được khóa của {', '.join(settings.issuers)}")
    return Finding(
        "Nơi cấp token",
        f"không lấy được khóa của {', '.join(silent)}: hãy kiểm tra địa chỉ, đường mạng và chứng "
        "thư (SSL_CERT_FILE)",
        is_well=False,
    )


async def _enter_as_everybody(address: Address) -> int:
    """Enter the database as each kind of reader; return how many indicators there are."""
    async with Database(address, connections=1) as database:
        for reader in Reader:
            async with begin(database, Principal(reader), Mode.READ) as transaction:
                await transaction.fetch(select(literal(1)))
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            count = select(func.count()).where(~indicator.c.synthetic)
            [[indicators]] = await transaction.fetch(count)
    return int(indicators)


async def _look_at_the_queue(address: Address) -> list[Standing]:
    async with Database(address, connections=1) as database:
        return await see_queue(database)

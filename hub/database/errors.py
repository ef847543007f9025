"""What can be wrong with the database, said to whoever runs the hub."""

from __future__ import annotations

from hub.errors import HubError


class DatabaseError(HubError):
    """The base of what is wrong with the house, not with a request; clients are told to wait."""


class ServerUnreachableError(DatabaseError):
    """Nothing answers at the address."""

    code = "DATABASE_UNREACHABLE"
    vi = "Không kết nối được PostgreSQL tại {address}: hãy kiểm tra máy chủ và HUB_DATABASE_URL."
    en = "No PostgreSQL answers at {address}: check the server and HUB_DATABASE_URL."


class ServerRefusedError(DatabaseError):
    """The server knows neither the user nor the password."""

    code = "DATABASE_REFUSED"
    vi = (
        "PostgreSQL tại {address} từ chối người dùng “{user}”: "
        "sai mật khẩu hoặc người dùng chưa có; hãy sửa HUB_DATABASE_URL."
    )
    en = (
        "PostgreSQL at {address} refuses user “{user}”: wrong password or unknown user; "
        "correct HUB_DATABASE_URL."
    )


class ServerTooOldError(DatabaseError):
    """The server is older than the hub can use."""

    code = "DATABASE_TOO_OLD"
    vi = "PostgreSQL tại {address} là phiên bản {found}; hub cần phiên bản {needed} trở lên."
    en = "PostgreSQL at {address} is version {found}; the hub needs {needed} or newer."


class DatabaseMissingError(DatabaseError):
    """The server has no such database."""

    code = "DATABASE_MISSING"
    vi = "PostgreSQL tại {address} không có cơ sở dữ liệu “{database}”: hãy tạo trước."
    en = "PostgreSQL at {address} has no database “{database}”: create it first."


class DatabaseUrlError(DatabaseError):
    """The address cannot be understood."""

    code = "DATABASE_URL_INVALID"
    vi = "HUB_DATABASE_URL không đúng dạng postgresql://người-dùng:mật-khẩu@máy-chủ:cổng/cơ-sở-dữ-liệu."
    en = "HUB_DATABASE_URL is not of the form postgresql://user:password@host:port/database."


class OwnerTooWeakError(DatabaseError):
    """The user of the address may not do what a migration needs."""

    code = "DATABASE_OWNER_TOO_WEAK"
    vi = (
        "Người dùng “{user}” không đủ quyền chuẩn bị cơ sở dữ liệu: "
        "cần CREATEROLE và là chủ cơ sở dữ liệu."
    )
    en = (
        "User “{user}” may not prepare the database: it needs CREATEROLE and must own the database."
    )


class NotMigratedError(DatabaseError):
    """The tables or roles are missing or of another version."""

    code = "DATABASE_NOT_MIGRATED"
    vi = "Cơ sở dữ liệu chưa ở đúng phiên bản: hãy chạy “hub migrate”."
    en = "The database is not at this version: run “hub migrate”."


class BusyError(DatabaseError):
    """No connection became free in time."""

    code = "DATABASE_BUSY"
    vi = "Hệ thống đang bận; hãy thử lại sau ít giây."
    en = "The hub is busy; try again in a few seconds."


class ConnectionLostError(DatabaseError):
    """The server, or the network, gave a connection up while something was asked on it."""

    code = "DATABASE_CONNECTION_LOST"
    vi = "Mất kết nối tới PostgreSQL tại {address} giữa chừng; hãy thử lại sau ít giây."
    en = "The connection to PostgreSQL at {address} was lost; try again in a few seconds."


class StalePrincipalError(DatabaseError):
    """Accounts or grants have changed since it was found out who asks: it is to be done again."""

    code = "ACCESS_CHANGED"
    vi = "Quyền truy cập đang được thay đổi: hãy gửi lại yêu cầu."
    en = "Access rights are just being changed: send the request again."


class StatementTimeoutError(HubError):
    """A statement took longer than one may, and was ended."""

    code = "STATEMENT_TIMEOUT"
    refuses_request = True
    vi = "Câu hỏi chạy quá lâu nên đã bị dừng: hãy thu hẹp bộ lọc hoặc lấy trang nhỏ hơn."
    en = "The operation ran too long and was ended: narrow its filters, or take smaller pages."

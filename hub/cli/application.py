"""The verbs and what each is for."""

from __future__ import annotations

from typing import Final

import typer

from hub.cli.account import add_account, list_accounts, restore_account, suspend_account
from hub.cli.audit import archive_audit, verify_audit
from hub.cli.batch import decide, list_batches, show_batch
from hub.cli.doctor import doctor
from hub.cli.export import export
from hub.cli.grant import end_grant, give_grant, list_grants
from hub.cli.ingest import ingest
from hub.cli.issue_token import issue_token
from hub.cli.migrate import migrate
from hub.cli.operation import add_operation, end_operation, list_operations
from hub.cli.run import run
from hub.cli.schema import check_schema, print_schema
from hub.cli.serve import serve
from hub.cli.source import add_source, load_shares, load_terms
from hub.cli.template import template
from hub.cli.vietnamese import Command, Group
from hub.cli.worker import worker


def _group(words: str) -> typer.Typer:
    return typer.Typer(
        help=words,
        cls=Group,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        options_metavar="",
        subcommand_metavar="LỆNH …",
    )


application: Final = _group(
    "Trục dữ liệu chương trình phòng, chống ma túy: một điểm hỏi GraphQL.\n\n"
    "Cấu hình bằng biến môi trường: PORT, HUB_HOME, HUB_DATABASE_URL, …"
)
_account: Final = _group("Tài khoản: ai được vào, và thuộc cơ quan nào.")
_grant: Final = _group("Quyền cấp có thời hạn, bên cạnh quyền theo nhiệm vụ.")
_operation: Final = _group("Câu hỏi tin cậy: công chúng và hệ thống máy được hỏi gì.")
_source: Final = _group("Nguồn dữ liệu: từ riêng của nguồn, tỷ lệ chia của đơn vị cũ.")
_batch: Final = _group(
    "Lô nhập: số liệu đã gửi đến, và các dòng chờ quyết định.\n\n"
    "Ví dụ: hub batch list --held; hub batch show LÔ; hub batch decide LÔ DÒNG correct "
    "--cell area=00004"
)
_audit: Final = _group("Nhật ký truy cập: ai đã hỏi gì, được gì.")
_schema: Final = _group("Lược đồ GraphQL đã công bố, trong thư mục schema/.")

for _in, _name, _verb, _words in (
    (application, "run", run, "Chạy bản phát triển trên máy này: dữ liệu, token, bảng hỏi."),
    (application, "serve", serve, "Chạy máy chủ chính thức trên HUB_DATABASE_URL."),
    (
        application,
        "worker",
        worker,
        "Làm việc trong hàng đợi, giữ nhật ký truy cập của các máy chủ dùng HUB_HOME.",
    ),
    (application, "migrate", migrate, "Đưa cơ sở dữ liệu lên phiên bản của hub này."),
    (application, "token", issue_token, "In một token của bản phát triển, không in gì khác."),
    (application, "ingest", ingest, "Nạp dữ liệu từ một nguồn: nạp trọn hoặc không nạp gì."),
    (application, "template", template, "Lập biểu nhập số liệu (XLSX) cho một đơn vị và kỳ."),
    (application, "export", export, "Kết xuất một tập dữ liệu, trong quyền của người xem."),
    (application, "doctor", doctor, "Xem hub này đã sẵn sàng chưa và còn thiếu gì."),
    (_account, "add", add_account, "Cấp tài khoản cho một người hoặc một hệ thống."),
    (_account, "list", list_accounts, "Liệt kê tài khoản."),
    (_account, "suspend", suspend_account, "Khóa một tài khoản, có hiệu lực ngay."),
    (_account, "restore", restore_account, "Mở lại một tài khoản đã khóa."),
    (_grant, "give", give_grant, "Cấp một quyền có thời hạn cho một cơ quan."),
    (_grant, "list", list_grants, "Liệt kê các quyền có thời hạn còn hiệu lực."),
    (_grant, "end", end_grant, "Thu hồi một quyền trước thời hạn."),
    (_operation, "add", add_operation, "Đăng ký một câu hỏi, có hiệu lực ngay."),
    (_operation, "list", list_operations, "Liệt kê các câu hỏi đã đăng ký."),
    (_operation, "end", end_operation, "Chấm dứt một câu hỏi đã đăng ký."),
    (_source, "add", add_source, "Đăng ký một nguồn, hoặc đổi những gì nguồn được ghi."),
    (_source, "terms", load_terms, "Nạp bảng từ riêng của một nguồn và mã tương ứng."),
    (_source, "shares", load_shares, "Nạp tỷ lệ chia số liệu của xã, phường cũ đã bị chia."),
    (_batch, "list", list_batches, "Liệt kê các lô mới nhất."),
    (_batch, "show", show_batch, "Xem một lô, và các dòng chưa nhận."),
    (_batch, "decide", decide, "Quyết định về một dòng đang chờ: nhận, sửa hoặc bỏ."),
    (_audit, "verify", verify_audit, "Kiểm tra nhật ký có nguyên vẹn không."),
    (_audit, "archive", archive_audit, "Ghi các bản ghi cũ nhất ra tệp lưu trữ tự kiểm tra được."),
    (_schema, "print", print_schema, "Ghi lược đồ và danh mục câu hỏi có sẵn vào schema/."),
    (_schema, "check", check_schema, "Đối chiếu schema/ với mã nguồn."),
):
    _in.command(_name, cls=Command, help=_words, options_metavar="[TÙY CHỌN]")(_verb)

application.add_typer(_account, name="account")
application.add_typer(_grant, name="grant")
application.add_typer(_operation, name="operation")
application.add_typer(_source, name="source")
application.add_typer(_batch, name="batch")
application.add_typer(_audit, name="audit")
application.add_typer(_schema, name="schema")

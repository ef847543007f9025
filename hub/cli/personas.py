"""Whom a development hub lets one be, besides the public."""

from __future__ import annotations

from typing import Final

STANDING_AGENCY: Final = "hn.cong-an"

PERSONAS: Final = (
    ("Công an TP Hà Nội", STANDING_AGENCY),
    ("Sở Y tế", "hn.so-y-te"),
    ("Sở Tư pháp", "hn.so-tu-phap"),
    ("Sở Tài chính", "hn.so-tai-chinh"),
    ("MTTQ Thành phố", "hn.mttq"),
    ("UBND phường Ba Đình", "hn.ubnd-cap-xa.00004"),
)
"""What each is called, and its agency; one for each way of seeing."""

SENDERS: Final = (
    ("UBND phường Ba Đình", "hn.ubnd-cap-xa.00004"),
    ("UBND phường Hoàn Kiếm", "hn.ubnd-cap-xa.00070"),
    ("Công an TP Hà Nội", STANDING_AGENCY),
)
"""Who sends reports on the page for that."""

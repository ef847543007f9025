"""Places: jurisdictions and administrative units."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

JURISDICTION_LEVEL: Final = Vocabulary(
    "JurisdictionLevel",
    "Level of a jurisdiction (cấp của địa phương).",
    {
        "national": "the country (toàn quốc)",
        "city": "centrally run city (thành phố trực thuộc trung ương)",
        "province": "province (tỉnh)",
        "foreign_province": "province of a neighbouring country (tỉnh nước ngoài)",
    },
)

JURISDICTION_ROLE: Final = Vocabulary(
    "JurisdictionRole",
    "Part a jurisdiction plays in the programmes (vai trò của địa phương).",
    {
        "national": "issues the programmes (ban hành)",
        "implementing": "carries them out (thực hiện)",
        "foreign_partner": "partner across the border (đối tác nước ngoài)",
    },
)

AREA_LEVEL: Final = Vocabulary(
    "AreaLevel",
    "Level of an administrative unit (cấp đơn vị hành chính).",
    {
        "city": "city or province (cấp tỉnh)",
        "district": "district level, abolished on 2025-07-01 (cấp huyện)",
        "ward": "commune level (cấp xã)",
    },
)

AREA_TYPE: Final = Vocabulary(
    "AreaType",
    "Type of an administrative unit (loại đơn vị hành chính).",
    {
        "thanh-pho": "city (thành phố)",
        "quan": "urban district (quận)",
        "huyen": "rural district (huyện)",
        "thi-xa": "district-level town (thị xã)",
        "phuong": "ward (phường)",
        "xa": "commune (xã)",
        "thi-tran": "township (thị trấn)",
    },
)

LINEAGE_SHARE: Final = Vocabulary(
    "LineageShare",
    "How much of a closed unit went to a new one (phần sáp nhập).",
    {"whole": "all its land (toàn bộ)", "part": "some of its land (một phần)"},
)

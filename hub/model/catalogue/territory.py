"""Places and units of administration."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    code_of,
    jurisdiction_of,
    name_of,
    named_in_of,
    provenance_of,
    synthetic_of,
)
from hub.model.entities import Entity, Field, Scalar, ToMany, ToOne
from hub.model.facilities import facility
from hub.model.measurement import observation
from hub.model.organisation import agency
from hub.model.programme import programme
from hub.model.situations import area_status
from hub.model.territory import area, area_lineage, jurisdiction

JURISDICTION: Final = Entity(
    "Jurisdiction",
    "jurisdictions",
    jurisdiction,
    (jurisdiction.c.code,),
    "A place that issues or carries out programmes (địa phương).",
    (
        code_of(jurisdiction),
        name_of(jurisdiction),
        Field(
            "level",
            jurisdiction.c.level,
            Scalar.TEXT,
            "Level (cấp).",
            vocabulary=v.JURISDICTION_LEVEL,
        ),
        Field(
            "role",
            jurisdiction.c.role,
            Scalar.TEXT,
            "Part it plays (vai trò).",
            vocabulary=v.JURISDICTION_ROLE,
        ),
        Field(
            "unitLevelsNamed",
            jurisdiction.c.unit_levels_named,
            Scalar.TEXT,
            "Administrative levels its text names (các cấp được nêu).",
            is_list=True,
        ),
        Field(
            "statusNotes",
            jurisdiction.c.status_notes,
            Scalar.TEXT,
            "Remark on its levels, in Vietnamese (ghi chú về cấp hành chính).",
            is_orderable=False,
        ),
        ToOne(
            "parent",
            "Jurisdiction",
            jurisdiction.c.parent_id,
            jurisdiction.c.id,
            "Place it lies in (trực thuộc).",
        ),
        ToMany(
            "programmes",
            "Programme",
            jurisdiction.c.id,
            (programme.c.jurisdiction_id,),
            "Programmes it issues or carries out (chương trình).",
        ),
        ToMany(
            "areas",
            "Area",
            jurisdiction.c.id,
            (area.c.jurisdiction_id,),
            "Its administrative units, in force and closed (địa bàn).",
        ),
        named_in_of(jurisdiction),
        *provenance_of(jurisdiction),
    ),
    ("CODE_ASC",),
    lookup=jurisdiction.c.code,
    is_provenanced=True,
    groups=("level", "role"),
)

AREA: Final = Entity(
    "Area",
    "areas",
    area,
    (area.c.code, area.c.valid_from),
    "An administrative unit, in force or closed. Codes were given anew on 2025-07-01: a code alone "
    "names no unit, code and date together do (đơn vị hành chính).",
    (
        Field("code", area.c.code, Scalar.CODE, "Official code, zeros kept (mã)."),
        Field(
            "validFrom",
            area.c.valid_from,
            Scalar.DATE,
            "First day in force, null where unknown (hiệu lực từ).",
        ),
        Field(
            "validTo",
            area.c.valid_to,
            Scalar.DATE,
            "Last day in force, null while in force (hiệu lực đến).",
        ),
        Field("level", area.c.level, Scalar.TEXT, "Level (cấp).", vocabulary=v.AREA_LEVEL),
        Field("type", area.c.type, Scalar.TEXT, "Type (loại).", vocabulary=v.AREA_TYPE),
        Field(
            "name",
            area.c.name,
            Scalar.TEXT,
            "Name with its type (tên đầy đủ).",
            sort_key=area.c.name_key,
        ),
        Field(
            "shortName",
            area.c.short_name,
            Scalar.TEXT,
            "Name without its type (tên ngắn).",
            sort_key=area.c.short_name_key,
        ),
        Field(
            "areaKm2",
            area.c.area_km2,
            Scalar.DECIMAL,
            "Size in square kilometres (diện tích, km²).",
            is_additive=True,
        ),
        Field(
            "latitude",
            area.c.latitude,
            Scalar.DECIMAL,
            "Latitude of its middle, in degrees (vĩ độ).",
            is_orderable=False,
        ),
        Field(
            "longitude",
            area.c.longitude,
            Scalar.DECIMAL,
            "Longitude of its middle, in degrees (kinh độ).",
            is_orderable=False,
        ),
        jurisdiction_of(area),
        ToOne("parent", "Area", area.c.parent_id, area.c.id, "Unit it lies in (trực thuộc)."),
        ToMany("children", "Area", area.c.id, (area.c.parent_id,), "Units in it (gồm)."),
        ToMany(
            "predecessors",
            "AreaLineage",
            area.c.id,
            (area_lineage.c.successor_id,),
            "Closed units whose land it took over (hợp thành từ).",
            is_plain_list=True,
        ),
        ToMany(
            "successors",
            "AreaLineage",
            area.c.id,
            (area_lineage.c.predecessor_id,),
            "Units that took over its land (sáp nhập vào).",
            is_plain_list=True,
        ),
        ToMany(
            "agencies",
            "Agency",
            area.c.id,
            (agency.c.area_id,),
            "Agencies that work for it (cơ quan của địa bàn).",
        ),
        ToMany(
            "facilities",
            "Facility",
            area.c.id,
            (facility.c.area_id,),
            "Facilities in it that you may see (cơ sở).",
        ),
        ToMany(
            "statuses",
            "AreaStatus",
            area.c.id,
            (area_status.c.area_id,),
            "What it is in respect of drugs, as far as you may see (tình trạng về ma túy).",
        ),
        ToMany(
            "observations",
            "Observation",
            area.c.id,
            (observation.c.area_id,),
            "Figures about it that you may see (số liệu).",
        ),
        synthetic_of(area),
    ),
    ("CODE_ASC", "VALID_FROM_ASC"),
    lookup=area.c.code,
    groups=("level", "type", "jurisdiction", "parent"),
    is_searched=True,
)

AREA_LINEAGE: Final = Entity(
    "AreaLineage",
    "",
    area_lineage,
    (area_lineage.c.predecessor_id, area_lineage.c.successor_id),
    "One closed unit's land going to a unit of today. No weight is known for a part (sáp nhập).",
    (
        Field(
            "share",
            area_lineage.c.share,
            Scalar.TEXT,
            "All its land or some (phần).",
            vocabulary=v.LINEAGE_SHARE,
        ),
        Field(
            "isMainSuccessor",
            area_lineage.c.is_main_successor,
            Scalar.BOOLEAN,
            "True where the list names it first among several (đơn vị kế thừa chính).",
        ),
        ToOne(
            "predecessor",
            "Area",
            area_lineage.c.predecessor_id,
            area.c.id,
            "Closed unit (đơn vị cũ).",
        ),
        ToOne(
            "successor",
            "Area",
            area_lineage.c.successor_id,
            area.c.id,
            "Unit of today (đơn vị mới).",
        ),
    ),
    ("PREDECESSOR_CODE_ASC", "SUCCESSOR_CODE_ASC"),
)

ENTITIES: Final = (JURISDICTION, AREA, AREA_LINEAGE)

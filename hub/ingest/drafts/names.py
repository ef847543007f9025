"""The names of the files that rows refer to."""

from __future__ import annotations

from typing import Final

JURISDICTIONS_CSV: Final = "jurisdictions.csv"
DOCUMENTS_CSV: Final = "documents.csv"
PROGRAMMES_CSV: Final = "programmes.csv"
PROJECTS_CSV: Final = "projects.csv"
AGENCIES_CSV: Final = "agencies.csv"
INDICATORS_CSV: Final = "indicators.csv"
FACILITY_TYPES_CSV: Final = "facility_types.csv"
REPORTING_REGIMES_CSV: Final = "reporting_regimes.csv"
REPORT_FORMS_CSV: Final = "report_forms.csv"
WARDS_CSV: Final = "wards.csv"
CLOSED_WARDS_CSV: Final = "wards_before_2025_07.csv"

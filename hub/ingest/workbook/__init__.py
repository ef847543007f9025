"""The workbook of a ward: a form for one unit and period, made, filled in, read and marked.

In order of control flow: ``forms`` is what is to be filled in, ``loading`` finds it for somebody
who may see that it is owed, ``layout`` is where things stand in the workbook, ``writing`` makes it.
``reading`` takes what came back as the rows of any other delivery; ``marking`` makes it anew with
what was entered and what is wrong with it, said beside the cell.

A workbook holds no formula, and what names its form, ward and period stands in a hidden sheet: the
labels that a person sees are never read.
"""

from hub.ingest.workbook.forms import Form, Identity, Line
from hub.ingest.workbook.loading import UnknownOccasionError, load_form, load_versions
from hub.ingest.workbook.marking import Mark, mark, marks_of, marks_of_batch
from hub.ingest.workbook.reading import (
    FormOfAnotherError,
    FormOutdatedError,
    NotAFormError,
    knowing_forms,
    read_identity,
    read_workbook,
)
from hub.ingest.workbook.writing import write_form

__all__ = [
    "Form",
    "FormOfAnotherError",
    "FormOutdatedError",
    "Identity",
    "Line",
    "Mark",
    "NotAFormError",
    "UnknownOccasionError",
    "knowing_forms",
    "load_form",
    "load_versions",
    "mark",
    "marks_of",
    "marks_of_batch",
    "read_identity",
    "read_workbook",
    "write_form",
]

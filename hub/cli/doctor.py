"""``hub doctor``: whether the hub has what it needs."""

from __future__ import annotations

import typer


def doctor() -> None:
    """Show what was looked at and what to do; fail if anything is missing."""
    from hub.cli.examination import examine

    is_well = True
    for finding in examine():
        mark = "✓" if finding.is_well else "✗"
        print(f"{mark} {finding.subject}: {finding.words}", flush=True)
        is_well = is_well and finding.is_well
    if not is_well:
        raise typer.Exit(1)

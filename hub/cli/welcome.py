"""What a development hub says once it answers: where to look, who to be, what to ask."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.console import Console

from hub.cli.personas import PERSONAS, STANDING_AGENCY

if TYPE_CHECKING:
    from pathlib import Path

    from hub.web.development import DevelopmentIssuer

_QUESTION: Final = (
    '{ project(code: "hn.ctmtqg-2030.da5") { name lead { name } '
    "indicators { nodes { code name targets { nodes { year value anomalies } } } } } }"
)


@dataclass(frozen=True, slots=True)
class Welcome:
    """The words to show, for a hub at *url* whose data are in *home*."""

    url: str
    issuer: DevelopmentIssuer
    home: Path

    def show(self) -> None:
        """Write them to standard output; a token is never broken over lines."""
        console = Console(soft_wrap=True, highlight=False)
        console.print(f"\nMở [bold]{self.url}[/] (GraphQL: {self.url}/graphql)\n")
        console.print("Token dùng trong 12 giờ; lấy token khác: .venv/bin/hub token MÃ-CƠ-QUAN")
        for label, agency in PERSONAS:
            console.print(f"\n  [bold]{label}[/] ({agency})")
            console.print(self.issuer.token(agency), markup=False)
        console.print("\n  không token = công chúng\n")
        console.print("Hỏi thử (chép cả dòng):\n")
        console.print(self._command(), markup=False)
        console.print(f"\nDữ liệu ở {self.home.absolute()}. Dừng: Ctrl-C.", markup=False)
        sys.stdout.flush()

    def _command(self) -> str:
        """Return a command that asks as the standing agency."""
        return shlex.join(
            [
                "curl",
                "-s",
                f"{self.url}/graphql",
                "-H",
                "Content-Type: application/json",
                "-H",
                f"Authorization: Bearer {self.issuer.token(STANDING_AGENCY)}",
                "--data",
                json.dumps({"query": _QUESTION}),
            ]
        )

"""SQL laid out to be read: one clause a line, subqueries indented."""

from __future__ import annotations

import re
from typing import Final

_TOKENS: Final = re.compile(r"E?'(?:[^']|'')*'|[()]|[^'()]+?(?=E?'|[()]|$)", re.DOTALL)
_CLAUSES: Final = re.compile(
    r"(?<!LEFT)(?<!CROSS) "
    r"(?=(?:FROM|WHERE|GROUP BY|ORDER BY|LIMIT|UNION ALL|(?:LEFT |CROSS )?JOIN)\b)"
)
_SUBQUERY: Final = re.compile(r"\s*(?:SELECT|WITH)\b")
_KEY: Final = re.compile(r"'[{,]\"\w+\":")


def laid_out(sql: str) -> str:
    """Return *sql* with breaks before clauses, members of objects, and what subqueries begin."""
    lines, is_query = [""], [True]
    tokens = _TOKENS.findall(sql)

    def begin_line() -> None:
        lines[-1] = lines[-1].rstrip()
        lines.append("  " * (sum(is_query) - 1))

    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token == "(":
            lines[-1] += "("
            is_query.append(bool(_SUBQUERY.match(following)))
            if is_query[-1]:
                begin_line()
        elif token == ")":
            if is_query.pop():
                begin_line()
            lines[-1] += ")"
        elif _KEY.match(token):
            begin_line()
            lines[-1] += f"  {token}"
        elif is_query[-1] and not token.startswith(("'", "E'")):
            first, *others = _CLAUSES.split(token)
            lines[-1] += first
            for each in others:
                begin_line()
                lines[-1] += each
        else:
            lines[-1] += token
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"

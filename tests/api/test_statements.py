"""What is asked decides how many statements run; how much there is to be found does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLObjectType, get_named_type

from hub.model.catalogue import CATALOGUE
from tests.api.documents import Documents

if TYPE_CHECKING:
    from hub.model.entities import Entity
    from tests.api.recorder import Recorder

PROJECTS = """
query ($first: Int!) {
  programme(code: "hn.ctmtqg-2030") {             # 1
    projects(first: $first, orderBy: [LEAD_CODE_ASC]) {
      totalCount                                  # 2
      pageInfo { hasNextPage hasPreviousPage endCursor }
      edges {                                     # 3
        cursor
        node {
          code
          lead { code }                           # 4
          assignments {                           # 5
            agency { code }                       # 6
          }
          indicators(orderBy: [CODE_DESC]) {
            totalCount                            # 7
            nodes {                               # 8
              targets(first: $first) {
                nodes { year value }              # 9
              }
            }
          }
        }
      }
    }
  }
}
"""
FIGURES = """
query ($first: Int!) {
  observations(
    first: $first
    where: {
      agency: { is: { group: { isNull: false } } }
      project: { is: { code: { eq: "hn.ctmtqg-2030.da5" } } }
    }
  ) {
    totalCount                                       # 1
    nodes {                                          # 2
      value
      area {                                         # 3
        parent { name }                              # 4
        predecessors { predecessor { code } }        # 5, 6
      }
      indicator {                                    # 7
        project { lead { code } }                    # 8, 9
        latest { value }                             # 10
      }
      agency { group { code } assignments { role } } # 11, 12, 13
      period { label }                               # 14
    }
  }
}
"""


@pytest.mark.parametrize(("document", "count"), [(PROJECTS, 9), (FIGURES, 14)])
async def test_an_answer_takes_one_statement_for_each_thing_asked(
    recorder: Recorder, document: str, count: int
) -> None:
    """At every size of page the same, row by row or all at once."""
    caller = await recorder.callers("hn.cong-an")
    taken = [(await recorder.heard(caller, document, first=first))[1] for first in (1, 2, 100)]
    assert taken == [count] * 3


async def test_a_link_followed_from_many_rows_is_one_statement(recorder: Recorder) -> None:
    """Every relation of every entity, of one row and of twenty."""
    caller = await recorder.callers("hn.cong-an")
    documents = Documents(caller.principal.reader)
    for entity in (entity for entity in CATALOGUE if entity.plural):
        relations = _relations(entity, documents.type(entity.name))
        document = (
            f"query ($first: Int!) {{ {entity.plural}(first: $first) {{ nodes {{ "
            f"__typename {' '.join(relations)} }} }} }}"
        )
        _, of_one = await recorder.heard(caller, document, first=1)
        _, of_many = await recorder.heard(caller, document, first=20)
        # A long list first asks where to look: by places, by scopes, by facilities. A link that
        # leads nowhere from the first row may lead somewhere from another.
        page = 1 if entity.reach is None else 4
        assert of_one <= of_many <= page + len(relations), entity.name


def _relations(entity: Entity, type_: GraphQLObjectType) -> list[str]:
    relations = [f"{link.name} {{ __typename }}" for link in entity.to_one]
    for many in entity.to_many:
        target = get_named_type(type_.fields[many.name].type)
        assert isinstance(target, GraphQLObjectType)
        inner = "{ __typename }" if many.is_plain_list else "(first: 1) { nodes { __typename } }"
        relations.append(f"{many.name} {inner}")
    return relations


async def test_what_is_not_asked_is_not_read(recorder: Recorder) -> None:
    """A count alone reads no row, a page alone counts none, a name of the type reads nothing."""
    caller = await recorder.callers("hn.cong-an")
    for fields, count in (
        ("__typename", 0),
        ("totalCount", 1),
        ("nodes { id }", 1),
        ("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }", 1),
        ("nodes { id } edges { cursor } pageInfo { hasNextPage }", 1),
        ("totalCount nodes { id }", 2),
    ):
        _, taken = await recorder.heard(caller, f"{{ targets(first: 3) {{ {fields} }} }}")
        assert taken == count, fields


async def test_aliases_of_one_list_share_no_page_but_links_share_rows(recorder: Recorder) -> None:
    caller = await recorder.callers("hn.cong-an")
    document = """{
      a: indicators(first: 5) { nodes { programme { code } } }
      b: indicators(last: 5) { nodes { programme { code } } }
    }"""
    data, taken = await recorder.heard(caller, document)
    assert data["a"] != data["b"]
    assert taken <= 4


async def test_many_ids_are_found_by_one_statement_for_each_type(recorder: Recorder) -> None:
    caller = await recorder.callers("hn.cong-an")
    lists = await caller.ask(
        "{ observations(first: 60) { nodes { id } } areas(first: 40) { nodes { id } } }"
    )
    ids = [row["id"] for found in lists.values() for row in found["nodes"]]
    data, taken = await recorder.heard(
        caller, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[*ids[::2], *ids[1::2]]
    )
    assert [row["id"] for row in data["nodes"]] == [*ids[::2], *ids[1::2]]
    assert taken == 2

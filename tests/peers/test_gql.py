"""``gql``, the Python client: it reads the schema, then a published question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport

from hub.api.operations import read_operations

if TYPE_CHECKING:
    from tests.callers import Callers
    from tests.peers.conftest import ServedHub

pytestmark = pytest.mark.peers

AGENCY = "hn.cong-an"


def client_of(hub: ServedHub) -> Client:
    variables = hub.variables(AGENCY)
    headers = {"authorization": f"Bearer {variables['HUB_TOKEN']}"}
    transport = HTTPXAsyncTransport(variables["HUB_URL"], headers=headers)
    return Client(transport=transport, fetch_schema_from_transport=True)


async def test_a_question_that_it_checked_itself_is_answered(
    hub: ServedHub, callers: Callers
) -> None:
    [text] = [known.text for known in read_operations() if known.name == "ProjectWhole"]
    async with client_of(hub) as session:
        request = GraphQLRequest(text, variable_values={"project": "hn.ctmtqg-2030.da9"})
        answer = await session.execute(request)
        assert session.client.schema is not None
        assert session.client.schema.type_map.keys() >= {"Project", "ObservationConnection"}
    assert answer["project"]["code"] == "hn.ctmtqg-2030.da9"
    assert answer["project"]["indicators"]["totalCount"] > 0
    caller = await callers(AGENCY)
    assert answer == await caller.ask(text, project="hn.ctmtqg-2030.da9")


async def test_a_refusal_reaches_it_with_its_code(hub: ServedHub) -> None:
    async with client_of(hub) as session:
        request = GraphQLRequest("{ observations(first: 101) { totalCount } }")
        with pytest.raises(TransportQueryError) as raised:
            await session.execute(request)
    assert raised.value.errors is not None
    [error] = raised.value.errors
    assert error["extensions"]["code"] == "PAGE_SIZE"

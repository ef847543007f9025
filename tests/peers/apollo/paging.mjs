// Pages through the observations of an indicator with a normalised cache; prints what it holds.
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

const { HUB_URL: uri, HUB_TOKEN } = process.env;
const [indicator, page] = process.argv.slice(2);

const query = gql`
  query Paging($where: ObservationFilter, $first: Int, $after: String) {
    observations(where: $where, orderBy: [PERIOD_START_DESC], first: $first, after: $after) {
      totalCount
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
      edges {
        cursor
        node {
          id
          value
          area {
            id
            name
          }
          indicator {
            id
            code
          }
        }
      }
    }
  }
`;

let requests = 0;
const cache = new InMemoryCache({
  typePolicies: {
    Query: { fields: { observations: relayStylePagination(["where", "orderBy"]) } },
  },
});
const link = new HttpLink({
  uri,
  headers: { authorization: `Bearer ${HUB_TOKEN}` },
  fetch: (...request) => {
    requests += 1;
    return fetch(...request);
  },
});
const client = new ApolloClient({ cache, link });

const where = { indicator: { is: { code: { eq: indicator } } } };
const variables = { where, first: Number(page) };
const watched = client.watchQuery({ query, variables });
await new Promise((resolve, reject) => {
  watched.subscribe({
    next: ({ loading, error }) => (error ? reject(error) : loading || resolve()),
    error: reject,
  });
});
let { pageInfo } = watched.getCurrentResult().data.observations;
while (pageInfo.hasNextPage) {
  const { data } = await watched.fetchMore({ variables: { after: pageInfo.endCursor } });
  pageInfo = data.observations.pageInfo;
}
const asked = requests;

// The whole list, from the cache alone.
const { data } = await client.query({ query, variables, fetchPolicy: "cache-only" });
const nodes = data.observations.edges.map((edge) => edge.node);
const kept = Object.keys(cache.extract());
const count = (type) => kept.filter((key) => key.startsWith(`${type}:`)).length;
console.log(
  JSON.stringify({
    asked,
    again: requests - asked,
    total: data.observations.totalCount,
    ids: nodes.map((node) => node.id),
    areas: new Set(nodes.map((node) => node.area.id)).size,
    kept: { Observation: count("Observation"), Area: count("Area"), Indicator: count("Indicator") },
  }),
);
client.stop();

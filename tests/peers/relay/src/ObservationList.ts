import { graphql } from "relay-runtime";

// A list on the root: Relay writes the query for the pages that follow.
export const list = graphql`
  fragment ObservationList_query on Query
  @refetchable(queryName: "ObservationListPaginationQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 50 }
    after: { type: "String" }
    where: { type: "ObservationFilter" }
  ) {
    observations(first: $first, after: $after, where: $where, orderBy: [PERIOD_START_DESC])
      @connection(key: "ObservationList_observations", filters: ["where"]) {
      totalCount
      edges {
        node {
          id
          value
          area {
            name
          }
        }
      }
    }
  }
`;

export const screen = graphql`
  query ObservationListQuery($where: ObservationFilter) {
    viewer {
      agency {
        code
      }
    }
    ...ObservationList_query @arguments(where: $where)
  }
`;

import { graphql } from "relay-runtime";

// A list on an object: Relay asks for its further pages by the object's id.
export const list = graphql`
  fragment ProjectIndicators_project on Project
  @refetchable(queryName: "ProjectIndicatorsPaginationQuery")
  @argumentDefinitions(
    last: { type: "Int", defaultValue: 4 }
    before: { type: "String" }
  ) {
    code
    indicators(last: $last, before: $before)
      @connection(key: "ProjectIndicators_indicators") {
      totalCount
      edges {
        node {
          id
          code
        }
      }
    }
  }
`;

export const screen = graphql`
  query ProjectIndicatorsQuery($project: String!) {
    project(code: $project) {
      id
      ...ProjectIndicators_project
    }
  }
`;

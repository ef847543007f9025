import { graphql } from "relay-runtime";

// An object of whatever type, through the interfaces that the schema declares.
export const source = graphql`
  fragment AnyNode_provenance on Provenanced {
    sourceDocument {
      code
    }
    sourceSection
    synthetic
  }
`;

export const screen = graphql`
  query AnyNodeQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Project {
        code
      }
      ...AnyNode_provenance @alias(as: "provenance")
    }
  }
`;

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

const { HUB_URL, HUB_TOKEN } = process.env;

// Asks the hub; the answer has the type that the document was generated with.
export async function ask<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(HUB_URL!, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${HUB_TOKEN}` },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

import * as generated from "./generated/graphql.js";
import type { IndicatorOverWardsQueryVariables, TargetAnomaly } from "./generated/graphql.js";
import { ask } from "./hub.js";

// Every published question, with the values it brings along.
const answers: Record<string, unknown> = {};
for (const [name, document] of Object.entries(generated)) {
  const known = document as TypedDocumentNode<object, Record<string, never>>;
  answers[name.replace(/Document$/, "")] = await ask(known, {});
}

const { project } = await ask(generated.ProjectWholeDocument, { project: "hn.ctmtqg-2030.da5" });
const indicators = project?.indicators.nodes ?? [];
const treatment = indicators.find((indicator) => indicator.sourceSection === "II.2.d");
const values: (number | null)[] = treatment?.targets.nodes.map((target) => target.value) ?? [];
const anomalies: TargetAnomaly[] = treatment?.targets.nodes.flatMap((target) => target.anomalies) ?? [];

const chosen: IndicatorOverWardsQueryVariables = { period: "2026-03", first: 5 };
const { indicator } = await ask(generated.IndicatorOverWardsDocument, chosen);
const wards: string[] = indicator?.observations.nodes.map((row) => row.area?.name ?? "") ?? [];

console.log(JSON.stringify({ answers, values, anomalies, wards }));

// What is not in the schema does not compile.
export async function misuse(): Promise<void> {
  // @ts-expect-error: a variable has its type
  await ask(generated.ProjectWholeDocument, { project: 5 });
  // @ts-expect-error: a question has the variables it declares
  await ask(generated.ProjectWholeDocument, { programme: "hn.ctmtqg-2030" });
  // @ts-expect-error: an answer has the fields that were asked for
  project?.budget;
  // @ts-expect-error: what may be null is not used unasked
  project.code;
}

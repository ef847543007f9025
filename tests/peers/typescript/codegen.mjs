// What a frontend team would write: the published schema, the published questions.
export default {
  schema: "../../../schema/hub.graphql",
  documents: ["../../../schema/operations/*.graphql"],
  emitLegacyCommonJSImports: false,
  generates: {
    "generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { BigInt: "number", Date: "string", DateTime: "string", PartialDate: "string" },
      },
    },
  },
};

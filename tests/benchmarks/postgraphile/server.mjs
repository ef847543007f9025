// PostGraphile over the hub's tables: one process, a pool and a schema for each role, and the two
// settings that hub_enter makes set for each request. It reads where the database is from standard
// input and prints the port it answers on.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { PgAggregatesPreset } from "@graphile/pg-aggregates";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makeJSONPgSmartTagsPlugin } from "postgraphile/utils";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

// The figures' key to their indicator has three columns, which no index leads with: by itself it
// would give an indicator no list of figures. And no index leads with the year, without which
// figures could not be grouped by it.
const figures = makeJSONPgSmartTagsPlugin({
  version: 1,
  config: {
    class: {
      observation: {
        tags: {
          foreignKey:
            "(indicator_id) references indicator (id)|@fieldName indicator|@foreignFieldName observations",
        },
      },
    },
    attribute: { "observation.year": { tags: { behavior: "+orderBy" } } },
  },
});

const { roles, connections, seconds } = JSON.parse(await text(process.stdin));

const instances = {};
for (const [role, place] of Object.entries(roles)) {
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset, PgAggregatesPreset],
    plugins: [figures],
    pgServices: [
      makePgService({
        schemas: ["public"],
        poolConfig: {
          ...place,
          max: connections,
          options: `-c timezone=UTC -c statement_timeout=${seconds}s`,
        },
      }),
    ],
    grafserv: { graphqlPath: `/${role}`, graphiql: false, watch: false, websockets: false },
    grafast: {
      context: ({ node }) => ({
        pgSettings: {
          "hub.account": node.req.headers["x-account"],
          "hub.agency": node.req.headers["x-agency"],
        },
      }),
    },
  });
  instances[`/${role}`] = instance.createServ(grafserv).createHandler();
}

const server = createServer((request, response) => {
  const handle = instances[request.url];
  if (handle === undefined) {
    response.writeHead(404).end();
  } else {
    handle(request, response);
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("SIGTERM", () => process.exit(0));

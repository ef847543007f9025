// Runs every server audit of graphql-http against the address given; prints what each one found.
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
const results = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const { id, name, status, reason = null } = await audit.fn();
  results.push({ id, name, status, reason });
}
console.log(JSON.stringify(results));

// Runs the page's own signing in, signin.js, outside a browser. "begin" prints where to go and what
// the tab keeps; "finish" takes what was kept and the way back, and prints the access token.
import { readFileSync } from "node:fs";

const { PAGE, CONFIG, REDIRECT } = process.env;
const source = readFileSync(PAGE).toString("base64");
const { begin, finish } = await import(`data:text/javascript;base64,${source}`);

const [act, kept = "{}", search = ""] = process.argv.slice(2);
const items = new Map(Object.entries(JSON.parse(kept)));
const store = {
  getItem: (name) => items.get(name) ?? null,
  setItem: (name, value) => items.set(name, value),
  removeItem: (name) => items.delete(name),
};
const config = JSON.parse(CONFIG);
const told =
  act === "begin"
    ? { address: await begin(config, REDIRECT, store) }
    : { token: await finish(config, REDIRECT, search, store) };
console.log(JSON.stringify({ ...told, kept: Object.fromEntries(items) }));

"use strict";

// The token of whoever is chosen travels in the Authorization header alone: not in the address,
// not in what the browser keeps.

(async () => {
  const { createElement: h, useMemo, useState } = React;
  const CHOSEN = "hub.console.persona";

  const response = await fetch("/console/config.json", { cache: "no-store" });
  const { operations, personas } = await response.json();

  const select = document.getElementById("persona");
  select.replaceChildren(...personas.map(({ label }, index) => new Option(label, String(index))));
  const chosen = personas.findIndex(({ label }) => label === sessionStorage.getItem(CHOSEN));
  select.selectedIndex = Math.max(chosen, 0);
  select.disabled = personas.length < 2;

  // A new page has no answer that somebody else was given, and asks for the schema as its own.
  select.addEventListener("change", () => {
    sessionStorage.setItem(CHOSEN, personas[select.selectedIndex].label);
    location.reload();
  });
  const { token } = personas[select.selectedIndex];

  const fetcher = async (parameters, { headers = {} } = {}) => {
    const answer = await fetch("/graphql", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json, application/json;q=0.9",
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: JSON.stringify(parameters),
    });
    return answer.json();
  };

  const Icon = () =>
    h(
      "svg",
      { viewBox: "0 0 24 24", height: "1em", fill: "none", stroke: "currentColor", strokeWidth: 1.8 },
      h("path", { d: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01", strokeLinecap: "round" }),
    );

  function Operations() {
    const editor = GraphiQL.React.useEditorContext({ nonNull: true });
    const open = ({ text }) => {
      const index = editor.tabs.findIndex((tab) => tab.query === text);
      if (index >= 0) {
        editor.changeTab(index);
        return;
      }
      editor.addTab();
      // The editors belong to the new tab once it has been rendered.
      setTimeout(() => editor.queryEditor.setValue(text));
    };
    return h(
      "section",
      { className: "operations" },
      h("h2", null, "Câu hỏi có sẵn"),
      h(
        "ul",
        null,
        operations.map((operation) =>
          h(
            "li",
            { key: operation.name },
            h(
              "button",
              { type: "button", onClick: () => open(operation) },
              h("strong", null, operation.name),
              h("span", null, operation.description),
            ),
          ),
        ),
      ),
    );
  }

  const operationsPlugin = { title: "Câu hỏi có sẵn", icon: Icon, content: Operations };

  function Console() {
    const [query, setQuery] = useState();
    const explorer = GraphiQLPluginExplorer.useExplorerPlugin({ query, onEdit: setQuery });
    const plugins = useMemo(() => [operationsPlugin, explorer], [explorer]);
    return h(
      GraphiQL,
      {
        fetcher,
        plugins,
        query,
        onEditQuery: setQuery,
        defaultTabs: operations.slice(0, 1).map(({ text }) => ({ query: text })),
        visiblePlugin: operationsPlugin,
        shouldPersistHeaders: false,
      },
      // The tabs need the room that its own name would take.
      h(GraphiQL.Logo, null, h("span")),
    );
  }

  ReactDOM.render(h(Console), document.getElementById("graphiql"));
})();

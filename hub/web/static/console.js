"use strict";

// The token of whoever is chosen travels in the Authorization header alone: not in the address,
// not in what the browser keeps.

(async () => {
  const { createElement: h, useState } = React;
  const CHOSEN = "hub.console.persona";

  const response = await fetch("/console/config.json", { cache: "no-store" });
  const { operations, personas } = await response.json();

  const select = document.getElementById("persona");
  select.replaceChildren(...personas.map(({ label }, index) => new Option(label, String(index))));
  const chosen = personas.findIndex(({ label }) => label === sessionStorage.getItem(CHOSEN));
  select.selectedIndex = Math.max(chosen, 0);
  select.disabled = personas.length < 2;

  const fetcherOf = ({ token }) => async (parameters, { headers = {} } = {}) => {
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
    const open = ({ text, variables }) => {
      const index = editor.tabs.findIndex((tab) => tab.query === text);
      if (index >= 0) {
        editor.changeTab(index);
        return;
      }
      editor.addTab();
      // The editors belong to the new tab once it has been rendered.
      setTimeout(() => {
        editor.queryEditor.setValue(text);
        editor.variableEditor.setValue(variables);
      });
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

  function Console({ persona }) {
    const [query, setQuery] = useState();
    const explorer = GraphiQLPluginExplorer.useExplorerPlugin({ query, onEdit: setQuery });
    return h(
      GraphiQL,
      {
        fetcher: fetcherOf(persona),
        query,
        onEditQuery: setQuery,
        defaultQuery: "",
        defaultTabs: operations
          .slice(0, 1)
          .map(({ text, variables }) => ({ query: text, variables })),
        plugins: [operationsPlugin, explorer],
        visiblePlugin: operationsPlugin,
        shouldPersistHeaders: false,
      },
      h(GraphiQL.Logo, null, h("span", null, "GraphQL")),
    );
  }

  // Another person sees another schema: a new key asks for it again.
  const show = () =>
    ReactDOM.render(
      h(Console, { key: select.selectedIndex, persona: personas[select.selectedIndex] }),
      document.getElementById("graphiql"),
    );
  select.addEventListener("change", () => {
    sessionStorage.setItem(CHOSEN, personas[select.selectedIndex].label);
    show();
  });
  show();
})();

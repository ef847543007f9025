"use strict";

// The token of whoever is chosen travels in the Authorization header alone: not in the address,
// not in what the browser keeps.

(async () => {
  const { createElement: h, useEffect, useMemo, useState } = React;
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
    const open = (operation) => {
      const index = editor.tabs.findIndex((tab) => tab.query === operation.text);
      if (index >= 0) {
        editor.changeTab(index);
        return;
      }
      editor.addTab();
      // The editors belong to the new tab once it has been rendered.
      setTimeout(() => {
        editor.queryEditor.setValue(operation.text);
        editor.variableEditor.setValue(operation.variables);
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

  // Says whose answer is shown, and shows no answer that was given to somebody else.
  function Asker({ persona }) {
    const { queryEditor, variableEditor, responseEditor } = GraphiQL.React.useEditorContext({
      nonNull: true,
    });
    useEffect(() => responseEditor?.setValue(""), [persona]);
    // GraphiQL leaves out the variables of a tab that it opens by itself.
    useEffect(() => {
      const [first] = operations;
      if (variableEditor?.getValue() === "" && queryEditor?.getValue() === first?.text) {
        variableEditor.setValue(first.variables);
      }
    }, [queryEditor, variableEditor]);
    return h("span", { className: "asker" }, persona.label);
  }

  const operationsPlugin = { title: "Câu hỏi có sẵn", icon: Icon, content: Operations };

  function Console({ persona }) {
    const [query, setQuery] = useState();
    // Another person sees another schema: a new fetcher asks for it again.
    const fetcher = useMemo(() => fetcherOf(persona), [persona]);
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
        defaultEditorToolsVisibility: "variables",
        visiblePlugin: operationsPlugin,
        shouldPersistHeaders: false,
      },
      h(GraphiQL.Logo, null, h(Asker, { persona })),
    );
  }

  const show = () =>
    ReactDOM.render(
      h(Console, { persona: personas[select.selectedIndex] }),
      document.getElementById("graphiql"),
    );
  select.addEventListener("change", () => {
    sessionStorage.setItem(CHOSEN, personas[select.selectedIndex].label);
    show();
  });
  show();
})();

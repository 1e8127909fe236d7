const DEFAULT_QUERY = `# The graph of the school. Sign in, then put the access token into the headers below:
# { "Authorization": "Bearer <accessToken>" }

mutation SignIn {
  signIn(input: { email: "teacher@demo.terakoya.school", password: "terakoya-demo" }) {
    accessToken
    user { displayName role }
  }
}

query Me {
  me { displayName role }
  myNotebooks(first: 10) { edges { node { id title pageCount } } }
}

# Over a WebSocket here; also with "Accept: text/event-stream" on the same URL (docs/realtime.md).
subscription Changes($id: ID!) {
  notebookChanged(id: $id) { kind cursor page { number state text } }
}
`;

/** The explorer's page: every asset comes from this server. */
export const EXPLORER_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Terakoya graph</title>
    <base href="/" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="explorer/graphiql.css" />
    <link rel="stylesheet" href="explorer/page.css" />
  </head>
  <body>
    <noscript>The explorer needs JavaScript. The schema: <a href="schema.graphql">schema.graphql</a></noscript>
    <div id="root"></div>
    <a id="reference" href="schema.graphql">Schema reference (SDL)</a>
    <script id="default-query" type="text/plain">${DEFAULT_QUERY}</script>
    <script src="explorer/graphiql.js"></script>
    <script src="explorer/start.js"></script>
  </body>
</html>
`;

export const PAGE_STYLE = `
html, body, #root { height: 100%; margin: 0; }
#reference {
  position: fixed; right: 12px; bottom: 6px; z-index: 5; padding: 2px 8px; border-radius: 6px;
  font: 12px system-ui, sans-serif; color: inherit; background: Canvas; opacity: 0.8;
}
`;

/** Nothing from elsewhere, even if a script asked for it. The editor makes styles and compiles its grammars itself. */
export const EXPLORER_POLICY = [
  "default-src 'none'",
  "base-uri 'self'",
  "connect-src 'self' ws: wss:",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
].join('; ');

/**
 * Runs in the browser. Sends queries and mutations with fetch, subscriptions over a WebSocket to the same URL (protocol
 * graphql-transport-ws), both with the Authorization header of the editor; then shows the explorer.
 */
export const START_SCRIPT = `
'use strict';
const endpoint = new URL('graphql', document.baseURI);
const authorizationOf = (headers) =>
  Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];

async function ask(operation, headers) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  return response.json();
}

function subscribe(operation, headers) {
  const url = new URL(endpoint);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const results = [];
  let wake = () => {};
  let isOver = false;
  const push = (result) => { results.push(result); wake(); };
  const send = (message) => socket.send(JSON.stringify(message));
  socket.onopen = () => send({ type: 'connection_init', payload: { authorization: authorizationOf(headers) } });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: operation });
    if (message.type === 'ping') send({ type: 'pong' });
    if (message.type === 'next') push(message.payload);
    if (message.type === 'error') push({ errors: message.payload });
    if (message.type === 'complete' || message.type === 'error') { isOver = true; socket.close(1000); wake(); }
  };
  socket.onclose = ({ code, reason }) => {
    if (!isOver && code !== 1000) push({ errors: [{ message: 'The connection was closed: ' + code + ' ' + reason }] });
    isOver = true;
    wake();
  };
  return {
    [Symbol.asyncIterator]() { return this; },
    async next() {
      while (results.length === 0 && !isOver) await new Promise((resolve) => { wake = resolve; });
      return results.length > 0 ? { value: results.shift(), done: false } : { value: undefined, done: true };
    },
    async return() { isOver = true; socket.close(1000); wake(); return { value: undefined, done: true }; },
  };
}

function isSubscription({ operationName }, documentAST) {
  const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
  const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  return chosen?.operation === 'subscription';
}

const worker = (name) => new URL('explorer/' + name + '.worker.js', document.baseURI).href;
const WORKERS = { editorWorkerService: worker('editor'), json: worker('json'), graphql: worker('graphql') };
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => WORKERS[label] };

YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  title: 'Terakoya',
  defaultQuery: document.querySelector('#default-query').textContent,
  headers: '{ "Authorization": "Bearer " }',
  shouldPersistHeaders: false,
  fetcher: (operation, { headers, documentAST } = {}) => {
    const sent = Object.fromEntries(Object.entries(headers ?? {}).filter(([, value]) => value.trim() !== 'Bearer'));
    return isSubscription(operation, documentAST) ? subscribe(operation, sent) : ask(operation, sent);
  },
});
`;

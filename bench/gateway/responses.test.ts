import { createServer } from 'node:http';
import { once } from 'node:events';

import type { RunningGateway } from './contestants/contestants';
import type { BenchOperation } from './graph/operations';
import { checkEqual, readResponses } from './responses';

const operation: BenchOperation = { name: 'light', query: '{ a }', variables: (client) => ({ client }) };

async function responsesOf(text: string) {
  const server = createServer((_request, response) => void response.end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const gateway = { name: 'stock', url } as RunningGateway; // its process is not looked at
  try {
    return await readResponses(gateway, operation, 2);
  } finally {
    server.close().closeAllConnections();
  }
}

test('the order of keys does not count, everything else does', async () => {
  const ours = await responsesOf('{"data":{"list":[{"a":1,"b":null},{"a":2}]}}');
  const same = await responsesOf('{ "data": { "list": [ { "b": null, "a": 1 }, { "a": 2 } ] } }');
  expect(() => checkEqual('light', ['ours', ours], ['stock', same])).not.toThrow();
  for (const other of [
    '{"data":{"list":[{"a":2},{"a":1,"b":null}]}}',
    '{"data":{"list":[{"a":1},{"a":2}]}}',
    '{"data":{"list":[{"a":"1","b":null},{"a":2}]}}',
  ]) {
    const responses = await responsesOf(other);
    expect(() => checkEqual('light', ['ours', ours], ['stock', responses])).toThrow(
      /light: ours and stock answer client 0 differently/,
    );
  }
});

test('a response with errors or without data stops the bench', async () => {
  await expect(responsesOf('{"data":{"a":1},"errors":[{"message":"late"}]}')).rejects.toThrow(/late/);
  await expect(responsesOf('{"data":null}')).rejects.toThrow(/stock, light/);
});

import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { eventually } from '../../common/testkit/eventually';
import { SECRETS } from './secrets';
import { type StartedProgram, startProgram } from './start-program';

/** Keeps every byte that is exported. */
const bodies: Record<string, string> = {};
const collector: Server = createServer((request, response) => void keep(request).then(() => response.end('{}')));
let program: StartedProgram;

async function keep(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  bodies[request.url ?? ''] = (bodies[request.url ?? ''] ?? '') + Buffer.concat(chunks).toString('utf8');
}

beforeAll(async () => {
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  const { port } = collector.address() as AddressInfo; // a TCP server that listens has one
  program = await startProgram({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_TRACES_SAMPLER_ARG: '1',
  });
});
afterAll(async () => {
  await program.stop();
  collector.closeAllConnections();
  collector.close();
});

test('no secret leaves the process by its log, by log lines over OTLP or by spans', async () => {
  await program.ask('/secrets');
  await program.ask('/broken');
  await eventually(() => {
    expect(program.output()).toContain('a part failed');
    expect(bodies['/v1/logs']).toContain('a part failed');
    expect(bodies['/v1/traces']).toContain('GET /secrets');
    expect(bodies['/v1/traces']).toContain('GET /broken');
  });
  const ways = { log: program.output(), lines: bodies['/v1/logs'] ?? '', spans: bodies['/v1/traces'] ?? '' };
  const leaked = Object.entries(ways).flatMap(([way, text]) =>
    Object.entries(SECRETS)
      .filter(([, secret]) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)))
      .map(([name]) => `${name} by ${way}`),
  );
  expect(leaked).toEqual([]);
  expect(ways.spans).not.toContain('what a pupil wrote'); // the message of an error that nobody expected
});

test('what is needed to find a defect is still there', async () => {
  const lines = program
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const failed = lines.find(({ msg }) => msg === 'an error of the database');
  expect(failed?.err).toMatchObject({ type: 'Error', message: expect.stringContaining('routine _bt_check') });
  expect(lines.find(({ msg }) => msg === 'a part failed')?.err).toMatchObject({
    stack: expect.stringContaining('traced-program'),
  });
  expect(lines.find(({ msg }) => msg === 'nested')).toMatchObject({ service: 'traced', level: 'info' });
});

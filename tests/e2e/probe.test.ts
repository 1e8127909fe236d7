import { eventually } from '../../common/testkit';
import { switchFault } from '../../scripts/fault/switch-fault';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(120_000);

const FAULT_SECRET = 'a-secret-of-this-test-for-breaking-things';
const under = new SchoolUnderTest({
  without: ['app'],
  environment: { PROBE: 'true', PROBE_EVERY_SECONDS: '1', PROBE_TIMEOUT_SECONDS: '5', FAULT_SECRET },
});

beforeAll(() => under.start());
afterAll(() => under.close());

/** `{ 'sign-in': 1, … }`, as Prometheus would read it. */
async function stepsUp(): Promise<Record<string, number>> {
  const text = await (await fetch(`${await under.school.urlOf('probe')}/metrics`)).text();
  const lines = text.matchAll(/^terakoya_probe_up\{step="([a-z-]+)"\} ([01])$/gm);
  return Object.fromEntries([...lines].map(([, step = '', value]) => [step, Number(value)]));
}

const sees = (expected: Record<string, number>) =>
  eventually(async () => expect(await stepsUp()).toEqual(expected), { timeoutMs: 40_000, everyMs: 250 });

test('the probe signs in, imports, reads and joins; it says which step fails, and that it works again', async () => {
  await sees({ 'sign-in': 1, import: 1, 'read-text': 1, join: 1 });

  const notes = { url: await under.school.urlOf('notes'), secret: FAULT_SECRET };
  await switchFault(notes, 'PUT', 'failing', { seconds: 300 });
  await sees({ 'sign-in': 1, import: 0, 'read-text': 0, join: 1 });
  await switchFault(notes, 'DELETE', 'failing');
  await sees({ 'sign-in': 1, import: 1, 'read-text': 1, join: 1 });
});

test('a step leaves the trace it was as the exemplar of its time', async () => {
  const text = await (await fetch(`${await under.school.urlOf('probe')}/metrics`)).text();
  const line =
    /^terakoya_probe_step_seconds_bucket\{.*step="read-text",outcome="ok"\}.* # \{trace_id="([0-9a-f]{32})"/m;
  const [, traceId = ''] = line.exec(text) ?? [];
  const spans = await under.trace(traceId, (found) => {
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['probe read-text', 'run render-page']));
  });
  expect(spans.map(({ service }) => service)).toEqual(
    expect.arrayContaining(['probe', 'gateway', 'notes', 'notes-worker']),
  );
});

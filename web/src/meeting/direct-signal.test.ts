import { readSignal } from './direct-signal';

const offer = { call: 'a', to: null, description: { type: 'offer', sdp: 'v=0' } };

test('a signal is read as it was written', () => {
  const sources = { '0': { source: 'CAMERA', isPaused: false } };
  expect(readSignal(JSON.stringify({ ...offer, sources }))).toMatchObject({ ...offer, sources });
  expect(readSignal(JSON.stringify({ call: 'a', to: 'b', candidate: { candidate: '' } }))).toMatchObject({ to: 'b' });
});

test.each([
  ['no JSON', '{'],
  ['no object', '"offer"'],
  ['no call', JSON.stringify({ to: null })],
  ['a description of no type', JSON.stringify({ ...offer, description: { type: 'x', sdp: '' } })],
  ['a source there is not', JSON.stringify({ ...offer, sources: { '0': { source: 'DESK', isPaused: false } } })],
])('%s is no signal', (_what, text) => {
  expect(readSignal(text)).toBeNull();
});

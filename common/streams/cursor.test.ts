import { decodeCursor, encodeCursor } from './cursor';

const DOMAINS = ['assistant', 'notes'];
const cursor = {
  epoch: 'ab12',
  positions: new Map([
    ['notes', '17-3'],
    ['assistant', '0-0'],
  ]),
};

test('a cursor comes back as it went out', () => {
  const decoded = decodeCursor(encodeCursor(cursor, DOMAINS), DOMAINS);
  expect([decoded.epoch, Object.fromEntries(decoded.positions)]).toEqual(['ab12', { notes: '17-3', assistant: '0-0' }]);
});

test.each([
  '',
  'nonsense',
  '17-3',
  Buffer.from('ab12.17-3').toString('base64url'),
  Buffer.from('ab12.1-2.x').toString('base64url'),
])('refuses %j', (text) => {
  expect(() => decodeCursor(text, DOMAINS)).toThrow('after: is not a cursor of this subscription');
});

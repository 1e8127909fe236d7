import { GraphError } from '../school/client';
import { asRefusal, endOf } from './ends';

function refusal(code: string): unknown {
  try {
    asRefusal(new GraphError('no', code));
  } catch (error) {
    return error;
  }
}

test.each([
  ['FORBIDDEN', true, 'REMOVED'],
  ['FORBIDDEN', false, 'REFUSED'],
  ['NOT_FOUND', true, 'REMOVED'],
  ['NOT_FOUND', false, 'REFUSED'],
  ['CONFLICT', true, 'OVER'],
  ['LIMIT_EXCEEDED', false, 'REFUSED'],
  ['UNAVAILABLE', true, null],
  ['RATE_LIMITED', true, null],
])('%s to one who was in the meeting: %s means %s', (code, wasIn, reason) => {
  expect(endOf(refusal(code), { wasIn })).toBe(reason);
});

test('an error of what is signalled after joining ends nothing', () => {
  expect(endOf(new GraphError('no', 'FORBIDDEN'), { wasIn: true })).toBeNull();
});

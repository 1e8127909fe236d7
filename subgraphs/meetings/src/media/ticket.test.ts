import { Secret } from '@terakoya/common/config';
import { v7 as uuid } from 'uuid';

import { createTickets } from './ticket';

const tickets = createTickets(new Secret('a-secret-of-tests-with-32-characters'));
const ticket = {
  userId: uuid(),
  meetingId: uuid(),
  participantId: uuid(),
  sessionId: uuid(),
  nodeId: 'node',
  epoch: 1,
};

test('a ticket says what was signed', () => {
  expect(tickets.verify(tickets.sign(ticket), ticket.userId)).toEqual(ticket);
});

test('a ticket of another, one for another room under the same signature, and anything else are refused', () => {
  const signed = tickets.sign(ticket);
  const [, signature = ''] = signed.split('.');
  const elsewhere = Buffer.from(JSON.stringify({ ...ticket, meetingId: uuid() })).toString('base64url');
  const foreign = createTickets(new Secret('another-secret-with-32-characters!!!')).sign(ticket);
  const refused = [`${elsewhere}.${signature}`, foreign, '', '.', 'a.b', `${signed}x`, 'x'.repeat(100_000)];
  for (const text of refused) {
    expect(() => tickets.verify(text, ticket.userId)).toThrow(expect.objectContaining({ code: 'TICKET_INVALID' }));
  }
  expect(() => tickets.verify(signed, uuid())).toThrow(expect.objectContaining({ code: 'TICKET_INVALID' }));
});

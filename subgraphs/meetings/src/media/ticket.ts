import { createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import type { Secret } from '@terakoya/common/config';
import { SchoolError } from '@terakoya/common/errors';

const ticketSchema = z.object({
  userId: z.uuid(),
  meetingId: z.uuid(),
  participantId: z.uuid(),
  sessionId: z.uuid(),
  nodeId: z.string(),
  epoch: z.int().positive(),
});

/** Whose media session it is, and where: what a participant shows with everything they signal. */
export type Ticket = z.output<typeof ticketSchema>;

export interface Tickets {
  sign(ticket: Ticket): string;
  /** What a ticket of this user says; TICKET_INVALID when it is forged, broken or of another user. */
  verify(text: string, userId: string): Ticket;
}

const LONGEST = 1_000;

/** Signs and verifies tickets: base64url(JSON) + '.' + base64url(HMAC-SHA256 of it). */
export function createTickets(secret: Secret): Tickets {
  const mac = (body: string): Buffer => createHmac('sha256', secret.reveal()).update(body).digest();
  return {
    sign(ticket) {
      const body = Buffer.from(JSON.stringify(ticketSchema.parse(ticket))).toString('base64url');
      return `${body}.${mac(body).toString('base64url')}`;
    },
    verify(text, userId) {
      const [body = '', signature = ''] = text.length <= LONGEST ? text.split('.') : [];
      const given = Buffer.from(signature, 'base64url');
      const wanted = mac(body);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw ticketInvalid();
      const ticket = ticketSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))); // we signed it
      if (ticket.userId !== userId) throw ticketInvalid();
      return ticket;
    },
  };
}

export function ticketInvalid(): SchoolError {
  return new SchoolError('TICKET_INVALID', 'The ticket is not one of your present session: join the meeting again.');
}

export function mediaMoved(): SchoolError {
  return new SchoolError('MEDIA_MOVED', 'The media of the meeting runs elsewhere now: join the meeting again.');
}

import { z } from 'zod';

import { defineEvent } from '../define-event';

/** A session was ended by its user, or because one of its refresh tokens was shown twice. */
export const sessionEnded = defineEvent('accounts.session.ended', z.object({ sessionId: z.uuid(), userId: z.uuid() }));

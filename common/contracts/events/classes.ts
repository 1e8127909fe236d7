import { z } from 'zod';

import { defineEvent } from '../define-event';

/** Somebody came into a class, got another role there, or left it (`role` null). */
export const classMemberChanged = defineEvent(
  'classes.member.changed',
  z.object({
    classId: z.uuid(),
    userId: z.uuid(),
    role: z.enum(['TEACHER', 'STUDENT', 'SUPPORTER']).nullable(),
  }),
);

import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, secret, serviceShape } from '@terakoya/common/config';
import { databaseShape } from '@terakoya/common/database';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const meetingsConfig = defineConfig('meetings', {
  ...serviceShape(4106),
  ...databaseShape,
  ...redisShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  ...storageShape,
  MEETING_TICKET_SECRET: secret(32).describe('Signs the tickets with which participants signal their media.'),
  MEDIA_REGION: z.string().default('default').describe('Media nodes of this region are chosen first.'),
  MEETING_ABSENCE_SECONDS: z.coerce
    .number()
    .min(1)
    .max(3_600)
    .default(90)
    .describe('How long somebody without a media session is in a meeting after they last joined or lost it.'),
  RECORDING_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe('How long films of meetings are kept, in days.'),
  TURN_SERVER: z
    .string()
    .optional()
    .describe(
      'TURN servers that clients are told, separated by commas: host, host:port or turn(s): URLs (RFC 7065). A host stands for UDP and TCP on 3478 and TLS on 443.',
    ),
  TURN_SECRET: secret(16).optional().describe("The TURN server's static-auth-secret; needed with TURN_SERVER."),
  TURN_LIFETIME_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .max(86_400)
    .default(14_400)
    .describe('How long TURN credentials are valid.'),
});

export type MeetingsConfig = ConfigOf<typeof meetingsConfig>;

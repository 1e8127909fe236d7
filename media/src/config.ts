import { z } from 'zod';

import { authShape } from '@terakoya/common/auth';
import { type ConfigOf, defineConfig, flag, port, serviceShape, url } from '@terakoya/common/config';
import { redisShape } from '@terakoya/common/redis';
import { storageShape } from '@terakoya/common/storage';

export const mediaConfig = defineConfig('media', {
  ...serviceShape(4301),
  ...redisShape,
  ...storageShape,
  IDENTITY_SECRET: authShape.IDENTITY_SECRET,
  MEDIASOUP_LISTEN_IP: z.string().default('127.0.0.1').describe('Address on which the SFU takes media.'),
  MEDIASOUP_ANNOUNCED_IP: z
    .string()
    .optional()
    .describe(
      'Address or name that clients are told instead of MEDIASOUP_LISTEN_IP, such as the public one behind NAT.',
    ),
  MEDIASOUP_PORT: port()
    .default(0)
    .describe('First media port, UDP and TCP: each worker has one, counted up from it; 0 lets the system choose.'),
  MEDIASOUP_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('mediasoup workers of the node, each on at most one core; without it one for every core.'),
  MEDIASOUP_WORKER_BIN: z
    .string()
    .optional()
    .describe("The mediasoup worker's program, where it is not the package's own."),
  MEDIA_CONSUMERS_PER_ROUTER: z.coerce
    .number()
    .int()
    .min(1)
    .default(500)
    .describe('From so many consumers on a room spreads to one more worker.'),
  MEDIA_PEER_SILENCE_SECONDS: z.coerce
    .number()
    .min(1)
    .default(20)
    .describe('How long a participant may be unreachable before the SFU gives them up.'),
  MEDIA_PEER_IDLE_SECONDS: z.coerce
    .number()
    .min(1)
    .default(90)
    .describe('How long a participant who never connected may signal nothing before the SFU gives them up.'),
  MEDIA_CONTROL_URL: url('http', 'https')
    .optional()
    .describe('Where meetings and other media nodes reach this one; without it http://HOST:PORT.'),
  MEDIA_REGION: z
    .string()
    .max(64)
    .default('default')
    .describe('Where this node is: participants get one of their region.'),
  MEDIA_PIPE_IP: z
    .union([z.ipv4(), z.ipv6()])
    .optional()
    .describe('Address for media between nodes, such as the private one; without it as for clients, then to be an IP.'),
  MEDIA_PIPE_IDLE_SECONDS: z.coerce
    .number()
    .min(0.05)
    .max(3_600)
    .default(10)
    .describe('How long a pipe to another node is kept that nobody needs; at most twice as long.'),
  MEDIA_DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .default(20)
    .describe('How long a node that ends waits for its rooms to move away.'),
  MEDIA_RECORDING_TRACKS: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(64)
    .describe('Most tracks that an SFU node records at the same time; each is one ffmpeg process.'),
  MEDIA_PLAIN_TRANSPORTS: flag()
    .default(false)
    .describe('true lets participants without ICE and DTLS in (plain RTP), such as those of the benchmark.'),
});

export type MediaConfig = ConfigOf<typeof mediaConfig>;

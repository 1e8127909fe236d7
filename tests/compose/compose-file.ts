import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { ROOT } from '../../scripts/start/services';
import { type Variables, interpolate } from './interpolate';

const text = z.coerce.string();
const words = z.union([z.array(text), text]);

const serviceSchema = z.looseObject({
  image: text.optional(),
  build: z.looseObject({ target: text.optional() }).optional(),
  command: words.optional(),
  entrypoint: words.optional(),
  environment: z.record(z.string(), text).default({}),
  secrets: z.array(text).default([]),
  volumes: z.array(z.union([text, z.looseObject({})])).default([]),
  ports: z.array(text).default([]),
  expose: z.array(text).default([]),
  profiles: z.array(text).default([]),
  networks: z.array(text).default([]),
  network_mode: text.optional(),
  depends_on: z.record(z.string(), z.looseObject({ condition: text })).default({}),
  restart: text.optional(),
  healthcheck: z.looseObject({ test: words }).optional(),
  deploy: z
    .looseObject({ resources: z.looseObject({ limits: z.looseObject({ cpus: text, memory: text }).optional() }) })
    .optional(),
  develop: z.looseObject({}).optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(text).default([]),
  cap_add: z.array(text).default([]),
  security_opt: z.array(text).default([]),
  user: text.optional(),
  logging: z.looseObject({}).optional(),
  stop_grace_period: text.optional(),
});

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.unknown()).default({}),
  volumes: z.record(z.string(), z.unknown()).default({}),
  secrets: z.record(z.string(), z.looseObject({ file: text })).default({}),
});

export type ComposeService = z.output<typeof serviceSchema>;
export type ComposeFile = z.output<typeof composeSchema>;

export const COMPOSE_FILES = ['docker-compose.dev.yml', 'docker-compose.prod.yml'] as const;
export type ComposeName = (typeof COMPOSE_FILES)[number];

/** What a deployment has to say; everything else has a default. */
export const SAMPLE: Variables = {
  IMAGE_TAG: '1.2.3',
  SCHOOL_DOMAIN: 'school.example',
  MEDIASOUP_ANNOUNCED_IP: '203.0.113.7',
};

/** A Compose file with its anchors merged and nothing interpolated yet. */
export function readRaw(name: ComposeName): unknown {
  // Our own file may say the same thing many times.
  return parse(readFileSync(join(ROOT, name), 'utf8'), { merge: true, maxAliasCount: -1 });
}

/** A Compose file as Compose itself sees it: merged and interpolated. */
export function readCompose(name: ComposeName, variables: Variables, asked?: (name: string) => void): ComposeFile {
  return composeSchema.parse(mapStrings(readRaw(name), (value) => interpolate(value, variables, asked)));
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

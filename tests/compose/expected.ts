/** A service of the project's service table. */
export interface ExpectedService {
  /** The port it is known by, where it has one. */
  readonly port?: number;
  readonly phase: number;
}

/** The services that both files must have, by these names. */
export const EXPECTED_SERVICES: Readonly<Record<string, ExpectedService>> = {
  db: { port: 5432, phase: 1 },
  redis: { port: 6379, phase: 1 },
  app: { port: 3000, phase: 1 },
  rt: { port: 3001, phase: 1 },
  gateway: { port: 4000, phase: 1 },
  sfu: { phase: 2 },
  coturn: { port: 3478, phase: 2 },
  files: { port: 9000, phase: 3 },
  'notes-worker': { phase: 3.5 },
  'ai-proxy': { phase: 4.5 },
  'ocr-worker': { phase: 4.5 },
  prometheus: { port: 9090, phase: 5 },
  grafana: { port: 3030, phase: 5 },
  'otel-collector': { phase: 5 },
  alertmanager: { phase: 5 },
  tempo: { phase: 5 },
  loki: { phase: 5 },
};

/** Variables that a deployment must be able to set, by these names, in both files. */
export const EXPECTED_VARIABLES = [
  'DATABASE_URL',
  'REDIS_URL',
  'ACCESS_TOKEN_SECRET',
  'REFRESH_TOKEN_SECRET',
  'MEDIASOUP_LISTEN_IP',
  'MEDIASOUP_ANNOUNCED_IP',
  'TURN_SERVER',
  'FILE_STORAGE_ENDPOINT',
  'MINIO_ENDPOINT',
  'MINIO_ACCESS_KEY',
  'MINIO_SECRET_KEY',
  'OPENAI_API_KEY',
  'GOOGLE_APPLICATION_CREDENTIALS',
];

/** The SFU's least share of the machine. */
export const SFU_LEAST = { cpus: 1, megabytes: 512 };

/** Services of production that may publish ports: the edge, and media. coturn has the host's network. */
export const PUBLISHED = ['caddy', 'sfu'];

/** Services that keep data, and must be reached over the network `data` alone. */
export const KEEPERS = ['db', 'redis', 'files'];

/** Kinds of images, each a target of the Dockerfile. */
export const KINDS = ['service', 'worker', 'recorder', 'media', 'app', 'jobs'];

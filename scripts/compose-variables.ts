/** Variables that only the Compose files read: what each is, and its default. */
export const COMPOSE_VARIABLES: Readonly<Record<string, readonly [what: string, value: string]>> = {
  COMPOSE_PROFILES: ['What is started beside the services without a profile, such as minio,turn,watch.', ''],
  IMAGE_TAG: ['Tag of our images, such as a release; docker-compose.prod.yml needs it.', ''],
  IMAGE_REPOSITORY: ['Where our images are: registry and path; those that were built here by default.', 'terakoya'],
  BASE_IMAGE: ['What our images are built from: a Debian with Node.js 24 and npm.', 'node:24-bookworm-slim'],
  MEDIASOUP_BUILD: ['Where the image of the SFU has its worker from: download, or source to compile it.', 'download'],
  SECRETS_DIR: ['Folder of the files that npm run secrets has made.', './secrets'],
  SCHOOL_DOMAIN: ['Name by which browsers reach the school; docker-compose.prod.yml needs it.', ''],
  FILES_DOMAIN: ['Name by which browsers reach its files; files.SCHOOL_DOMAIN by default.', ''],
  EDGE_ADDRESS: ['Address of this machine on which the edge listens.', '0.0.0.0'],
  WATCH_ADDRESS: ['Address of this machine on which Grafana can be reached, port 3030.', '127.0.0.1'],
  SFU_CPUS: ['Most cores of the SFU; at least one, and one for each of MEDIASOUP_WORKERS.', '2'],
  PROMETHEUS_RETENTION: ['How long metrics are kept.', '30d'],
};

import { composeViolations } from './check-compose';
import { dockerfileViolations } from './check-dockerfile';
import { fileViolations } from './check-file';
import { productionViolations } from './check-production';
import { COMPOSE_FILES, SAMPLE, readCompose } from './compose-file';
import { DOCKERFILE } from './dockerfile';

test.each(COMPOSE_FILES)('%s is as the specification and the project want it', (name) => {
  expect(composeViolations(name, DOCKERFILE)).toEqual([]);
});

test('the Dockerfile builds in its order, from the lock file', () => {
  expect(dockerfileViolations(DOCKERFILE)).toEqual([]);
});

describe('what is wrong is found', () => {
  const production = () => readCompose('docker-compose.prod.yml', SAMPLE);

  test('in a Compose file', () => {
    const file = production();
    const { gateway, db, sfu, migrate } = file.services;
    if (!gateway || !db || !sfu || !migrate) throw new Error('services are missing');
    const broken = {
      ...file,
      services: {
        ...file.services,
        gateway: { ...gateway, healthcheck: undefined, restart: undefined, secrets: [] },
        db: { ...db, image: 'postgres:latest', deploy: undefined, expose: [] },
        sfu: { ...sfu, depends_on: { nobody: { condition: 'service_healthy' } } },
        migrate: { ...migrate, networks: ['elsewhere'] },
      },
    };
    expect(fileViolations(broken, new Set())).toEqual(
      expect.arrayContaining([
        'gateway has no healthcheck',
        'gateway has no restart policy',
        'gateway REDIS_URL_FILE: has not the secret redis_url',
        'db has no exact version: postgres:latest',
        'db has no limits of memory and CPU',
        'db has not port 5432',
        'sfu waits for nobody, which is no service',
        'migrate is in the network elsewhere, which is none',
      ]),
    );
  });

  test('in production', () => {
    const file = production();
    const { gateway, redis } = file.services;
    if (!gateway || !redis) throw new Error('services are missing');
    const broken = {
      ...file,
      networks: { ...file.networks, data: {} },
      services: {
        gateway: {
          ...gateway,
          read_only: false,
          cap_drop: [],
          volumes: ['./gateway/src:/app/gateway'],
          ports: ['4000:4000'],
        },
        redis: { ...redis, user: undefined, networks: ['data', 'edge'], environment: { REDIS_PASSWORD: 'x' } },
      },
    };
    expect(productionViolations(broken)).toEqual([
      'gateway may write to its root file system',
      'gateway keeps capabilities',
      'gateway publishes ports',
      'gateway mounts sources: ./gateway/src',
      'redis runs as root',
      'redis has REDIS_PASSWORD in its environment, not in a file',
      'redis is reached over more than the network data',
      'the network data has a way out',
    ]);
  });

  test('in the Dockerfile', () => {
    const broken = DOCKERFILE.replace('COPY workers/package.json workers/\n', '')
      .replace('FROM build AS media-worker', 'FROM buidl AS media-worker')
      .replace('--omit=dev --ignore-scripts --workspace=common --workspace=subgraphs/accounts', '--workspace=common')
      .replaceAll('USER node\n', 'USER root\n');
    expect(dockerfileViolations(broken)).toEqual(
      expect.arrayContaining([
        'Dockerfile: npm does not find workers/package.json',
        'Dockerfile: stage media-worker: is built from buidl, neither the base image nor an earlier stage',
        'Dockerfile: the packages of jobs are not those of the lock file without development',
        'Dockerfile: the image service runs as root',
      ]),
    );
  });
});

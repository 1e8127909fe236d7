/** The folders' rules of docs/architecture.md, as errors. */
const services = '^(gateway|subgraphs/[^/]+|realtime|media|workers|web)/';

/** A package that only the named folders may import. */
const onlyFrom = (name, folders) => ({
  name: `${name}-has-one-adapter`,
  comment: `${name} is imported from its adapter only`,
  severity: 'error',
  from: { pathNot: [folders, '\\.test\\.ts$', '/tests/', '^tests/', '^bench/', '^common/testkit/', '^scripts/'] },
  to: { path: `^node_modules/${name}(/|$)` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'services-know-only-common',
      comment: 'Domains talk by federation keys and events, never by imports',
      severity: 'error',
      from: { path: services, pathNot: '^realtime/' },
      to: { path: services, pathNot: '^$1/' },
    },
    {
      name: 'realtime-may-use-the-executor',
      comment: 'and how the gateway reads requests over HTTP: its event streams are GraphQL over HTTP too',
      severity: 'error',
      from: { path: '^realtime/' },
      to: { path: '^(gateway|subgraphs|media|workers|web)/', pathNot: '^gateway/src/(execution|http)/' },
    },
    { name: 'common-knows-no-service', severity: 'error', from: { path: '^common/' }, to: { path: services } },
    {
      name: 'contracts-import-zod-only',
      severity: 'error',
      from: { path: '^common/contracts/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^common/contracts/', '^node_modules/zod/'] },
    },
    {
      name: 'resolvers-know-no-database',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: {
        path: '(\\.repository\\.ts$|\\.entity\\.ts$|^node_modules/(typeorm|pg|ioredis|bullmq)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'policies-are-pure',
      severity: 'error',
      from: { path: '\\.policy\\.ts$' },
      to: { dependencyTypesNot: ['type-only'], pathNot: ['^common/(auth|contracts|errors)/', '\\.policy\\.ts$'] },
    },
    {
      name: 'no-test-code-in-source',
      severity: 'error',
      from: { pathNot: ['\\.test\\.tsx?$', '/tests/', '^tests/', '^common/testkit/', '^bench/'] },
      to: { path: ['\\.test\\.tsx?$', '/tests/', '^tests/', '^common/testkit/'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          'global-teardown[.]ts$',
          '\\.config\\.(js|mjs|cjs|ts)$',
          '\\.d\\.ts$',
          '^scripts/',
          '\\.test\\.tsx?$',
          '^\\.',
        ],
      },
      to: {},
    },
    onlyFrom('typeorm', '(^common/(database|outbox)/|\\.entity\\.ts$|\\.repository\\.ts$|/migrations/)'),
    onlyFrom('ioredis', '^common/(redis|streams|queue)/'),
    onlyFrom('bullmq', '^common/queue/'),
    onlyFrom('minio', '^common/storage/'),
    onlyFrom('piscina', '^common/pool/'),
    onlyFrom('openai', '^workers/vendors/'),
    onlyFrom('@google-cloud/vision', '^workers/vendors/'),
    onlyFrom('mediasoup', '^media/src/mediasoup/'),
    onlyFrom('prom-client', '^common/telemetry/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.next[^/]*|\\.data|generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      conditionNames: ['terakoya-source', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};

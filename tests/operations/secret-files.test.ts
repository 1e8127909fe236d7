import { Secret } from '../../common/config';
import { weaknessOf } from '../../common/config/weak-secrets';
import { SCHEMAS } from '../../scripts/operations/owners';
import { secretFiles } from '../../scripts/operations/secrets/secret-files';
import { SAMPLE, readCompose } from '../compose/compose-file';

test('every secret of production is made, strong, and another one each time', () => {
  const files = secretFiles({});
  const { secrets } = readCompose('docker-compose.prod.yml', SAMPLE);
  expect(Object.keys(secrets).sort()).toEqual(Object.keys(files).sort());
  for (const [name, value] of Object.entries(files)) {
    if (value !== '') expect([name, weaknessOf(new Secret(value))]).toEqual([name, undefined]);
  }
  expect(secretFiles({}).identity_secret).not.toBe(files.identity_secret);
});

test('what is kept stays, and what is missing follows from it', () => {
  const files = secretFiles({});
  expect(secretFiles(files)).toEqual(files);
  const { redis_url: _, ...rest } = files;
  expect(secretFiles(rest)).toEqual(files);
  const elsewhere = secretFiles({ database_url: 'postgres://admin:x@db.example:6432/school?sslmode=require' });
  for (const schema of SCHEMAS) {
    expect(elsewhere[`database_url_${schema}`]).toMatch(
      new RegExp(`^postgres://${schema}:[0-9a-f]{64}@db\\.example:6432/school\\?sslmode=require$`),
    );
  }
});

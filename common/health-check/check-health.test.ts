import { createHttpHost } from '../http';
import { checkHealth, healthUrl } from '.';

test('a service that is ready is healthy; one that is not, and one that is not there, is not', async () => {
  let isReady = true;
  const readiness = { database: async () => (isReady ? undefined : Promise.reject(new Error('gone'))) };
  const host = createHttpHost({ service: 'shop', host: '127.0.0.1', port: 0, readiness });
  const { port } = await host.start();
  const url = healthUrl({ PORT: String(port) });
  try {
    await checkHealth(url);
    isReady = false;
    await expect(checkHealth(url)).rejects.toThrow(/answered 503: .*database/);
  } finally {
    await host.close();
  }
  await expect(checkHealth(url)).rejects.toThrow();
});

test('another path may be asked for', () => {
  expect(healthUrl({ PORT: '3000', HEALTH_PATH: '/' })).toBe('http://127.0.0.1:3000/');
});

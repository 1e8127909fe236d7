import { findTestTool } from '..';

const before = { ...process.env };
afterEach(() => {
  delete process.env.SWIFT_PROXY_SERVER_BIN;
  delete process.env.CI;
  Object.assign(process.env, before);
});

test('a tool that cannot be had skips a suite with one line; with CI=true it fails the run', async () => {
  process.env.SWIFT_PROXY_SERVER_BIN = '/no/such/program';
  process.env.CI = '';
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await findTestTool('swift')).toBeUndefined();
  expect(write.mock.calls).toHaveLength(1);
  expect(write.mock.calls[0]?.[0]).toMatch(/^ {2}Skipped: swift is not the program .*\n$/);
  write.mockRestore();
  process.env.CI = 'true';
  await expect(findTestTool('swift')).rejects.toThrow('/no/such/program');
});

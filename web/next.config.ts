import { join } from 'node:path';

import type { NextConfig } from 'next';

const config: NextConfig = {
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  outputFileTracingRoot: join(__dirname, '..'),
  turbopack: { root: join(__dirname, '..') },
  devIndicators: false,
  poweredByHeader: false,
  typescript: { tsconfigPath: process.env.NEXT_TSCONFIG ?? 'tsconfig.json' },
  images: { unoptimized: true },
};

export default config;

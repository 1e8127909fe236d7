/** `npm run seed`: fills a school that runs (`npm start`) with classes, pupils, lessons and notebooks, for development. */
import { parseArgs } from 'node:util';

import { tellFailure } from '../tell-failure';
import { seedSchool } from './seed-school';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: process.env.TERAKOYA_URL ?? 'http://localhost:4000/graphql' },
    password: { type: 'string', default: process.env.DEMO_PASSWORD ?? 'terakoya-demo' },
  },
});

async function main(): Promise<void> {
  const seeded = await seedSchool({ ...options, say: (line) => console.log(line) });
  if (!seeded) return console.log('This school has its seed already; npm run reset begins anew.');
  const { classes, members, lessons, notebooks } = seeded;
  console.log(`${classes} classes with ${members} members, ${lessons} lessons and ${notebooks} notebooks are there.`);
}

main().catch((error: unknown) => tellFailure(options.url, error));

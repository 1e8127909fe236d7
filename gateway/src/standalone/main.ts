import { runService } from '@terakoya/common/lifecycle';

import { readOptions, usage } from './options';
import { createStandaloneGateway } from './service';

const args = process.argv.slice(2);

if (args.some((arg) => arg === '--help' || arg === '-h')) process.stdout.write(usage());
else runService('gateway', () => createStandaloneGateway(readOptions(args)));

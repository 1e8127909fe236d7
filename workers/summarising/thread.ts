import { threadTask } from '@terakoya/common/pool';

import { summarise } from './summarise';

export const run = threadTask((pages: readonly { readonly text: string }[]) => summarise(pages));

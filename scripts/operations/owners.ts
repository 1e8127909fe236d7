import { migrations as accounts } from '../../subgraphs/accounts/migrations';
import { migrations as assistant } from '../../subgraphs/assistant/migrations';
import { migrations as classes } from '../../subgraphs/classes/migrations';
import { migrations as files } from '../../subgraphs/files/migrations';
import { migrations as meetings } from '../../subgraphs/meetings/migrations';
import { migrations as notes } from '../../subgraphs/notes/migrations';
import { migrations as aiProxy } from '../../workers/ai-proxy/migrations';

/** The migrations of every service that keeps data, by the name of its schema, which is its role's too. */
export const MIGRATIONS = { accounts, classes, files, notes, assistant, meetings, ai_proxy: aiProxy };

export const SCHEMAS = Object.keys(MIGRATIONS) as readonly (keyof typeof MIGRATIONS)[]; // its own keys

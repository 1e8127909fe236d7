import { z } from 'zod';

import { defineEvent } from '../define-event';

/** A node takes nobody new and ends soon: its rooms are to be moved at once. */
export const nodeDraining = defineEvent('media.node.draining', z.object({ nodeId: z.string() }));

import { mediaCommands as told } from '@terakoya/common/contracts';

import { type CommandHandler, on } from '../control/command-handler';
import type { NodePresence } from './node-presence';

/** Drains the node; answers at once, and calls `onDrained` when it may end. */
export function createDrainCommand(presence: NodePresence, onDrained: () => void = () => undefined): CommandHandler {
  return on(told.drainNode, async () => {
    void presence.drain().then(onDrained);
    return {};
  });
}

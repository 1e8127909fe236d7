import { type Closable, every } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import type { MediaNodes } from '@terakoya/common/media-nodes';

import type { NodeClient } from './node-client';

/** How often the register is looked at while there are pipes. */
const WATCH_MS = 400;

/** Another node to or from which a pipe leads. */
export interface OtherNode {
  readonly nodeId: string;
  readonly controlUrl: string;
}

export interface NodeWatchOptions {
  readonly nodes: Pick<MediaNodes, 'list'>;
  readonly client: Pick<NodeClient, 'isThere'>;
  /** Those to watch now; a node may be named more than once. */
  readonly watched: () => readonly OtherNode[];
  readonly onGone: (nodeId: string) => void;
  readonly logger: Logger;
}

/**
 * Notices that a node is gone within NODE_TTL_MS + WATCH_MS + 1 s: the register does not name it and it does not
 * answer, or another has its place. The register alone is not believed, since Redis can lose what it knows.
 */
export function watchNodes(options: NodeWatchOptions): Closable {
  return every(WATCH_MS, options.logger, async () => {
    const watched = new Map(options.watched().map((node) => [node.nodeId, node]));
    if (watched.size === 0) return;
    const listed = await options.nodes.list().catch(() => []);
    await Promise.all(
      [...watched.values()].map(async ({ nodeId, controlUrl }) => {
        if (listed.some(({ id }) => id === nodeId)) return;
        const hasSuccessor = listed.some((node) => node.controlUrl === controlUrl);
        if (hasSuccessor || !(await options.client.isThere(controlUrl))) options.onGone(nodeId);
      }),
    );
  });
}

import { type Closable, every, poll, withTimeout } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import { type MediaNodes, NODE_HEARTBEAT_MS, NODE_TTL_MS } from '@terakoya/common/media-nodes';

export interface NodePresenceOptions {
  readonly nodes: Pick<MediaNodes, 'announce' | 'withdraw'>;
  readonly nodeId: string;
  readonly region: string;
  /** Share of the node's capacity in use. */
  readonly load: () => number;
  readonly isEmpty: () => boolean;
  /** How long a drain waits for the rooms to move away. */
  readonly drainMs: number;
  readonly onDraining: () => void;
  readonly logger: Logger;
}

/** The node in the register of media nodes, from start to drain. */
export class NodePresence implements Closable {
  #controlUrl = '';
  #heartbeat: Closable | undefined;
  #drained: Promise<void> | undefined;

  constructor(private readonly options: NodePresenceOptions) {}

  get controlUrl(): string {
    return this.#controlUrl;
  }

  get isDraining(): boolean {
    return this.#drained !== undefined;
  }

  /** Announces the node from now on; a beat that fails is followed by the next. */
  start(controlUrl: string): this {
    this.#controlUrl = controlUrl;
    this.#heartbeat = every(NODE_HEARTBEAT_MS, this.options.logger, () => this.#announce());
    return this;
  }

  /** Takes nobody new; resolves when the node is empty or its time is over. Draining twice is draining once. */
  drain(): Promise<void> {
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  /** Drains, and takes the node out of the register. */
  async close(): Promise<void> {
    await this.drain();
    await this.#heartbeat?.close();
    const withdraw = (): Promise<void> => this.options.nodes.withdraw(this.options.nodeId);
    await this.#attempt('withdrawing', () => withTimeout('Withdrawing the node', NODE_TTL_MS, withdraw));
  }

  async #drain(): Promise<void> {
    const { onDraining, isEmpty, drainMs } = this.options;
    await Promise.resolve(); // so that what is announced is a draining node
    onDraining();
    await this.#attempt('announcing', () => this.#announce());
    const empty = async (): Promise<true | undefined> => (isEmpty() ? true : undefined);
    await this.#attempt('waiting for the rooms', () => poll('The drain of the node', { timeoutMs: drainMs }, empty));
  }

  #announce(): Promise<void> {
    const { nodes, nodeId: id, region, load } = this.options;
    const node = { id, controlUrl: this.#controlUrl, region, load: load(), isDraining: this.isDraining };
    return withTimeout('Announcing the node', NODE_TTL_MS, () => nodes.announce(node));
  }

  /** The end of a node does not fail for what others notice by themselves. */
  async #attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.warn({ err: error }, `the node ends, though ${what} failed`);
    }
  }
}

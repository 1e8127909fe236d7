import { z } from 'zod';

const mediaNodeSchema = z.object({
  id: z.string().min(1),
  controlUrl: z.url({ protocol: /^https?$/ }),
  region: z.string(),
  load: z.number().min(0),
  isDraining: z.boolean(),
});

/** What a media node tells of itself. */
export interface MediaNode {
  readonly id: string;
  /** Where it takes commands, such as `http://10.0.0.7:4301`. */
  readonly controlUrl: string;
  readonly region: string;
  /** Share of its capacity in use, 0 and up. */
  readonly load: number;
  /** It takes nobody new, and ends when its rooms have gone. */
  readonly isDraining: boolean;
}

export function encodeNode(node: MediaNode): string {
  return JSON.stringify(mediaNodeSchema.parse(node));
}

/** The node of an entry; undefined when it is none, such as that of a later release. */
export function decodeNode(text: string): MediaNode | undefined {
  return mediaNodeSchema.safeParse(parsed(text)).data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

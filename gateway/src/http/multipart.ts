import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { type DeferredPart, type Executed, responseText } from '../execution';

/** The version of incremental delivery that Apollo's clients and router speak. */
const CONTENT_TYPE = 'multipart/mixed; boundary="-"; deferSpec=20220824';
const PART = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n';

/** Sends a response (`first` is its text) whose deferred parts follow as they are ready, each saying whether more will come. */
export async function sendInParts(
  response: ServerResponse,
  first: string,
  deferred: NonNullable<Executed['deferred']>,
): Promise<void> {
  response.writeHead(200, { 'content-type': CONTENT_TYPE });
  await write(response, `\r\n---${PART}${withMember(first, '"hasNext":true')}\r\n---`);
  for await (const parts of deferred) {
    if (response.destroyed) break;
    const incremental = `"incremental":[${parts.map(partText).join(',')}]`;
    await write(response, `${PART}{${incremental},"hasNext":true}\r\n---`);
  }
  response.end(`${PART}{"hasNext":false}\r\n-----\r\n`);
}

function partText({ label, path, data, errors }: DeferredPart): string {
  const about = `"path":${JSON.stringify(path)}${label === undefined ? '' : `,"label":${JSON.stringify(label)}`}`;
  return withMember(responseText({ data, errors }), about);
}

/** `object` is the text of a JSON object that is not empty. */
function withMember(object: string, member: string): string {
  return `${object.slice(0, -1)},${member}}`;
}

/** Waits for a client that reads slowly. */
async function write(response: ServerResponse, text: string): Promise<void> {
  if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

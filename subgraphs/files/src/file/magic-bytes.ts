import type { AcceptedType } from '@terakoya/common/contracts';

/** How many bytes at the beginning tell the type. */
export const MAGIC_BYTES = 1024;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * The type that the first bytes of a document show. PDF readers accept `%PDF-` anywhere in the first 1,024 bytes
 * (ISO 32000-1, implementation note 13), and so do we.
 */
export function typeOfBytes(head: Buffer): AcceptedType | null {
  if (head.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (head.subarray(0, JPEG.length).equals(JPEG)) return 'image/jpeg';
  if (head.subarray(0, MAGIC_BYTES).includes('%PDF-')) return 'application/pdf';
  return null;
}

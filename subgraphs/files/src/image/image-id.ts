/** An image's id is its storage key in base64url: the domain that made it needs no table here. */
export function keyOfImage(id: string): string {
  return Buffer.from(id, 'base64url').toString('utf8');
}

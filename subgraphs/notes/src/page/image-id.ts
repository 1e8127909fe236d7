/** An image's id is its storage key in base64url, so that every subgraph can tell it without asking. */
export function imageIdOf(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/** The key of an image id and the page that is part of it; null when it is no id of a page's image. */
export function parseImageId(id: string): { readonly key: string; readonly pageId: string } | null {
  const key = Buffer.from(id, 'base64url').toString('utf8');
  const [pages, , , pageId, name] = key.split('/');
  return pages === 'pages' && pageId && name ? { key, pageId } : null;
}

/** The page that an image belongs to, by the image's storage key; null when it is no key of a page's image. */
export function pageIdOfImage(key: string): string | null {
  const [pages, , , pageId, name] = key.split('/');
  return pages === 'pages' && pageId && name ? pageId : null;
}

import { parseId } from '@terakoya/common/global-ids';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/**
 * Every id in a value: what stands under a name that ends in `id`, every UUID, and of every global id its key, which is
 * what events tell. Keys of ours are UUIDs, so that none means two things; elsewhere an id that two types share makes more
 * be forgotten than must.
 */
export function idsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  collect(value, '', found);
  return found;
}

function collect(value: unknown, name: string, found: Set<string>): void {
  if (typeof value === 'string') {
    const node = parseId(value);
    if (node) found.add(node.key);
    else if (/id$/i.test(name) || UUID.test(value)) found.add(value);
    return;
  }
  if (Array.isArray(value)) for (const item of value) collect(item, name, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(inner, key, found);
  }
}

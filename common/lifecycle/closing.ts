/** Whatever holds a resource. */
export interface Closable {
  close(): Promise<void>;
}

/** Closes in reverse order of opening. Every one gets its chance; the failures are thrown together at the end. */
export async function closeInReverse(opened: readonly Closable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const resource of [...opened].reverse()) {
    try {
      await resource.close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
}

/** A node that a rotation waits for. */
export interface Pending {
  node: string;
  reason: string;
}

/** Does the same for all at once; those that failed, with the reason. */
export async function pendingOf<Item>(
  items: Item[],
  nameOf: (item: Item) => string,
  work: (item: Item) => Promise<void>,
): Promise<Pending[]> {
  const done = await Promise.allSettled(items.map(work));
  return done.flatMap((one, index) => {
    const item = items[index];
    if (one.status === "fulfilled" || item === undefined) return [];
    const reason = one.reason instanceof Error ? one.reason.message : String(one.reason);
    return [{ node: nameOf(item), reason }];
  });
}

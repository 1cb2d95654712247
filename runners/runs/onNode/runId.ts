/** What a run's name at its node may be: `RUN-xxxxxxxx`. It is part of paths and of a container's name there. */
export const runIdRule = /^[A-Za-z0-9][A-Za-z0-9._-]*-[0-9a-f]{8}$/;

/**
 * The folder of a run, directly below that of all runs.
 * @throws Error for an id that could lead elsewhere
 */
export function folderOnNode(runsFolder: string, id: string): string {
  if (runIdRule.test(id)) return `${runsFolder}/${id}`;
  throw new Error(`run: expected an id such as baseline-0123abcd, got ${JSON.stringify(id)}`);
}

/** How long a node may take to say how its runs stand. */
export const statusSeconds = 30;

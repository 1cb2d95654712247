/** What came of one node: a result, or why there is none. */
export type Outcome<Result> = { node: string } & (
  | ({ error?: undefined } & Result)
  | ({ error: string } & { [key in keyof Result]?: undefined })
);

/** A node's result with its name; an error as a row of its own, so that other nodes go on. */
export async function outcomeOf<Result extends object>(
  node: string,
  work: () => Promise<Result>,
): Promise<Outcome<Result>> {
  try {
    return { node, ...(await work()) };
  } catch (error) {
    return { node, error: error instanceof Error ? error.message : String(error) };
  }
}

/** The error that a promise must end with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    (value) => new TypeError(`expected an error, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof TypeError || !(outcome instanceof Error)) throw outcome;
  return outcome;
}

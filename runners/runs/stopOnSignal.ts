/**
 * A signal that is aborted by the first Ctrl-C, upon which a person is told what that ends or leaves running; the second ends
 * this process at once.
 * @param say tells them
 */
export function stopOnSignal(say: () => void): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    say();
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);
  return controller.signal;
}

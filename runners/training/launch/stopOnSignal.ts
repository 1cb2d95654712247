/**
 * A signal that is aborted by the first Ctrl-C, so that the ranks are ended on all nodes; the second ends this process
 * at once, upon which the lost connection ends them.
 */
export function stopOnSignal(print: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    print("ending the ranks on all nodes …");
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);
  return controller.signal;
}

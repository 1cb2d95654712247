const watchMilliseconds = 1000;

/** Ends this process when the engine that started it has ended: after kill -9 of the CLI we would live on. */
export function endWithEngine(): void {
  const engine = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== engine) process.exit(0);
  }, watchMilliseconds);
  watch.unref();
}

/** What is typed on a node about a run there, as sh. A run is a process group, or a container. */
export interface RunShell {
  /** Prints its lines as they come and ends with it; `since` is where an earlier connection was lost. */
  follow(since: string | undefined): string;
  /** Prints what it has said so far; the last lines alone where their number is given. */
  logs(lastLines?: number): string;
  /** Asks it to end: what there is is saved; it is killed when that takes longer than 20 s. */
  stop(): string;
  /** Prints a line of JSON: what `docker inspect` calls its state, or `null` where it is gone. */
  state(): string;
  /** Takes it away, whatever it is doing; its folder stays. */
  remove(): string;
}

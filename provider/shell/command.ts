/** A line of POSIX sh, ready to run. Made by the functions of this file, which do all quoting there is. */
export type Command = string;

/** An argument: a text to be quoted, or a piece of shell that one of the functions here made. */
export type Argument = string | { shell: string };

/** One argument, quoted where the shell would read more into it. A NUL cannot be said in a shell: it is refused. */
export function quote(argument: Argument): string {
  if (typeof argument !== "string") return argument.shell;
  if (argument.includes("\0"))
    throw new Error(`expected a text without NUL, got ${JSON.stringify(argument)}`);
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A path in the home folder of the user we log in as. */
export function inHome(path: string): Argument {
  return { shell: `"$home"/${quote(path)}` };
}

/** `USER:`, which is that user and their own group. */
export const loginUser: Argument = { shell: '"$user:"' };

/** A program, or a function of the prelude, and its arguments. */
export function run(...argv: Argument[]): Command {
  return argv.map(quote).join(" ");
}

/** Goes on whatever this one says: for what may already be so. */
export function allowFailure(command: Command): Command {
  return `{ ${command}; } 2>/dev/null || true`;
}

/** Content, mode and owner of a file, written beside it, synced and renamed: whole or not at all. */
export function writeFile(path: Argument, file: { content: string; mode: string; owner: Argument }): Command {
  return run("put", path, file.mode, file.owner, file.content);
}

/** Removes a file; the folders that were made for it go with the setting's record. */
export function removeFile(path: Argument): Command {
  return run("remove_file", path);
}

/** One line in a text file that others write to as well: the lines that end in `mark` become `line`, or go. */
export function setLine(path: Argument, mark: string, line?: string): Command {
  return run("set_line", path, mark, ...(line === undefined ? [] : [line]));
}

import { Option } from "commander";

/**
 * An option that may be given more than once; its value is the list, empty where it was not given.
 * @param meaning what that means, for --help
 */
export function manyTimes(flags: string, description: string, meaning?: string): Option {
  const collect = (value: string, before: string[]) => [...before, value];
  const option = new Option(flags, `${description}; may be given more than once`).argParser<string[]>(
    collect,
  );
  return option.default([], meaning ?? "none");
}

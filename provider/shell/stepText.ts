import type { Command } from "./command.ts";

/** Words of the prelude in words for people, where its own name would not do. */
const texts: Record<string, string> = {
  put: "write",
  rm: "remove",
  remove_file: "remove",
  expect_hands: "be free to write",
  expect_own: "write",
  expect_unused: "write",
  keep_original: "keep a copy of",
  give_original_back: "put back",
  give_folder_back: "put back the folder",
  expect_home_free: "give a home to",
  expect_limit: "set the limit",
  set_line: "write a line of",
  drop_folder: "remove",
  set_folder: "make the folder",
  folder: "make the folder",
  trust_authorities: "let the node trust its certificate authorities",
  apt_install: "install",
  apt_purge: "remove the packages",
  prepare_folder: "make ready",
  place_folder: "put in place what was sent of",
  remove_folder: "remove what was brought of",
  make_environment: "make the Python environment",
  link_keep: "set the link",
  link_drop: "take the address off the link",
  swap_make: "make the swap file",
  swap_remove: "remove the swap file",
  sysctl_last: "keep for each boot",
  sysctl_set: "set the kernel's value",
  add_user: "add the user",
  set_user: "change the user",
  set_key: "write a key of the user",
  add_group: "add the group",
  unmake: "remove the empty folders that minirack made",
};
/** Their first argument is what they do, the second to which unit. */
const ofUnits = ["systemctl", "unit_run"];
/** Their arguments are no names. */
const alone = ["unmake", "setpriv", "tar", "sh", "echo", "printf"];

/**
 * What a step of a plan does, for an error: what it is about, and nothing else of its arguments, which may be secret.
 * `put /etc/motd 0644 root:root '…'` is `write /etc/motd`.
 */
export function stepText(step: Command): string {
  const [word = "", ...rest] = step.split("\n")[0]?.split(" ") ?? [];
  if (!/^[a-z][a-z0-9_-]*$/i.test(word)) return "run its script";
  const names = rest.filter((one) => /^["A-Za-z0-9_./:=@%+,$][-"A-Za-z0-9_./:=@%+,$]*$/.test(one));
  if (ofUnits.includes(word)) return names.slice(0, 2).join(" ");
  const [subject] = rest[0]?.startsWith("-") ? names : names.filter((one) => one === rest[0]);
  const says = texts[word] ?? word.replaceAll("_", " ");
  return subject === undefined || alone.includes(word) ? says : `${says} ${subject.replaceAll('"', "")}`;
}

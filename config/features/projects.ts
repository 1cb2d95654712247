import { z } from "zod";
import { ownerName } from "../../provider/settings/fileEntry.ts";
import type { SourceFolder } from "../folders.ts";
import { name } from "../names.ts";
import { folderPath } from "./dataSets.ts";
import { type FeatureContext, feature, mapValues } from "./feature.ts";

const git = z
  .strictObject({
    repository: z.string().min(1).describe("folder of the controller, or what `git clone` takes"),
    revision: z
      .string()
      .regex(/^[^-]/, "expected a commit, tag or branch; write it without a - before it")
      .describe("commit, tag or branch; a branch is followed at each `up`"),
  })
  .describe("a git revision; nodes need no git");

const shared = {
  path: folderPath,
  ignore: z.array(z.string()).default([]).describe("what stays here besides, as in .gitignore"),
  owner: z
    .string()
    .regex(
      new RegExp(`^${ownerName.source}(?::(?:${ownerName.source})?)?$`),
      "expected user or user:group, as names or numbers; write it so",
    )
    .optional()
    .describe("whose it is, of their primary group unless one is given; the node's user when left out"),
};

const project = z.union(
  [
    z.strictObject({ folder: z.string().min(1).describe("folder of the controller"), ...shared }),
    z.strictObject({ git, ...shared }),
  ],
  { error: "expected { folder, path } or { git: { repository, revision }, path }; write one of these forms" },
);
export type Project = z.output<typeof project>;

/** A project on a node, for those who build on it. */
export interface NodeProject {
  path: string;
  owner: string;
  content: SourceFolder;
}

/** What a project is on a node. */
export function nodeProject(
  one: Project,
  { look, user }: Pick<FeatureContext, "look" | "user">,
  at: PropertyKey[],
): NodeProject {
  const rules = {
    ignoreFiles: [".gitignore", ".minirackignore"],
    ignore: one.ignore,
    mode: (isExecutable: boolean) => (isExecutable ? "0755" : "0644"),
  };
  const content =
    "git" in one
      ? look({ git: one.git }, rules, [...at, "git"])
      : look({ folder: one.folder }, rules, [...at, "folder"]);
  const owner = one.owner ?? user;
  return { path: one.path, owner: owner.includes(":") ? owner : `${owner}:`, content };
}

/** Code on nodes. What others put beside it there stays: results, data, settings. */
export const projects = feature({
  key: "projects",
  rule: z.record(name, project).describe("projects: name → folder or git, path, ignore, owner"),
  settings: (value, context) => {
    const entries = mapValues(value, (one, key) => {
      const { path, owner, content } = nodeProject(one, context, [key]);
      const { source, digest } = content;
      return { source, path, owner, folderMode: "0755", isExact: false, digest, drift: {} };
    });
    return {
      syncedFolders: Object.fromEntries(
        Object.entries(entries).map(([key, entry]) => [`projects/${key}`, entry]),
      ),
    };
  },
});

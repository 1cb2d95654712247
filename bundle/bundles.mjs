/**
 * What is bundled: the entry, all that it is made of (and more: one too many only makes another bundle), and packages left
 * out. The program must share the SDK with Pulumi's runner, which loads it first.
 */
export const bundles = {
  provider: {
    entry: "provider/main.ts",
    sources: ["bundle", "config", "package.json", "provider"],
    external: [],
  },
  program: {
    entry: "index.ts",
    sources: [
      "bundle",
      "components",
      "config",
      "index.ts",
      "lab",
      "package.json",
      "provider",
      "runners",
      "stacks",
    ],
    external: ["@pulumi/*"],
  },
};

/** @typedef {keyof typeof bundles} BundleName */

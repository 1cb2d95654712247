import { load } from "./bundle/load.mjs";

// The SDK notes a stack for each resource, and each would be looked up in source maps: as long as all else together.
Reflect.deleteProperty(Error, "prepareStackTrace");

/** What Pulumi.yaml names: index.ts, bundled. */
export const { nodes, links, training } = await load("program", "index.ts");

import { load } from "./bundle/load.mjs";

// The SDK notes a stack for each resource; to look them up in source maps takes a seventh of the time of all this.
Reflect.deleteProperty(Error, "prepareStackTrace");

/** What Pulumi.yaml names: index.ts, bundled. */
export default (await load("program")).default;

import { load } from "../bundle/load.mjs";

await load("provider");

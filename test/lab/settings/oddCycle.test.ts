import { settingCycle } from "./settingCycle.ts";

settingCycle("every setting on nodes of each kind, one of which people have lived on", "mini2"); // { tags: "matrix" }

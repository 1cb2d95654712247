import { settingCycle } from "./settingCycle.ts";

settingCycle("every setting on nodes of each kind");

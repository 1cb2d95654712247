import { isDeepStrictEqual } from "node:util";
import type { SettingValues, Wrong } from "./feature.ts";

/** What one key of the cluster file wants. */
export interface KeyWants {
  key: string;
  wants: SettingValues;
}

/**
 * What all keys of one level want, each entry once: of two that differ the later would take the other's place in silence.
 * @param wrong told of the later key with the entry and both keys
 */
export function mergeOnce(all: KeyWants[], wrong: Wrong): SettingValues {
  const merged: SettingValues = {};
  const owners = new Map<string, string>();
  for (const { key, wants } of all) {
    for (const [setting, entries] of Object.entries(wants)) {
      const into = merged[setting] ?? {};
      merged[setting] = into;
      for (const [entry, wanted] of Object.entries(entries)) {
        if (entry in into && !isDeepStrictEqual(into[entry], wanted)) {
          const owner = owners.get(`${setting} ${entry}`);
          wrong(
            [key],
            `expected ${setting} ${entry} from one key alone, got it from ${owner} and ${key}, which differ; leave one of them out`,
          );
        }
        into[entry] = wanted;
        owners.set(`${setting} ${entry}`, key);
      }
    }
  }
  return merged;
}

import type { z } from "zod";
import type { Properties, Resource } from "../provider/resource.ts";
import { joinEngine } from "../provider/server/grpcServer.ts";
import { serve } from "../provider/server/serve.ts";

const useOfficial = "is not implemented by the offline stand-in; use the official plugin";

/** A resource's `check`: whatever the rule, an object without further properties, does not name is refused by its name. */
export function checkedBy(token: string, rule: z.ZodType): Resource["check"] {
  return (inputs) => {
    const issues = rule.safeParse(inputs).error?.issues ?? [];
    const failures = issues.flatMap((issue) => {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
      const at = issue.path.map(String);
      if (keys.length === 0) return [{ path: at, reason: `${issue.message} (${token})` }];
      const paths = keys.map((key) => [...at, key]);
      return paths.map((path) => ({ path, reason: `${token}: ${path.join(".")} ${useOfficial}` }));
    });
    return { inputs, failures };
  };
}

/** The properties without what the official plugin filled in itself and noted in `__defaults`, at every depth. */
export function withoutDefaults(properties: Properties): Properties {
  const added = ["__defaults", ...[properties.__defaults ?? []].flat()];
  const own = Object.entries(properties).filter(([key]) => !added.includes(key));
  const strip = (value: Properties[string]): Properties[string] => {
    if (Array.isArray(value)) return value.map(strip);
    return value !== null && typeof value === "object" ? withoutDefaults(value) : value;
  };
  return Object.fromEntries(own.map(([key, value]) => [key, strip(value)]));
}

/** A resource's `read`, out of what changed by itself; nothing when the resource is gone. */
export function readBy(
  drift: (id: string, inputs: Properties) => Promise<Properties | undefined>,
): Resource["read"] {
  return async (id, inputs, state) => {
    if (!inputs) throw new Error(`import of ${id} ${useOfficial}`);
    const changed = await drift(id, inputs);
    return changed && { id, inputs: { ...inputs, ...changed }, state: { ...state, ...changed } };
  };
}

/** The resource types that there are; any other is refused by its name. */
class Implemented extends Map<string, Resource> {
  override get(token: string): Resource {
    const resource = super.get(token);
    if (resource === undefined) throw new Error(`${token} ${useOfficial}`);
    return resource;
  }
}

/** Serves the engine that started this process. */
export async function serveStandIn(version: string, resources: Record<string, Resource>): Promise<void> {
  const table = new Implemented(Object.entries(resources));
  const { port } = await serve({ version, table, configure: () => {}, cancel: async () => {} });
  joinEngine(port);
}

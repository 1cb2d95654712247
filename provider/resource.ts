import type { z } from "zod";
import type { Json } from "./settings/setting.ts";

/** Properties of a resource, in plain values. */
export type Properties = Record<string, Json>;

/** A resource's name in the engine, as far as resources care. */
export interface Identity {
  /** Project and stack: the owner of what is made on nodes. */
  stack: string;
  /** Name of the resource in the program. */
  name: string;
  /** How long this call may take: the program's `customTimeouts`. */
  timeoutSeconds?: number;
}

/** A property that is not as its rule demands. */
export interface CheckFailure {
  path: string[];
  reason: string;
}

/** State and inputs of a resource as they are now. */
export interface ReadResult {
  id: string;
  state: Properties;
  inputs: Properties;
  /** Paths of what is secret in both, where the engine does not know it yet. */
  secrets?: string[][];
}

/** What a kind of resource is for and what it holds, for programs in other languages: all of it is described. */
export interface ResourceRules {
  description: string;
  inputs: z.ZodObject;
  /** What it has besides its inputs. */
  outputs: z.ZodObject;
}

/** What the engine asks of every kind of resource. Secrets and unknown values are the server's business. */
export interface Resource {
  /** Names of the state's properties that are computed, so unknown in the preview of a create. */
  outputs: readonly string[];
  /** Whether an update may change the outputs: they are unknown in its preview then. Else they stay as they are. */
  outputsMayChange?: boolean;
  /** Whether the outputs may show what the inputs hold: they are secret then, once any input is. */
  outputsShowInputs?: boolean;
  /** What of the inputs counts when they are compared. Without it all do. */
  comparable?(inputs: Properties): Properties;
  /** Whether a change of this property needs another resource in place of this one. Without it none does. */
  replaces?(property: string): boolean;
  /** Whether two can be in one place for a while. Without it a replaced one is deleted before the other is made. */
  canBeTwice?: boolean;
  /** Inputs with defaults filled in, and what is wrong with them. Unknown values are left out of `inputs`. */
  check(inputs: Properties): { inputs: Properties; failures: CheckFailure[] };
  create(inputs: Properties, identity: Identity): Promise<{ id: string; state: Properties }>;
  /** Undefined when the thing is gone. Without `inputs`, an import from the id alone. */
  read(
    id: string,
    inputs: Properties | undefined,
    state: Properties,
    identity: Identity,
  ): Promise<ReadResult | undefined>;
  update(
    id: string,
    change: { from: Properties; to: Properties; state: Properties },
    identity: Identity,
  ): Promise<Properties>;
  delete(id: string, inputs: Properties, identity: Identity, state?: Properties): Promise<void>;
}

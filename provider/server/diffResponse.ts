import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties, Resource } from "../resource.ts";
import { detailedDiff } from "./detailedDiff.ts";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
const { ADD, DELETE, UPDATE } = messages.PropertyDiff.Kind;
const kinds = { add: ADD, delete: DELETE, update: UPDATE };

/** What differs between two sets of inputs, and whether that takes another resource in place of this one. */
export function diffResponse(
  resource: Pick<Resource, "comparable" | "replaces" | "canBeTwice">,
  before: Properties,
  after: Properties,
): messages.DiffResponse {
  const comparable = resource.comparable ?? ((inputs) => inputs);
  const diff = detailedDiff(comparable(before), comparable(after));
  const changed = [...new Set([...diff.keys()].map((path) => path.split(/[.[]/)[0] ?? path))];
  const response = new messages.DiffResponse()
    .setChanges(diff.size === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changed)
    .setReplacesList(changed.filter((property) => resource.replaces?.(property)))
    .setDeletebeforereplace(!resource.canBeTwice)
    .setHasdetaileddiff(true);
  for (const [path, what] of diff) {
    const property = new messages.PropertyDiff().setKind(kinds[what]).setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  return response;
}

import type { Identity } from "../resource.ts";

/** Project and stack, type and name, out of `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
export function parseUrn(urn: string): Identity & { token: string } {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  const stack = head.split(":").slice(2).join(":");
  const token = types.split("$").at(-1) ?? "";
  return { stack: `${project}/${stack}`, token, name: name.join("::") };
}

import { existsSync, readFileSync } from "node:fs";
import { NodeError } from "../../provider/transport/nodeError.ts";
import type { Boot } from "./boot.ts";

/** What tells this controller from others; undefined where there is no Linux to ask. */
export type Controller = Pick<Boot, "kernelId" | "machineId"> | undefined;

/** This controller. */
export function thisController(): Controller {
  const kernel = "/proc/sys/kernel/random/boot_id";
  if (!existsSync(kernel)) return undefined;
  const machine = "/etc/machine-id";
  return {
    kernelId: readFileSync(kernel, "utf8").trim(),
    machineId: existsSync(machine) ? readFileSync(machine, "utf8").trim() : "",
  };
}

/**
 * A node whose reboot would end this controller is the controller itself, or what it runs on as a container. A container
 * on this controller shares its kernel, and may be rebooted.
 * @throws NodeError that says so
 */
export function expectOther(node: string, boot: Boot, controller: Controller): void {
  if (controller === undefined || boot.kernelId !== controller.kernelId) return;
  if (boot.machineId !== controller.machineId && boot.isContainer) return;
  throw new NodeError({
    node,
    subject: "reboot",
    expected: "another node than the controller",
    found: "the one on which this command runs",
    remedy: "reboot it by hand, or from another controller; for the others name them: --node",
  });
}

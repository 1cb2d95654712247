import { type Figures, figuresSchema } from "../../provider/links/figures.ts";
import type { ExportedResource } from "../pulumi/exportedResources.ts";

/** What the last `pulumi up` measured; nothing where links are not measured. */
export function storedFigures(resources: readonly ExportedResource[]): Figures {
  const links = resources.find(({ type }) => type === "minirack:cluster:Links");
  return figuresSchema.parse(links?.outputs?.measured ?? {});
}

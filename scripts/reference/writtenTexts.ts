import { clusterJsonSchemaText } from "../../config/jsonSchema.ts";
import { packageSchemaText } from "../../provider/schema/packageSchema.ts";
import { clusterReference } from "./clusterReference.ts";
import { resourcesReference } from "./resourcesReference.ts";
import { runMetadataReference } from "./runMetadataReference.ts";

/** Every file that is made from the rules, with its text. */
export function writtenTexts(): Record<string, string> {
  return {
    "config/cluster.schema.json": clusterJsonSchemaText(),
    "provider/schema.json": packageSchemaText(),
    "docs/reference/cluster-file.md": clusterReference(),
    "docs/reference/resources.md": resourcesReference(),
    "docs/reference/run-metadata.md": runMetadataReference(),
  };
}

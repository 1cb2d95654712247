import { RecordChanged } from "./settingNode.ts";

const turns = 20;

/** Looks and plans again as often as somebody else has changed the node or its record meanwhile: another controller, or a person. */
export async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RecordChanged) || turn === turns) throw error;
    }
  }
}

import type { Problem } from "./configError.ts";
import type { Wrong } from "./features/feature.ts";

/** Takes what is wrong with values of a node. */
export interface NodeWrong {
  /** Of a value above nodes. */
  shared: Wrong;
  /** Of the node's own; paths start at the node. */
  own: Wrong;
}

/** What features tell of all nodes. A value above nodes is looked at for each of them, and told by the first that minds. */
export class NodeProblems {
  readonly all: Problem[] = [];
  private readonly tellers = new Map<string, number>();

  /** @param index the node's place under `nodes` */
  of(index: number): NodeWrong {
    return {
      own: (at, text) => this.all.push({ path: ["nodes", index, ...at], text }),
      shared: (at, text) => {
        const place = JSON.stringify(at);
        const teller = this.tellers.get(place) ?? index;
        this.tellers.set(place, teller);
        if (teller === index) this.all.push({ path: at, text });
      },
    };
  }
}

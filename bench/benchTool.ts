import type { BenchLab } from "./benchLab.ts";
import type { BenchCase } from "./figures.ts";

/** A way to keep nodes as they should be, timed beside the others on the same nodes with the same settings. */
export interface BenchTool {
  name: string;
  /** Cases that it has no figure for, each with the reason. */
  lacks: Partial<Record<BenchCase, string>>;
  /** Makes ready what is no part of the timing: its environment, its inventory. Nodes have nothing of the settings yet. */
  prepare(lab: BenchLab): Promise<void>;
  /** Makes everything true; resolves with what it printed. */
  apply(): Promise<string>;
  /** Looks live at every setting on every node and changes nothing. A tool without it looks by applying again. */
  check?(): Promise<string>;
  /** Takes everything away again. */
  teardown?(): Promise<string>;
  /** Whether what `apply` or `check` printed tells that the limits file of mini1 was not as it should be. */
  hasReportedDrift(printed: string): boolean;
  /** Forgets what it remembers of the nodes, so that its next apply is a first one; no part of the timing. */
  forget(): Promise<void>;
  /** Takes away what it keeps on this computer, whatever state it is in. */
  end?(): Promise<void>;
}

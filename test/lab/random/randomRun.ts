import fc from "fast-check";

/** What a random run does: steps and an end of `odd_run.py`. */
export interface RandomRun {
  kind: "notebook" | "python";
  isNative: boolean;
  plan: { steps: Step[]; end: End };
  /** What ends it from outside. */
  memoryBytes?: number | undefined;
  timeoutSeconds?: number | undefined;
}

type Step = [step: string, ...values: (string | number)[]];
const ends = [
  "return",
  "exit",
  "raise",
  "killed",
  "crashed",
  "executorKilled",
  "memory",
  "wait",
  "timeout",
] as const;
type End = (typeof ends)[number];

const hex = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("hex");

/** Names that a file system takes and people do not think of. */
const name = fc
  .oneof(
    fc.constantFrom(
      ...[
        "model.pt",
        "a\nb",
        "-rf",
        " ",
        "a b ",
        "Grüße",
        "*?[",
        "'\"",
        "$(id)",
        "\t",
        "\x1b[31mred",
        "...",
        "\\",
      ],
      ...[
        "metadata.json",
        "METADATA.json",
        "execution.log",
        "Execution.LOG",
        ".incoming",
        ".git",
        "launcher.json",
      ],
      ...[
        "executed.ipynb",
        "requirements.lock",
        "x".repeat(255),
        "ü".repeat(127),
        "output",
        "tar: output/a: no",
        "e\u0301",
      ],
    ),
    fc.uint8Array({ minLength: 1, maxLength: 40 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  )
  .map((one) => Buffer.from(one))
  .filter(
    (one) => one.length <= 255 && !one.includes(0) && !one.includes(0x2f) && !/^\.\.?$/.test(one.toString()),
  )
  .map(hex);

const mode = fc.constantFrom(0, 0o200, 0o400, 0o111, 0o777, 0o4755);
const targets = fc.oneof(
  name,
  fc
    .constantFrom(
      "/etc/passwd",
      "/output",
      "/output/model.pt",
      "..",
      ".",
      "../../boot",
      "/proc/self/environ",
      "nowhere",
      "/dev/zero",
    )
    .map(hex),
);
const size = fc.constantFrom(0, 1, 511, 4096, 100_000, 3_000_000);

/** A few names, so that steps meet. */
function stepsOf(names: string[]): fc.Arbitrary<Step> {
  const one = fc.constantFrom(...names);
  const inside = fc.tuple(one, one).map(([folder, file]) => `${folder}2f${file}`);
  const anywhere = fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: inside });
  const tuple = <Values extends (string | number)[]>(
    step: string,
    ...values: { [At in keyof Values]: fc.Arbitrary<Values[At]> }
  ) => fc.tuple(...values).map((all): Step => [step, ...all]);
  return fc.oneof(
    { weight: 6, arbitrary: tuple<[string, number, number]>("file", anywhere, size, fc.nat(255)) },
    { weight: 3, arbitrary: tuple<[string]>("folder", one) },
    { weight: 3, arbitrary: tuple<[string, string]>("link", anywhere, fc.oneof(one, targets)) },
    { weight: 2, arbitrary: tuple<[string, string]>("hardLink", anywhere, anywhere) },
    { weight: 1, arbitrary: tuple<[string]>("pipe", anywhere) },
    { weight: 1, arbitrary: tuple<[string]>("socket", one) },
    { weight: 2, arbitrary: tuple<[string, number]>("mode", anywhere, mode) },
    { weight: 1, arbitrary: tuple<[string]>("remove", anywhere) },
    { weight: 1, arbitrary: tuple<[string, string]>("rename", anywhere, anywhere) },
    {
      weight: 1,
      arbitrary: tuple<[string, number, number]>(
        "sparse",
        one,
        fc.constantFrom(1e6, 2 ** 31, 2 ** 40),
        fc.constantFrom(0, 10_000),
      ),
    },
    { weight: 1, arbitrary: tuple<[string, number]>("many", one, fc.constantFrom(10, 3000)) },
    { weight: 1, arbitrary: tuple<[string, number]>("deep", one, fc.constantFrom(3, 40)) },
    { weight: 1, arbitrary: said },
    { weight: 1, arbitrary: fc.constantFrom(...ownFiles) },
  );
}

const said = fc
  .tuple(
    fc.constantFrom("a line\n", "no end", "\r", "\x1b[2J\x07\n", "x".repeat(20_000), "ü\n", "\n").map(hex),
    fc.constantFrom(1, 3, 2000),
  )
  .map(([text, times]): Step => ["say", text, times]);

/** What a run may do to the executor's own files. */
const outcome = hex(".minirack/outcome.json");
const ownFiles: Step[] = [
  ["remove", outcome],
  ["file", outcome, 100_000, 0x7b],
  ["rename", outcome, hex("outcome.json")],
  ["rename", hex(".minirack"), hex("moved")],
  ["rename", hex("executed.ipynb"), hex("other.ipynb")],
];

export const randomRun: fc.Arbitrary<RandomRun> = fc
  .record({
    kind: fc.constantFrom("notebook", "python"),
    isNative: fc.constantFrom(false, false, true),
    end: fc.oneof(
      { weight: 2, arbitrary: fc.constant("return" as const) },
      { weight: 3, arbitrary: fc.constantFrom(...ends) },
    ),
    steps: fc
      .uniqueArray(name, { minLength: 3, maxLength: 8 })
      .chain((names) => fc.array(stepsOf(names), { minLength: 2, maxLength: 25, size: "max" })),
  })
  .map(({ kind, isNative, end, steps }) => ({
    ...{ kind, isNative, plan: { steps, end } },
    ...(end === "memory" && { memoryBytes: 300 * 2 ** 20 }),
    ...(end === "timeout" && { timeoutSeconds: 4 }),
  }));

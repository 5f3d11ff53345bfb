export interface WrittenObject {
  number: number;
  generation: number;
  /** From the start of the file. */
  offset: number;
}

/** A classic cross-reference table (ISO 32000-1, 7.5.4) of the given objects, one subsection per run of numbers. */
export function crossReferences(objects: readonly WrittenObject[]): string {
  const ordered = [...objects].sort((a, b) => a.number - b.number);
  const runs: WrittenObject[][] = [];
  for (const object of ordered) {
    const run = runs.at(-1);
    if (run && run[run.length - 1]!.number + 1 === object.number) run.push(object);
    else runs.push([object]);
  }
  const entry = ({ offset, generation }: WrittenObject): string =>
    `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;
  return `xref\n${runs.map((run) => `${run[0]!.number} ${run.length}\n${run.map(entry).join('')}`).join('')}`;
}

// Who controls whom, and which bodies that ties together (公司法 265; domain.md 9). Pure.

const WHOLE = 10_000;
/** 超过百分之五十: the half itself is not enough (公司法 265; 民法典 1259). */
const HALF = WHOLE / 2;

/** A body by its credit code, or somebody known by name alone (a person, a foreign body). */
export type Holder = string;

const NAMED = 'name:';
/** By name alone: the same name is a hint that a person looks into, never the same holder. */
export const namedHolder = (key: string): Holder => `${NAMED}${key}`;
export const isNamed = (holder: Holder): boolean => holder.startsWith(NAMED);

/** An organ of the state. What it holds, it holds for the state, and common control by the state ties nobody together. */
export const isStateOrgan = (holder: Holder): boolean => holder.startsWith('11');

export interface ControlLine {
  holder: Holder;
  /** Credit code of the body that is held. */
  body: string;
  by: 'shareholder' | 'sponsor' | 'supervisor' | 'representative';
  /** Of a shareholder, in ten-thousandths; null where it is not recorded. */
  shareBasisPoints: number | null;
}

/**
 * Do these holders together control the body? By more than half of the shares; one that is not recorded counts as long
 * as it may make more than half, for whoever leaves it out must not gain by it. Sponsor and superior body control
 * whatever they are of (举办单位、主管单位), a representative the body for which he stands.
 */
function holds(lines: readonly ControlLine[], holders: ReadonlySet<Holder>): boolean {
  if (lines.some((l) => l.by !== 'shareholder' && holders.has(l.holder))) return true;
  const shares = lines.filter((l) => l.by === 'shareholder');
  const own = shares.filter((l) => holders.has(l.holder));
  if (own.length === 0) return false;
  const sum = (of: readonly ControlLine[]): number => of.reduce((s, l) => s + (l.shareBasisPoints ?? 0), 0);
  const room = own.some((l) => l.shareBasisPoints === null) ? Math.max(0, WHOLE - sum(shares)) : 0;
  return sum(own) + room > HALF;
}

export interface ControlGraph {
  /** Lines of which this is the body. */
  linesOf(body: string): readonly ControlLine[];
}

export function controlGraph(lines: readonly ControlLine[]): ControlGraph {
  const of = new Map<string, ControlLine[]>();
  for (const line of lines) of.set(line.body, [...(of.get(line.body) ?? []), line]);
  return { linesOf: (body) => of.get(body) ?? [] };
}

/** Everybody from whom lines lead to the body over any number of bodies, itself included; circles end. */
export function above(graph: ControlGraph, body: string): Set<Holder> {
  const seen = new Set<Holder>([body]);
  for (const at of seen) {
    if (isStateOrgan(at) && at !== body) continue;
    for (const { holder } of graph.linesOf(at)) seen.add(holder);
  }
  return seen;
}

/**
 * Does the holder control the body, alone or through bodies that it controls? What it and they hold counts together. The
 * chain from the holder down to the body, or undefined.
 */
export function chainOf(graph: ControlGraph, holder: Holder, body: string): Holder[] | undefined {
  if (holder === body) return [body];
  const bodies = [...above(graph, body)].filter((b) => b !== holder && !isNamed(b));
  /** Controlled bodies, each with the holder through whom; the first one found is the nearest. */
  const through = new Map<Holder, Holder>();
  const group = new Set<Holder>([holder]);
  for (let grown = true; grown && !group.has(body);) {
    const next = bodies.filter((b) => !group.has(b) && holds(graph.linesOf(b), group));
    for (const b of next) through.set(b, graph.linesOf(b).find((l) => group.has(l.holder))!.holder);
    // The state hands nothing on: what an organ holds is not the business of whoever stands above it.
    for (const b of next) if (!isStateOrgan(b) || b === body) group.add(b);
    grown = next.length > 0 && next.some((b) => group.has(b));
  }
  if (!group.has(body)) return undefined;
  const chain: Holder[] = [body];
  for (let at = through.get(body); at !== undefined; at = through.get(at)) chain.unshift(at);
  return chain;
}

export interface Tie {
  /** Credit code of the other body. */
  code: string;
  /** controls: it holds this one; controlled: this one holds it; common: one holder stands above both. */
  kind: 'controls' | 'controlled' | 'common';
  /** Who stands above both; null for the other kinds. */
  holder: Holder | null;
  /** From the holder down to this body, and down to the other one; of length one where that is the holder itself. */
  chains: readonly [readonly Holder[], readonly Holder[]];
}

/** How the two bodies are tied by control: undefined if they are not. A tie by codes goes before one by a mere name. */
export function tieOf(graph: ControlGraph, own: string, code: string): Tie | undefined {
  const down = chainOf(graph, code, own);
  if (down) return { code, kind: 'controls', holder: null, chains: [down, [code]] };
  const up = chainOf(graph, own, code);
  if (up) return { code, kind: 'controlled', holder: null, chains: [[own], up] };
  const others = above(graph, code);
  const common = [...above(graph, own)].filter((h) => others.has(h) && !isStateOrgan(h));
  for (const holder of [...common.filter((h) => !isNamed(h)), ...common.filter(isNamed)]) {
    const [a, b] = [chainOf(graph, holder, own), chainOf(graph, holder, code)];
    if (a && b) return { code, kind: 'common', holder, chains: [a, b] };
  }
  return undefined;
}

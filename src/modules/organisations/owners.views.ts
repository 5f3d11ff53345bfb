import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { nameKey } from '../../kernel/pure/text';
import { controlGraph, isStateOrgan, namedHolder, tieOf, type ControlLine, type Tie } from './core/control';
import { bearersOf, OrganisationOwner } from './lists.store';
import { Organisation, OrganisationVersion } from './organisations.store';

/** So many bodies are asked about at once. */
const AT_ONCE = 500;

const inParts = async <T>(ids: readonly string[], ask: (part: string[]) => Promise<T[]>): Promise<T[]> => {
  const found: T[] = [];
  for (let n = 0; n < ids.length; n += AT_ONCE) found.push(...(await ask(ids.slice(n, n + AT_ONCE))));
  return found;
};

/** What stands directly above these bodies on the day: owners, sponsors, superior bodies, the legal representative. */
async function linesAbove(on: Reads, bodies: readonly Organisation[], moment: Moment): Promise<ControlLine[]> {
  const ids = bodies.map((b) => b.id);
  const codeOf = new Map(bodies.map((b) => [b.id, b.uscc]));
  const at = <E extends OrganisationOwner | OrganisationVersion>(entity: new () => E, part: string[]): Promise<E[]> =>
    on.m
      .createQueryBuilder(entity, 'v')
      .where(...atMoment('v', moment))
      .andWhere({ organisationId: In(part) })
      .getMany();
  const owners = await inParts(ids, (part) => at(OrganisationOwner, part));
  const entries = await inParts(ids, (part) => at(OrganisationVersion, part));
  const codes = [...new Set(owners.flatMap((o) => o.holderCode ?? []))];
  // An owner may have been entered by a code that it bore formerly.
  const present = await bearersOf(on, codes);
  return [
    ...owners.map((o): ControlLine => {
      const { relation: by, holderCode, holderKind, holderName, shareBasisPoints } = o;
      const holder =
        holderCode === null
          ? namedHolder(`${holderKind}:${nameKey(holderName ?? '')}`)
          : (present.get(holderCode)?.uscc ?? holderCode);
      return { holder, body: codeOf.get(o.organisationId)!, by, shareBasisPoints };
    }),
    ...entries.flatMap((v): ControlLine[] =>
      v.legalRepresentative === null
        ? []
        : [
            {
              holder: namedHolder(`person:${nameKey(v.legalRepresentative)}`),
              body: codeOf.get(v.organisationId)!,
              by: 'representative',
              shareBasisPoints: null,
            },
          ],
    ),
  ];
}

/**
 * Which of the other bodies are tied to this one by control on the day, as known at the instant: straight, over any
 * number of owners, or by one who stands above both. Common control by the state ties nobody (公司法 265(4)).
 */
export async function tiesOf(
  on: Reads,
  organisationId: string,
  others: readonly string[],
  moment: Moment,
): Promise<Tie[]> {
  if (others.length === 0) return [];
  const asked = await inParts([organisationId, ...others], (part) => on.m.findBy(Organisation, { id: In(part) }));
  const own = asked.find((b) => b.id === organisationId)!;
  const lines: ControlLine[] = [];
  const seen = new Set(asked.map((b) => b.uscc));
  for (let bodies = asked; bodies.length > 0;) {
    const found = await linesAbove(on, bodies, moment);
    lines.push(...found);
    const codes = [...new Set(found.map((l) => l.holder))].filter((h) => /^[0-9A-Z]{18}$/.test(h) && !seen.has(h));
    for (const code of codes) seen.add(code);
    const further = codes.filter((code) => !isStateOrgan(code));
    bodies = await inParts(further, (part) => on.m.findBy(Organisation, { uscc: In(part) }));
  }
  const graph = controlGraph(lines);
  return asked.filter((b) => b !== own).flatMap((b) => tieOf(graph, own.uscc, b.uscc) ?? []);
}

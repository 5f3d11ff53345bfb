import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { LegalDate } from '../../kernel/pure/time';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import { say, type Wording } from '../../kernel/pure/wording';
import { judgeCreditCode, organisationCodeCheck } from './core/credit-code';
import { subjectKindOf } from './core/subject-kinds';
import type { FormerCodeKind, FormerCodeLine, OwnerLine, OwnerRelation, SuccessorLine } from './lists.contract';

const WHOLE = 10_000;

/** Whose certificate names which relation: shares are of enterprises, 举办单位 of public institutions and the like. */
const relationFits: Readonly<Record<OwnerRelation, (prefix: string) => boolean>> = {
  shareholder: (prefix) => prefix.startsWith('9'),
  sponsor: (prefix) => ['12', '51', '52', '53'].includes(prefix),
  supervisor: () => true,
};

const relationNames: Readonly<Record<OwnerRelation, string>> = {
  shareholder: '股东',
  sponsor: '举办单位',
  supervisor: '主管单位',
};

const fault = (index: number, text: Wording): Outcome<never> =>
  refuse('organisation.list-faulty', { line: index + 1, fault: text });

interface Days {
  from: LegalDate;
  lastDay: LegalDate | null;
}

const meet = (a: Days, b: Days): boolean =>
  (a.lastDay === null || b.from <= a.lastDay) && (b.lastDay === null || a.from <= b.lastDay);

function ownerFault(line: OwnerLine, uscc: string): Wording | undefined {
  if (line.lastDay !== null && line.lastDay < line.from)
    return say('截止日早于起始日。', 'The last day is before the first.');
  const { prefix, name } = subjectKindOf(uscc);
  if (!relationFits[line.relation](prefix))
    return say(`${name}没有${relationNames[line.relation]}。`, `A body of this kind has no ${line.relation}.`);
  if (line.holderKind === 'organisation') {
    if (line.uscc === null) return say('组织须填统一社会信用代码。', 'An organisation needs its credit code.');
    if (line.uscc === uscc) return say('不能是本组织自己。', 'It cannot be the organisation itself.');
  } else {
    if (line.uscc !== null)
      return say('自然人和境外组织不填统一社会信用代码。', 'Natural persons and foreign bodies have no credit code.');
    if (line.name === null)
      return say('自然人和境外组织须填姓名或名称。', 'Natural persons and foreign bodies need a name.');
  }
  if (line.relation !== 'shareholder' && line.holderKind === 'person')
    return say('举办单位、主管单位不能是自然人。', 'A sponsor or supervising body cannot be a natural person.');
  if (line.relation !== 'shareholder' && line.shareBasisPoints !== null)
    return say('只有股东填写出资比例。', 'Only shareholders have a share.');
  return undefined;
}

const sameHolder = (a: OwnerLine, b: OwnerLine): boolean =>
  a.relation === b.relation && a.holderKind === b.holderKind && a.uscc === b.uscc && a.name === b.name;

/** May this be the whole list of owners? Shares are judged on every day on which one begins. */
export function judgeOwners(lines: readonly OwnerLine[], uscc: string): Outcome<void> {
  for (const [i, line] of lines.entries()) {
    const text = ownerFault(line, uscc);
    if (text !== undefined) return fault(i, text);
    // Two people may bear one name; two credit codes are never one body.
    const twice =
      line.holderKind === 'organisation' && lines.slice(0, i).some((o) => sameHolder(o, line) && meet(o, line));
    if (twice)
      return fault(i, say('与前面同一组织的时段重叠。', 'Its time overlaps an earlier line of the same organisation.'));
    const that = { from: line.from, lastDay: line.from };
    const share = lines
      .filter((o) => o.relation === 'shareholder' && meet(o, that))
      .reduce((sum, o) => sum + (o.shareBasisPoints ?? 0), 0);
    if (share > WHOLE)
      return fault(
        i,
        say(`${line.from} 各股东出资比例合计超过百分之百。`, `On ${line.from} the shares come to more than 100 %.`),
      );
  }
  return accept(undefined);
}

/** A former code as it is kept and sought, or what is wrong with it. */
export function normaliseFormerCode(kind: FormerCodeKind, text: string): { code: string } | { fault: Wording } {
  const code = normaliseTypedCode(text);
  if (code === '') return { fault: say('代码不能为空。', 'The code cannot be empty.') };
  switch (kind) {
    case 'credit-code': {
      const judged = judgeCreditCode(code);
      return judged.valid
        ? { code: judged.code }
        : {
            fault: say(judged.faults.map((f) => f.detail).join(''), judged.faults.map((f) => f.detailEn).join(' ')),
          };
    }
    case 'registration-number':
      return /^\d{13,15}$/.test(code)
        ? { code }
        : { fault: say('旧注册号应为 13 至 15 位数字。', 'A former registration number has 13 to 15 digits.') };
    case 'organisation-code':
      return /^[0-9A-Z]{8}[0-9X]$/.test(code) && organisationCodeCheck(code) === code.charAt(8)
        ? { code }
        : {
            fault: say(
              '组织机构代码应为 9 位，且校验码相符。',
              'An organisation code has 9 characters with a matching check character.',
            ),
          };
    case 'other':
      return { code };
  }
}

/** The list with its codes normalised; refuses a code that is wrong, borne now, or listed twice. */
export function judgeFormerCodes(lines: readonly FormerCodeLine[], uscc: string): Outcome<FormerCodeLine[]> {
  const kept: FormerCodeLine[] = [];
  for (const [i, line] of lines.entries()) {
    const judged = normaliseFormerCode(line.kind, line.code);
    if ('fault' in judged) return fault(i, judged.fault);
    if (judged.code === uscc) return fault(i, say('这是现行代码。', 'This is the present code.'));
    if (kept.some((k) => k.code === judged.code)) return fault(i, say('代码重复。', 'The code stands twice.'));
    if (line.from !== null && line.lastDay !== null && line.lastDay < line.from)
      return fault(i, say('截止日早于起始日。', 'The last day is before the first.'));
    kept.push({ ...line, code: judged.code });
  }
  return accept(kept);
}

/** `successorsOf` answers what is registered of others. */
export function judgeSuccessors(
  lines: readonly SuccessorLine[],
  id: string,
  successorsOf: ReadonlyMap<string, readonly string[]>,
): Outcome<void> {
  for (const [i, line] of lines.entries()) {
    if (line.organisationId === id) return fault(i, say('不能是本组织自己。', 'It cannot be the organisation itself.'));
    if (lines.slice(0, i).some((o) => o.organisationId === line.organisationId))
      return fault(i, say('承继组织重复。', 'The successor stands twice.'));
    const seen = new Set<string>();
    const next = [line.organisationId];
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (at === id) return refuse('organisation.succession-circle', { id: line.organisationId });
      if (seen.has(at)) continue;
      seen.add(at);
      next.push(...(successorsOf.get(at) ?? []));
    }
  }
  return accept(undefined);
}

interface Owned {
  relation: string;
  holderCode: string | null;
  holderName: string | null;
  shareBasisPoints: number | null;
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

/** The days on which the owners changed by what a new list says beyond the old one: beginnings and ends that are new. */
export function ownerChangeDays(before: readonly Owned[], after: readonly Owned[]): LegalDate[] {
  const who = (o: Owned): unknown[] => [o.relation, o.holderCode, o.holderName, o.shareBasisPoints];
  const edges = (list: readonly Owned[]): Map<string, LegalDate> =>
    new Map(
      list.flatMap((o) => {
        const begin: [string, LegalDate] = [JSON.stringify([...who(o), 'from', o.validFrom]), o.validFrom];
        const end = o.validTo;
        return end === null ? [begin] : [begin, [JSON.stringify([...who(o), 'to', end]), end] as [string, LegalDate]];
      }),
    );
  // A first list tells who the owners are, not that they changed.
  if (before.length === 0) return [];
  const old = edges(before);
  return [...new Set([...edges(after)].filter(([key]) => !old.has(key)).map(([, day]) => day))].sort();
}

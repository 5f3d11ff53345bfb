import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import type { LegalDate } from '../../../kernel/pure/time';
import type { OrganisationFacts } from '../../organisations';
import type { ChangeKind, ChangeProposal } from './changes.contract';
import { changeMoves, owing, type ChangeState } from './changes.states';

/** Working days as this room needs them. */
export interface WorkingDays {
  /** The last day of a term of working days; its first day does not count. */
  due(from: LegalDate, days: number): { day: LegalDate; provisional: boolean };
  /** Working days after `from`, up to and with `to`; 0 when `to` is not later. */
  between(from: LegalDate, to: LegalDate): number;
}

export interface ReportFacts {
  state: ChangeState;
  happenedOn: LegalDate;
  reportedOn: LegalDate | null;
  /** Working days within which it had to be reported, as the profile asked when it was entered. */
  requiredDays: number;
  reportBy: LegalDate | null;
}

export interface Lateness {
  dueOn: LegalDate;
  provisional: boolean;
  late: boolean;
  lateWorkingDays: number;
  overdue: boolean;
}

const later = (a: LegalDate, b: LegalDate | null): LegalDate => (b !== null && b > a ? b : a);

const isOwing = (state: ChangeState): boolean => (owing as readonly ChangeState[]).includes(state);

/**
 * How a report stands on a day. Late is measured against the term itself (生态环境部令第9号第十一条 as model) and stays
 * visible for good; overdue is what is still owed past the term and past any later day that the authority set.
 */
export function judgeLateness(f: ReportFacts, today: LegalDate, days: WorkingDays): Lateness {
  const { day: dueOn, provisional } = days.due(f.happenedOn, f.requiredDays);
  const dropped = f.state === 'dropped';
  const until = f.reportedOn ?? today;
  const late = !dropped && until > dueOn;
  return {
    dueOn,
    provisional,
    late,
    lateWorkingDays: late ? days.between(dueOn, until) : 0,
    overdue: isOwing(f.state) && today > later(dueOn, f.reportBy),
  };
}

/** The last day of happening whose term has run out by the day: what happened then or before is late if unreported. */
export function lastOverdueStart(
  today: LegalDate,
  required: number,
  days: WorkingDays,
  back: (d: LegalDate) => LegalDate,
) {
  let start = back(today);
  while (days.due(start, required).day >= today) start = back(start);
  return start;
}

export function moveChange(state: ChangeState, to: ChangeState): Outcome<ChangeState> {
  const moves: readonly ChangeState[] = changeMoves[state];
  return moves.includes(to) ? accept(to) : refuse('change.wrong-state', { state, wanted: to });
}

export const judgeHappened = (happenedOn: LegalDate, today: LegalDate): Outcome<void> =>
  happenedOn > today ? refuse('change.in-future', { happenedOn, today }) : accept(undefined);

/** The authority may give more time than the term, never less, and never a day that is over. */
export const judgeReportBy = (reportBy: LegalDate | null, dueOn: LegalDate, today: LegalDate): Outcome<void> =>
  reportBy === null || (reportBy >= today && reportBy >= dueOn)
    ? accept(undefined)
    : refuse('change.shorter-than-term', { reportBy, today, dueOn });

type Content = ChangeProposal['organisation'];

/** The items of a body's content that each kind is about. */
const itemsOf: Readonly<Partial<Record<ChangeKind, readonly (keyof Content)[]>>> = {
  name: ['name'],
  'legal-representative': ['legalRepresentative'],
  address: ['address', 'registeredDivision'],
  'legal-form': ['legalForm', 'publicInstitutionClass', 'certificateType', 'legalPersonality'],
  'business-scope': ['businessScope'],
};

export const kindNames: Readonly<Record<ChangeKind, string>> = {
  name: '名称',
  'legal-representative': '法定代表人',
  address: '住所',
  'legal-form': '组织形式',
  'business-scope': '业务范围',
  owners: '股东或举办单位',
  code: '信用代码',
  succession: '合并分立',
  'staff-left': '人员离职',
  evidence: '条件材料',
  other: '其他',
};

/** A report that proposes contents must say the new content of what it is about. */
export function judgeProposal(kind: ChangeKind, proposal: ChangeProposal | null): Outcome<void> {
  const items = itemsOf[kind];
  if (proposal === null || items === undefined) return accept(undefined);
  return items.some((item) => proposal.organisation[item] !== undefined)
    ? accept(undefined)
    : refuse('change.content-does-not-fit', { kind: kindNames[kind] });
}

type Told = OrganisationFacts;

/** Which reportable kinds differ between the day before and the day itself. The telephone is no registered item. */
export function changeKindsIn(before: Told | undefined, after: Told | undefined): ChangeKind[] {
  if (before === undefined || after === undefined) return [];
  const kinds = Object.entries(itemsOf) as [ChangeKind, readonly (keyof Told)[]][];
  return kinds.filter(([, items]) => items.some((i) => before[i] !== after[i])).map(([kind]) => kind);
}

import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { createGuards, type Subject } from '../../kernel/db/guards';
import { LATEST, lastDayOf, todayOf } from '../../kernel/db/moment';
import type { Tx } from '../../kernel/db/transaction';
import { say } from '../../kernel/pure/wording';
import { nameKey } from '../../kernel/pure/text';
import { addDays, type LegalDate } from '../../kernel/pure/time';
import { Problem } from '../../kernel/problem';
import {
  target,
  type AnyTarget,
  type Beside,
  type ImportSetting,
  type Registered,
  type RowFault,
  type Values,
} from '../imports';
import { boundTo, mayTouch } from '../institutions';
import { subjectsOf } from './employments.acting';
import { clashOf, type EmploymentDays } from './employments.rules';
import { heldDays, insertEmployments, type EmploymentDeps } from './employments.service';
import { employmentsKnownAt, type EmploymentEntry } from './employments.views';
import { registerExpert } from './experts.contract';
import type { Experts } from './experts.service';
import { entriesEver, type ExpertVersion } from './experts.store';
import { entriesOf, factsOfVersion } from './persons.views';
import { judgePerson, type JudgedPerson } from './registering';
import { staffColumns } from './staff.columns';
import {
  judgeStaffRow,
  remarkOf,
  unlikeEmployment,
  unlikePerson,
  type HeldPerson,
  type ShownPerson,
  type StaffRow,
  type StatedPerson,
} from './staff.rules';
import { sightOf } from './sight.views';
import { specialtyEvidenceOn } from './titles.rules';
import type { Together } from './together';

type Deps = EmploymentDeps & { experts: Experts };

/** Which column a fault of the body lies in. */
function keyOfPointer(pointer: string): string {
  const [, first = ''] = pointer.split('/');
  const keys: Record<string, string> = { identities: 'number', documentSeen: 'number', title: 'titleFrom' };
  return keys[first] ?? first;
}

function judge(
  values: Values,
  setting: ImportSetting,
): { row: StaffRow<JudgedPerson> } | { faults: readonly RowFault[] } {
  const typed = judgeStaffRow(values, { from: setting.from, paper: setting.paper });
  if ('faults' in typed) return typed;
  const { person: body, employment } = typed;
  const parsed = registerExpert.safeParse(body);
  if (!parsed.success) {
    return { faults: parsed.error.issues.map((i) => ({ key: String(i.path[0] ?? ''), reason: i.message })) };
  }
  const kind = parsed.data.identities[0]!.kind;
  // Under a second document a barred person would be somebody new: who employs him is no witness to that.
  if (setting.actor.role === 'institution' && kind !== 'resident-id') {
    return { faults: [{ key: 'kind', reason: '居民身份证以外的证件须由主管部门核对原件后登记。' }] };
  }
  const judged = judgePerson(parsed.data, setting.today);
  if (judged.ok) return { row: { person: judged.person, employment } };
  return { faults: judged.faults.map(({ pointer, detail }) => ({ key: keyOfPointer(pointer), reason: detail })) };
}

const identityOf = (row: StaffRow<JudgedPerson>) => row.person.identities[0]!;

interface Known {
  /** Every registration of the person. */
  ids: readonly string[];
  /** The institution may see what holds of the person; else only the name is compared, or the sheet would tell the rest. */
  isSeen: boolean;
  /** What holds of the person: today, or on the first day of the row where nothing does today. */
  held: ExpertVersion | undefined;
}

const statedOf = ({ person: { body, fields } }: StaffRow<JudgedPerson>): StatedPerson => ({
  ...body,
  specialties: fields.specialties,
  // Without a title in the row the level 无 is nobody's statement.
  titleLevel: body.titleName === null ? body.titleLevel : fields.titleLevel,
  titleFrom: body.title?.from ?? null,
});

/** MariaDB hands a flag over as a number. */
const heldOf = (v: ExpertVersion): HeldPerson => ({
  ...v,
  civilServant: v.civilServant === null ? null : Boolean(v.civilServant),
});

/** What the row would put on file of somebody new. */
const shownOf = ({ person: { body, fields } }: StaffRow<JudgedPerson>): ShownPerson => ({
  ...body,
  ...fields,
  specialtyEvidence: specialtyEvidenceOn({ ...body, specialties: fields.specialties }, body.from),
});

const newBeside = (remarks: readonly (string | undefined)[]): Beside => {
  const said = remarks.filter((r) => r !== undefined);
  return said.length === 0 ? 'new' : { remark: said.join('；') };
};

const titleOfColumn = (key: string): string => staffColumns.find((c) => c.key === key)?.title ?? key;

/** The columns in which a row differs from the register, each marked; the first says what to do. */
function unlikeFaults(keys: readonly string[], days: string): RowFault[] {
  const titles = keys.map(titleOfColumn).join('、');
  const ofDays = keys.includes('from') || keys.includes('lastDay') ? `（登记的聘用期为 ${days}）` : '';
  const reason = `已登记，但以下列与登记不同：${titles}${ofDays}；导入不改已登记的内容，请在人员记录上登记变更。`;
  return keys.map((key, i) => ({ key, reason: i === 0 ? reason : '与登记不同。' }));
}

const ofOnePerson: RowFault[] = [
  { key: 'number', reason: '与表中前面一行的证件号码同属一人（登记已认定为同一人），聘用期重叠；请只保留一行。' },
];

const spanOfRow = ({
  employment: { from, lastDay },
}: StaffRow<JudgedPerson>): { from: LegalDate; to: LegalDate | null } => ({
  from,
  to: lastDay === null ? null : addDays(lastDay, 1),
});

/** The people of an institution from a sheet: who is new is registered, and each one's employment recorded. */
export function createStaffImport(deps: Deps): AnyTarget {
  const { audit, institutions, experts, sources, duties } = deps;
  const { clock } = sources;
  const guards = createGuards();

  /** Who bears the document on the row, with every registration. */
  const personOf = async (on: Reads, row: StaffRow<JudgedPerson>): Promise<Together | undefined> => {
    const { kind, number } = identityOf(row);
    const found = await experts.byIdentity(on, kind, number);
    if (!found) return undefined;
    return (await experts.together(on, [found.id])).get(found.id) ?? { survivor: found.id, ids: [found.id] };
  };

  const knownOf = async (
    on: Reads,
    row: StaffRow<JudgedPerson>,
    { actor }: Pick<ImportSetting, 'actor'>,
  ): Promise<Known | undefined> => {
    const person = await personOf(on, row);
    if (!person) return undefined;
    const today = todayOf(clock);
    for (const asOf of [today.asOf, row.person.body.from]) {
      const held = (await entriesOf(on, [person], { ...today, asOf })).get(person.survivor);
      if (!held) continue;
      const { sees } = await sightOf(on, { ...deps, institutionId: boundTo(actor) }, [held]);
      return { ids: person.ids, isSeen: sees(held), held };
    }
    return { ids: person.ids, isSeen: true, held: undefined };
  };

  /** In which columns a row differs from the person and from the employment that stands in its place. */
  const unlike = async (
    on: Reads,
    row: StaffRow<JudgedPerson>,
    { held, isSeen }: Known,
    present: EmploymentEntry,
    setting: ImportSetting,
  ): Promise<string[]> => {
    const { employment } = row;
    const papers = (await entriesEver(on, present.employment.id)).map((e) => e.paper);
    const days = { from: present.validFrom, lastDay: lastDayOf(present) };
    // What holds for the whole import was not said by the row.
    const paper = employment.paper === setting.paper ? null : employment.paper;
    return [
      ...(isSeen ? unlikePerson(statedOf(row), held && heldOf(held), todayOf(clock).asOf) : []),
      ...unlikeEmployment({ ...employment, paper }, { ...present, ...days, papers }),
    ];
  };

  /** `taken`: what rows before it in the chunk will put on file of the persons, by any of their ids. */
  const besideOf = async (
    on: Reads,
    row: StaffRow<JudgedPerson>,
    setting: ImportSetting,
    taken: Map<string, EmploymentDays[]>,
  ): Promise<Beside> => {
    const known = await knownOf(on, row, setting);
    if (!known) return newBeside([remarkOf(shownOf(row), row.employment)]);
    if (known.held && nameKey(known.held.name) !== nameKey(row.person.body.name)) {
      return [{ key: 'name', reason: '该证件号码已登记，登记的姓名与所填不同；请核对姓名和号码。' }];
    }
    const entries = await employmentsKnownAt(on, { expertIds: known.ids }, LATEST);
    const span = spanOfRow(row);
    const { kind } = row.employment;
    const [one] = known.ids as [string];
    const before = taken.get(one) ?? [];
    const days = { institutionId: setting.institutionId!, kind, ...span };
    if (clashOf(before, days)) return ofOnePerson;
    const clash = clashOf(heldDays(entries), days);
    if (!clash) taken.set(one, [...before, { employmentId: '', ...days }]);
    if (!clash && !known.isSeen) {
      return newBeside(['已登记的人员只增加聘用关系，所填人员内容不改登记；本人确认后可查看登记内容']);
    }
    if (!clash) {
      const { held } = known;
      const today = todayOf(clock).asOf;
      const keys = unlikePerson(statedOf(row), held && heldOf(held), today);
      const kept = `已登记的人员只增加聘用关系，以下列与登记不同，不改：${keys.map(titleOfColumn).join('、')}`;
      const lacks = held && remarkOf(factsOfVersion(held, today), row.employment);
      return newBeside([keys.length > 0 ? kept : undefined, lacks]);
    }
    if (clash.kind === 'here') {
      const { employmentId, from, to } = clash.with;
      const present = entries.find((e) => e.employment.id === employmentId && e.voidReason === null)!;
      const keys = await unlike(on, row, known, present, setting);
      const days = `${from} 至 ${to === null ? '今' : addDays(to, -1)}`;
      return keys.length === 0 ? 'same' : unlikeFaults(keys, days);
    }
    return [
      { key: 'employmentKind', reason: '该人员同期已登记为其他机构全职人员，全职只能在一处；请核实或改选聘用方式。' },
    ];
  };

  const compare = async (
    on: Reads,
    rows: readonly StaffRow<JudgedPerson>[],
    setting: ImportSetting,
  ): Promise<Beside[]> => {
    const besides: Beside[] = [];
    const taken = new Map<string, EmploymentDays[]>();
    for (const row of rows) besides.push(await besideOf(on, row, setting, taken));
    return besides;
  };

  const guarded = async (
    on: Reads,
    rows: readonly StaffRow<JudgedPerson>[],
    setting: ImportSetting,
  ): Promise<Subject[]> => {
    const subjects: Subject[] = [{ kind: 'institution', id: setting.institutionId! }];
    for (const row of rows) {
      for (const id of (await personOf(on, row))?.ids ?? []) subjects.push({ kind: 'person', id });
    }
    return subjects;
  };

  /** Registers who is not known yet; the id of each row's person, and whether it was known. */
  const register = async (
    tx: Tx,
    call: Call,
    rows: readonly StaffRow<JudgedPerson>[],
  ): Promise<{ expertId: string; known: boolean }[]> => {
    const done = await experts.registerMany(
      tx,
      call,
      rows.map((r) => r.person),
    );
    const persons: { expertId: string; known: boolean }[] = [];
    for (const [i, one] of done.entries()) {
      if (one.kind === 'twice') throw new Error('the engine lets each person through once');
      persons.push({ expertId: one.expertId, known: one.kind === 'known' });
      if (one.kind === 'known') continue;
      const { body, fields, identities } = rows[i]!.person;
      const { from, paper, titleName } = body;
      const { expertId, platformNumber, doubts } = one;
      const payload = {
        expertId,
        platformNumber,
        kinds: identities.map((d) => d.kind),
        documentSeen: false,
        doubts,
        from,
        lastDay: null,
      };
      const entry = { paper, titleName, titleLevel: fields.titleLevel, specialties: fields.specialties };
      await audit.append(tx, call, { type: 'expert.registered', payload: { ...payload, ...entry } });
    }
    return persons;
  };

  const write = async (
    tx: Tx,
    call: Call,
    rows: readonly StaffRow<JudgedPerson>[],
    setting: ImportSetting,
  ): Promise<Registered[]> => {
    const institutionId = setting.institutionId!;
    const persons = await register(tx, call, rows);
    const expertIds = persons.map((p) => p.expertId);
    await guards.take(
      tx,
      expertIds.flatMap((expertId) => subjectsOf({ institutionId, expertId })),
    );
    const wanted = rows.map(({ employment }, i) => ({
      ...employment,
      institutionId,
      expertId: expertIds[i]!,
      evidenceFileIds: [],
    }));
    const made = await insertEmployments(tx, call, sources, wanted);
    // Whoever is registered by this very sheet has no account yet, and is not looked for.
    const known = persons.flatMap((p) => (p.known ? [p.expertId] : []));
    const together = known.length === 0 ? new Map<string, Together>() : await experts.together(tx, known);
    for (const [i, { id }] of made.entries()) {
      const { kind, from, lastDay, paper } = rows[i]!.employment;
      const payload = { employmentId: id, expertId: expertIds[i]!, institutionId, kind, from, lastDay, paper };
      await audit.append(tx, call, { type: 'employment.recorded', payload });
      for (const one of together.get(expertIds[i]!)?.ids ?? []) {
        await duties.tell(tx, { expertId: one }, 'employment.to-confirm', `employment:${id}`);
      }
    }
    return made.map(({ id }, i) => ({ id, content: { expertId: expertIds[i]!, ...rows[i]!.employment } }));
  };

  const institutionFor = async (actor: Actor, asked: string | undefined): Promise<string> => {
    const id = asked ?? boundTo(actor);
    if (id === undefined) throw new Problem('import.institution-needed');
    if (!mayTouch(actor, id)) throw new Problem('request.not-found', { id, what: say('评估机构', 'institution') });
    await institutions.load(deps.db, id);
    return id;
  };

  return target<StaffRow<JudgedPerson>>({
    kind: 'staff',
    title: '人员',
    permission: 'expert.register',
    personal: true,
    ofInstitution: true,
    columns: staffColumns,
    notes: [
      '五、每人一行。已登记的人员只增加聘用关系；导入不改已登记的内容，姓名、职称等有变的，由主管部门登记变更。',
      '六、聘用关系经本人确认（本人账号，或签字确认单经另一人核对）后才计入机构条件。',
      '七、证件号码加密保存；上传的文件在登记完成后 24 小时内、取消时、搁置 72 小时后清除。',
      '八、计入条件须填：职称证书、专业材料；担任组长须填：绿色矿山评估经历；全职须填社保或编制材料，退休返聘须填退休证明。',
    ],
    institutionFor,
    judge,
    keyOf: (row) => `${identityOf(row).kind} ${identityOf(row).number}`,
    // One person may have several documents, and several registrations that were found to be one.
    identify: (on, rows) => experts.byIdentities(on, rows.map(identityOf)),
    compare,
    guards: guarded,
    write,
    atOnce: 100,
  });
}

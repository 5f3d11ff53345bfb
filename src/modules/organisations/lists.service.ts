import { IsNull } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { replaceEntries, type Moment } from '../../kernel/db/history';
import { momentOf, shownMoment, spanOf, todayOf } from '../../kernel/db/moment';
import { changeRecord, expectVersion } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { say } from '../../kernel/pure/wording';
import { addDays, type Instant, type LegalDate } from '../../kernel/pure/time';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import { Problem, unwrap } from '../../kernel/problem';
import type {
  CodeReply,
  FormerCodeLine,
  FormerCodesReply,
  OwnerLine,
  OwnersReply,
  SuccessionLinks,
  SuccessorLine,
  SuccessorsReply,
} from './lists.contract';
import { judgeFormerCodes, judgeOwners, judgeSuccessors, ownerChangeDays } from './lists.rules';
import {
  FIRST_DAY,
  formerCodeEntries,
  formerCodesOf,
  formerCodeShown,
  linksOf,
  listedTexts,
  moveToCode,
  OrganisationFormerCode,
  OrganisationOwner,
  OrganisationSuccessor,
  repostCodes,
  shownFormerCodes,
  shownOwners,
  shownSuccessors,
  successionFrom,
} from './lists.store';
import { judgeForm } from './organisations.rules';
import type { OrganisationDeps } from './organisations.service';
import { findByCode, findOrganisation, loadBody, Organisation, organisationGuard } from './organisations.store';
import { namesOf, versionOn } from './organisations.views';

interface Asked {
  asOf?: LegalDate;
  knownAt?: Instant;
}
interface List<L> {
  paper: string;
  items: readonly L[];
}

/** Owners, former codes, successors: dated lists of a body, each read and recorded whole. */
export interface BodyLists {
  readOwners(actor: Actor, id: string, asked: Asked): Promise<OwnersReply>;
  putOwners(
    call: Call,
    id: string,
    version: number,
    list: List<OwnerLine> & { reportedOn: LegalDate | null },
  ): Promise<OwnersReply>;
  readFormerCodes(id: string, asked: Asked): Promise<FormerCodesReply>;
  putFormerCodes(call: Call, id: string, version: number, list: List<FormerCodeLine>): Promise<FormerCodesReply>;
  readSuccessors(id: string, asked: Asked): Promise<SuccessorsReply>;
  putSuccessors(call: Call, id: string, version: number, list: List<SuccessorLine>): Promise<SuccessorsReply>;
  changeCode(
    call: Call,
    id: string,
    version: number,
    body: { uscc: string; from: LegalDate; paper: string; reportedOn: LegalDate | null },
  ): Promise<CodeReply>;
  /** The body that bears or bore the code. Throws Problem `request.not-found`. */
  findCode(text: string): Promise<CodeReply>;
  /** Every credit code that the body with this present or former code bears or bore; the code itself if none has it. */
  creditCodesOf(on: Reads, uscc: string): Promise<string[]>;
  /** The bodies before and after this one at the moment. */
  linksOf(on: Reads, id: string, moment: Moment): Promise<SuccessionLinks>;
}

/** Whoever gives a code to a body meets others who give the same one. */
export const codeGuard = (code: string) => ({ kind: 'record', id: `organisation-code-${code}` }) as const;

/** Whoever registers bodies from a sheet, by the thousand, meets all who give a body a further code. */
export const codeRegister = { kind: 'record', id: 'organisation-codes' } as const;

const guardsOf = (codes: readonly string[]): Subject[] =>
  codes.length === 0 ? [] : [codeRegister, ...codes.map(codeGuard)];

export function createBodyLists(deps: OrganisationDeps): BodyLists {
  const { db, command, audit, ownBody } = deps;
  const { clock, ids } = deps.sources;
  const stamp = () => ({ now: clock.now(), id: ids.timed });

  const head = (row: Organisation, moment: Moment) => ({
    organisationId: row.id,
    version: row.version,
    ...shownMoment(clock, moment),
  });
  const owners = async (on: Reads, row: Organisation, moment: Moment, veiled: boolean): Promise<OwnersReply> => ({
    ...head(row, moment),
    items: await shownOwners(on, row.id, moment, veiled),
  });
  const formerCodes = async (on: Reads, row: Organisation, moment: Moment): Promise<FormerCodesReply> => ({
    ...head(row, moment),
    items: await shownFormerCodes(on, row.id, moment),
  });
  const successors = async (on: Reads, row: Organisation, moment: Moment): Promise<SuccessorsReply> => ({
    ...head(row, moment),
    items: await shownSuccessors(on, row.id, moment),
  });

  const change = <R>(
    call: Call,
    id: string,
    version: number,
    codes: readonly string[],
    work: (tx: Tx, row: Organisation) => Promise<R>,
  ): Promise<R> =>
    command(call, { subjects: () => [organisationGuard(id), ...guardsOf(codes)] }, async (tx) => {
      const row = await loadBody(tx, id);
      expectVersion(row, version);
      await changeRecord(tx, Organisation, row, {});
      return work(tx, row);
    });

  /** No other body may bear the code, now or formerly. */
  const mustBeFree = async (tx: Tx, organisationId: string, codes: readonly string[]): Promise<void> => {
    for (const entry of await formerCodeEntries(tx, codes)) {
      const { organisationId: id, code } = entry;
      if (id !== organisationId) throw new Problem('organisation.code-of-another', { code, id });
    }
    for (const code of codes) {
      const present = await findByCode(tx, code);
      if (present && present.id !== organisationId)
        throw new Problem('organisation.code-of-another', { code, id: present.id });
    }
  };

  const codeLine = (call: Call, organisationId: string, paper: string, line: FormerCodeLine) => ({
    fields: { organisationId, kind: line.kind, code: line.code },
    ...spanOf({ from: line.from ?? FIRST_DAY, lastDay: line.lastDay }),
    by: call.actor.accountId,
    paper,
  });

  const found = async (on: Reads, asked: string, row: Organisation, entry?: OrganisationFormerCode) => {
    const moment = todayOf(clock);
    const { name } = (await namesOf(on, [row.id], moment)).get(row.id)!;
    return {
      asked,
      matched: entry ? ('former' as const) : ('present' as const),
      organisationId: row.id,
      uscc: row.uscc,
      name,
      formerCode: entry ? formerCodeShown(entry) : null,
      ...(await linksOf(on, row.id, moment)),
    };
  };

  const putOwners: BodyLists['putOwners'] = (call, id, version, { paper, items, reportedOn }) =>
    change(call, id, version, [], async (tx, row) => {
      unwrap(judgeOwners(items, row.uscc));
      const before = await tx.m.findBy(OrganisationOwner, { organisationId: id, supersededAt: IsNull() });
      const lines = items.map(({ from, lastDay, uscc, name, relation, holderKind, shareBasisPoints }) => ({
        fields: { organisationId: id, relation, holderKind, holderCode: uscc, holderName: name, shareBasisPoints },
        ...spanOf({ from, lastDay }),
        by: call.actor.accountId,
        paper,
      }));
      await replaceEntries(tx, OrganisationOwner, { organisationId: id }, lines, stamp());
      const after = await tx.m.findBy(OrganisationOwner, { organisationId: id, supersededAt: IsNull() });
      for (const from of ownerChangeDays(before, after)) {
        await deps.changed(tx, call, id, { kind: 'owners', from, reportedOn, paper });
      }
      // Names of persons stay in the register: the log needs no personal data.
      const said = items.map(({ name, ...rest }) => (rest.holderKind === 'person' ? rest : { ...rest, name }));
      const payload = { organisationId: id, paper, items: said };
      await audit.append(tx, call, { type: 'organisation.owners-recorded', payload });
      return owners(tx, row, todayOf(clock), false);
    });

  const putFormerCodes: BodyLists['putFormerCodes'] = (call, id, version, { paper, items }) => {
    const codes = items.map((i) => normaliseTypedCode(i.code));
    return change(call, id, version, codes, async (tx, row) => {
      const kept = unwrap(judgeFormerCodes(items, row.uscc));
      await mustBeFree(
        tx,
        id,
        kept.map((k) => k.code),
      );
      const lines = kept.map((line) => codeLine(call, id, paper, line));
      const before = await formerCodesOf(tx, id);
      await replaceEntries(tx, OrganisationFormerCode, { organisationId: id }, lines, stamp());
      await repostCodes(tx, row.uscc, before, await formerCodesOf(tx, id));
      const payload = { organisationId: id, uscc: row.uscc, paper, items: kept };
      const subjects = [`organisation:${row.uscc}`];
      await audit.append(tx, call, { type: 'organisation.former-codes-recorded', subjects, payload });
      return formerCodes(tx, row, todayOf(clock));
    });
  };

  const putSuccessors: BodyLists['putSuccessors'] = (call, id, version, { paper, items }) =>
    change(call, id, version, ['succession'], async (tx, row) => {
      for (const line of items) await loadBody(tx, line.organisationId);
      const old = await tx.m.findBy(OrganisationSuccessor, { organisationId: id, supersededAt: IsNull() });
      const known = new Set(old.map((o) => `${o.successorId} ${o.validFrom}`));
      const reached = await successionFrom(
        tx,
        items.map((i) => i.organisationId),
      );
      unwrap(judgeSuccessors(items, id, reached));
      const lines = items.map((line) => ({
        fields: { organisationId: id, successorId: line.organisationId, kind: line.kind },
        from: line.from,
        by: call.actor.accountId,
        paper,
      }));
      await replaceEntries(tx, OrganisationSuccessor, { organisationId: id }, lines, stamp());
      const payload = { organisationId: id, uscc: row.uscc, paper, items };
      const subjects = [`organisation:${row.uscc}`];
      await audit.append(tx, call, { type: 'organisation.successors-recorded', subjects, payload });
      for (const { from } of items.filter((i) => !known.has(`${i.organisationId} ${i.from}`))) {
        await deps.changed(tx, call, id, { kind: 'succession', from, reportedOn: null, paper });
      }
      return successors(tx, row, todayOf(clock));
    });

  const changeCode: BodyLists['changeCode'] = (call, id, version, { uscc, from, paper, reportedOn }) =>
    change(call, id, version, [uscc], async (tx, row) => {
      const old = row.uscc;
      const present = await versionOn(tx, id, { ...todayOf(clock), asOf: from });
      if (present) unwrap(judgeForm(uscc, present.legalForm, present.publicInstitutionClass));
      await mustBeFree(tx, id, [uscc]);
      const lastDay = addDays(from, -1);
      const kept = (await formerCodesOf(tx, id)).filter((c) => c.code !== uscc);
      const lines = [
        ...kept.map((c) => ({
          fields: { organisationId: id, kind: c.kind, code: c.code },
          from: c.validFrom,
          to: c.validTo,
          by: c.recordedBy,
          paper: c.paper,
        })),
        codeLine(call, id, paper, { kind: 'credit-code', code: old, from: null, lastDay }),
      ];
      unwrap(
        judgeFormerCodes(
          lines.map(({ fields: { kind, code } }) => ({ kind, code, from: null, lastDay: null })),
          uscc,
        ),
      );
      const texts = await listedTexts(tx, id);
      const before = await formerCodesOf(tx, id);
      await replaceEntries(tx, OrganisationFormerCode, { organisationId: id }, lines, stamp());
      await tx.m.update(Organisation, { id, uscc: old }, { uscc });
      row.uscc = uscc;
      await moveToCode(tx, old, uscc, texts);
      await repostCodes(tx, uscc, before, await formerCodesOf(tx, id));
      const payload = { organisationId: id, uscc, former: old, from, paper };
      const subjects = [`organisation:${uscc}`, `organisation:${old}`];
      await audit.append(tx, call, { type: 'organisation.code-changed', subjects, payload });
      await deps.changed(tx, call, id, { kind: 'code', from, reportedOn, paper });
      return found(tx, uscc, row);
    });

  const bearing = async (on: Reads, code: string): Promise<[Organisation, OrganisationFormerCode?] | undefined> => {
    const present = await findByCode(on, code);
    if (present) return [present];
    const [entry] = await formerCodeEntries(on, [code]);
    return entry && [(await findOrganisation(on, entry.organisationId))!, entry];
  };

  return {
    readOwners: async (actor, id, asked) => {
      const own = await ownBody(db, actor);
      return owners(db, await loadBody(db, id), momentOf(clock, asked), own !== undefined && own !== id);
    },
    putOwners,
    readFormerCodes: async (id, asked) => formerCodes(db, await loadBody(db, id), momentOf(clock, asked)),
    putFormerCodes,
    readSuccessors: async (id, asked) => successors(db, await loadBody(db, id), momentOf(clock, asked)),
    putSuccessors,
    changeCode,
    findCode: async (text) => {
      const code = normaliseTypedCode(text);
      const hit = await bearing(db, code);
      if (!hit)
        throw new Problem('request.not-found', { id: code, what: say('该代码的组织', 'organisation with this code') });
      return found(db, code, ...hit);
    },
    creditCodesOf: async (on, uscc) => {
      const hit = await bearing(on, uscc);
      if (!hit) return [uscc];
      const [row] = hit;
      const former = (await formerCodesOf(on, row.id)).filter((c) => c.kind === 'credit-code').map((c) => c.code);
      return [row.uscc, ...former];
    },
    linksOf,
  };
}

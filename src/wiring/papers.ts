import type { Db } from '../kernel/db/database';
import { todayOf } from '../kernel/db/moment';
import { createPool } from '../kernel/workers/pool';
import { loadLot } from '../modules/commissions';
import { createPapers, documentTaskFile } from '../modules/documents';
import { evidenceOf, loadEvaluation, teamOf } from '../modules/evaluations';
import { createPledges, type PledgeFacts } from '../modules/pledges';
import { createSignatureWork, createSigning, signingTaskFile } from '../modules/signing';
import type { Line } from './line';
import type { Prepared } from './prepare';
import type { Registers } from './registers';

/** What a pledge says of the world, gathered from the registers and the line. */
function pledgeFacts(db: Db, r: Registers): PledgeFacts {
  const { clock } = db.sources;
  return {
    evaluation: loadEvaluation,
    team: async (on, id) => {
      const rows = await teamOf(on, await loadEvaluation(on, id));
      const members = await Promise.all(
        rows.map(async ({ expertId, role }) => {
          const { platformNumber } = await r.experts.load(on, expertId);
          const facts = await r.experts.at(on, expertId, todayOf(clock));
          return { name: facts?.name ?? platformNumber, role, platformNumber };
        }),
      );
      return members.sort((a, b) => Number(b.role === 'leader') - Number(a.role === 'leader'));
    },
    evidence: async (on, id) => (await evidenceOf(on, id)).map(({ kind, sha256 }) => ({ kind, sha256 })),
    institution: async (on, id) => ({
      name: await r.institutions.nameAt(on, id, todayOf(clock)),
      uscc: (await r.institutions.load(on, id)).uscc,
    }),
    mineName: async (on, id) => (await r.mines.at(on, id, todayOf(clock)))?.name ?? id,
    lotName: async (on, id) => (await loadLot(on, id)).name,
    lotAuthority: async (on, id) => (await loadLot(on, id)).authorityId,
  };
}

/** Certificates and pledges; PDF work runs in worker threads. */
export function buildPapers(db: Db, made: Prepared, r: Registers, line: Pick<Line, 'sanctions'>) {
  const { institutions, base } = r;
  const workers = createPool({ files: [documentTaskFile(), signingTaskFile()] });
  const paperMaker = createPapers(workers);
  const signing = createSigning({
    ...base,
    authority: made.authority,
    parties: {
      async subjectOf(on, actor) {
        const { institutionId } = actor;
        if (institutionId === null) return undefined;
        const { uscc } = await institutions.load(on, institutionId);
        return { institutionId, uscc, name: await institutions.nameAt(on, institutionId, todayOf(db.sources.clock)) };
      },
    },
  });
  const pledges = createPledges({
    ...base,
    sanctions: line.sanctions,
    blobs: made.blobs,
    papers: paperMaker,
    signatures: createSignatureWork(workers),
    signing,
    authority: made.authority,
    facts: pledgeFacts(db, r),
    scope: r.identity.scope,
  });
  return { signing, pledges, paperMaker, close: workers.close };
}

export type Papers = ReturnType<typeof buildPapers>;

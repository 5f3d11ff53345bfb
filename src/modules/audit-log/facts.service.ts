import type { Actor } from '../../kernel/call';
import type { Db, Reads } from '../../kernel/db/database';
import { Download } from '../../kernel/http/endpoint';
import { mapPageAsync, pageOfList, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem } from '../../kernel/problem';
import { instant, instantText } from '../../kernel/pure/time';
import { parseProof } from '../../kernel/pure/tlog/tlog-proof';
import { isSameKey, parseVkey, vkeyText } from '../../kernel/pure/tlog/vkey';
import { say } from '../../kernel/pure/wording';
import { sha256 } from '../../kernel/tlog-crypto';
import type { EventCatalogue } from './audit-log.contract';
import { AuditEntry } from './audit-log.store';
import { entriesOfRecord } from './audit-log.views';
import { factHash, type SaltedFact } from './core/leaf';
import { FACT_SPEC, openingText } from './core/opening';
import type { EntryItem, FactsReply } from './facts.contract';
import type { LogProofs } from './log-proofs';
import { keysOf, positionOf } from './log.store';

/** An entry as those see it who judge whether it may be opened. */
export interface OpenedEntry {
  id: string;
  type: string;
  /** A fact by its path in the payload, such as `/institutionId`. */
  fact(path: string): unknown;
}

/**
 * Who may see facts: asked of the modules that keep the records, so that an entry tells nobody more than its record's
 * history does.
 */
export interface FactReaders {
  /** May the actor read the record that the entry is about, or the entry as an auditor? */
  mayRead(on: Reads, actor: Actor, entry: OpenedEntry): Promise<boolean>;
  /** May learn accounts by name: who acted for whom. */
  seesAccounts(actor: Actor): boolean;
}

export interface FactDeps {
  db: Db;
  catalogue: EventCatalogue;
  proofs: LogProofs;
  readers: FactReaders;
}

const WHAT = say('存证', 'log entry');

/** Opens facts, one by one, for those who may see them. */
export function createFacts({ db, catalogue, proofs, readers }: FactDeps) {
  /** The key that signed the proof's checkpoint: of the origin in which the entry stands, retired or not. */
  async function verifierOf(proof: string): Promise<string> {
    const { origin, note } = parseProof(proof).checkpoint;
    const keys = (await keysOf(db, origin)).map((row) => parseVkey(row.verifier, sha256));
    const signed = keys.find((key) => note.signatures.some((line) => isSameKey(line, key)));
    if (!signed) throw new Error(`no key on record signed the checkpoint of ${origin}`);
    return vkeyText(signed);
  }

  const mayOpen = (actor: Actor, { id, type, facts }: AuditEntry): Promise<boolean> => {
    const fact = (path: string): unknown => facts?.find((f) => f.path === path)?.value;
    return readers.mayRead(db, actor, { id, type, fact });
  };

  async function load(actor: Actor, id: string): Promise<AuditEntry> {
    const row = await db.m.findOneBy(AuditEntry, { id });
    if (row && (await mayOpen(actor, row))) return row;
    throw new Problem('request.not-found', { what: WHAT, id });
  }

  async function shown({ id, at, type, sealed, facts }: AuditEntry): Promise<EntryItem> {
    const place = await positionOf(db, id);
    return {
      ...{ entryId: id, at: instantText(instant(at)), type, title: catalogue[type]?.title ?? type, sealed },
      erased: facts === null,
      position: place?.position ?? null,
    };
  }

  const seen = (actor: Actor, facts: readonly SaltedFact[]): readonly SaltedFact[] =>
    readers.seesAccounts(actor) ? facts : facts.filter((f) => !f.path.startsWith('/acting/'));

  return {
    /** Entries about a record that the actor may open. */
    async entries(actor: Actor, recordId: string, request: PageRequest): Promise<Page<EntryItem>> {
      const mine: AuditEntry[] = [];
      for (const row of await entriesOfRecord(db, recordId)) if (await mayOpen(actor, row)) mine.push(row);
      const keyOf = (row: AuditEntry): [string, string] => [row.id, row.id];
      return mapPageAsync(pageOfList(mine, { descending: true, keyOf }, request), shown);
    },

    async facts(actor: Actor, entryId: string): Promise<FactsReply> {
      const row = await load(actor, entryId);
      const all = row.facts ?? [];
      const facts = seen(actor, all).map(({ path, value }) => ({ path, value }));
      return { ...(await shown(row)), facts, hidden: all.length - facts.length };
    },

    /** The file that opens one fact. */
    async factFile(actor: Actor, entryId: string, path: string): Promise<Download> {
      const row = await load(actor, entryId);
      if (row.facts === null) throw new Problem('log.fact-erased', { id: entryId });
      const fact = seen(actor, row.facts).find((f) => f.path === path);
      if (!fact) throw new Problem('request.not-found', { what: say('事实', 'fact'), id: path });
      const { proof, leaf } = await proofs.ofEntry(entryId);
      const hashes = row.facts.map((f) => factHash(f, sha256)).sort();
      const text = openingText({
        spec: FACT_SPEC,
        leaf: Buffer.from(leaf).toString('utf8'),
        ...{ hashes, fact: { path: fact.path, value: fact.value, salt: fact.salt }, proof },
        verifier: await verifierOf(proof),
      });
      return new Download(Buffer.from(text, 'utf8'), 'application/json', `${entryId}.fact.json`);
    },
  };
}

export type Facts = ReturnType<typeof createFacts>;

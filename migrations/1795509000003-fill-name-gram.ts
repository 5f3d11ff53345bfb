import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fillGrams } from '../src/kernel/db/name-index';
import type { FindableTexts } from '../src/kernel/pure/grams';

const AT_ONCE = 500;

interface Found {
  id: string;
  place: string;
  text: string | null;
}

/** One list: the records in the order of their ids, and what each is found by. */
interface Filling {
  list: string;
  /** Ids of at most AT_ONCE records behind `:behind`. */
  ids: string;
  /** Current names of these records; `{ids}` stands for the marks. */
  names: string;
  codes?: string;
}

const fillings: readonly Filling[] = [
  {
    list: 'org',
    ids: 'SELECT id FROM organisation WHERE id > ? ORDER BY id',
    names: `SELECT o.id AS id, o.uscc AS place, v.name_key AS text FROM organisation o
      JOIN organisation_version v ON v.organisation_id = o.id AND v.superseded_at IS NULL WHERE o.id IN ({ids})`,
  },
  {
    list: 'inst',
    ids: 'SELECT id FROM institution WHERE id > ? ORDER BY id',
    names: `SELECT i.id AS id, i.id AS place, v.name_key AS text FROM institution i
      JOIN organisation_version v ON v.organisation_id = i.organisation_id AND v.superseded_at IS NULL
      WHERE i.id IN ({ids})`,
    codes: `SELECT i.id AS id, i.id AS place, o.uscc AS text FROM institution i
      JOIN organisation o ON o.id = i.organisation_id WHERE i.id IN ({ids})`,
  },
  {
    list: 'expert',
    ids: 'SELECT id FROM expert WHERE id > ? ORDER BY id',
    names: `SELECT expert_id AS id, expert_id AS place, name_key AS text FROM expert_version
      WHERE superseded_at IS NULL AND expert_id IN ({ids})`,
  },
  {
    list: 'mine',
    ids: 'SELECT id FROM mine WHERE id > ? ORDER BY id',
    names: `SELECT mine_id AS id, mine_id AS place, name_key AS text FROM mine_version
      WHERE superseded_at IS NULL AND mine_id IN ({ids})`,
    codes: `SELECT mine_id AS id, mine_id AS place, licence_number AS text FROM mine_version
      WHERE superseded_at IS NULL AND licence_number IS NOT NULL AND mine_id IN ({ids})`,
  },
];

async function fillBatch(q: QueryRunner, mysql: boolean, filling: Filling, ids: readonly string[]): Promise<void> {
  const marks = ids.map(() => '?').join(', ');
  const ask = (sql: string): Promise<Found[]> => q.query(sql.replace('{ids}', marks), [...ids]) as Promise<Found[]>;
  const texts = new Map<string, { names: string[]; codes: string[] }>();
  const of = (place: string): { names: string[]; codes: string[] } => {
    const present = texts.get(place) ?? { names: [], codes: [] };
    texts.set(place, present);
    return present;
  };
  for (const { place, text } of await ask(filling.names)) if (text !== null) of(place).names.push(text);
  if (filling.codes)
    for (const { place, text } of await ask(filling.codes)) if (text !== null) of(place).codes.push(text);
  const records = [...texts].map(([place, t]): { list: string; place: string; texts: FindableTexts } => ({
    list: filling.list,
    place,
    texts: t,
  }));
  await fillGrams(q, mysql, records);
}

/**
 * Posts the names of what is registered already, a few hundred records at a time. What an earlier try has posted stays,
 * so it may begin anew.
 */
export class FillNameGram1795509000003 implements MigrationInterface {
  name = 'FillNameGram1795509000003';

  async up(q: QueryRunner): Promise<void> {
    const mysql = q.dataSource.options.type !== 'better-sqlite3';
    for (const filling of fillings) {
      for (let behind: string | undefined = ''; behind !== undefined;) {
        const rows = (await q.query(`${filling.ids} LIMIT ${AT_ONCE}`, [behind])) as { id: string }[];
        if (rows.length > 0)
          await fillBatch(
            q,
            mysql,
            filling,
            rows.map((r) => r.id),
          );
        behind = rows.length === AT_ONCE ? rows.at(-1)!.id : undefined;
      }
    }
    await q.query(`INSERT ${mysql ? '' : 'OR '}IGNORE INTO name_follower (list, place, follower_list, follower_place)
      SELECT 'org', o.uscc, 'inst', i.id FROM institution i JOIN organisation o ON o.id = i.organisation_id`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DELETE FROM name_gram');
    await q.query('DELETE FROM name_follower');
  }
}

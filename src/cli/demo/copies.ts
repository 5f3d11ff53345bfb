import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';

export interface Copy {
  directory: string;
  database?: string;
  drop(): Promise<void>;
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

async function tablesOf(connection: mysql.Connection): Promise<string[]> {
  const [rows] = await connection.query("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'");
  return (rows as Record<string, string>[]).map((r) => Object.values(r)[0]!);
}

/** Throws unless the database is there and has no tables: the demonstration must not mix with anybody's data. */
export async function requireEmptyDatabase(url: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 5_000 });
  try {
    const tables = await tablesOf(connection);
    if (tables.length > 0)
      throw new Error(`the database ${nameOf(url)} is not empty; give the demonstration one of its own`);
  } finally {
    await connection.end();
  }
}

async function copyServerDatabase(url: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const from = nameOf(url);
  const to = `${from}_later`;
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 5_000 });
  try {
    await connection.query(`CREATE DATABASE \`${to}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    for (const table of await tablesOf(connection)) {
      await connection.query(`CREATE TABLE \`${to}\`.\`${table}\` LIKE \`${from}\`.\`${table}\``);
      await connection.query(`INSERT INTO \`${to}\`.\`${table}\` SELECT * FROM \`${from}\`.\`${table}\``);
    }
  } finally {
    await connection.end();
  }
  const copied = new URL(url);
  copied.pathname = `/${to}`;
  return {
    url: copied.href,
    async drop() {
      const again = await mysql.createConnection({ uri: url, connectTimeout: 5_000 });
      await again.query(`DROP DATABASE IF EXISTS \`${to}\``);
      await again.end();
    },
  };
}

/** A copy of folder and database for days that have not come; what the demonstration leaves stays as of today. */
export async function copyDatabase(play: { out: string; database?: string }): Promise<Copy> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-later-'));
  fs.cpSync(play.out, directory, { recursive: true });
  const server = play.database ? await copyServerDatabase(play.database) : undefined;
  return {
    directory,
    database: server?.url,
    async drop() {
      await server?.drop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

import mysql from 'mysql2/promise';

/** How many other connections of this user, or of anybody where the user may see it, use the database now. */
export async function otherConnections(url: string): Promise<number> {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 5_000 });
  try {
    const [rows] = await connection.query(
      'SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
    );
    return Number((rows as { n: number | string }[])[0]!.n);
  } finally {
    await connection.end();
  }
}

import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { available, installData, launch, makeServerFolder, serverUrl, untilItAnswers } from './mariadb-server';
import type { ServerPlace } from './mariadb-server';
import { findExecutable, freePort, type RunFolder, type ServerProcess } from './server-process';

/** A real Galera cluster on 127.0.0.1. */
export interface GaleraCluster {
  /** One mysql:// URL per node; user root, no password. */
  readonly urls: readonly string[];
  /** A new connection to the node at `index`; the caller ends it. */
  connect(index: number): Promise<Connection>;
  /** Kills all nodes and removes their data. Happens by itself when the test process ends, however it ends. */
  stop(): Promise<void>;
}

interface Node extends ServerPlace {
  readonly groupPort: number;
  readonly istPort: number;
  readonly sstPort: number;
}

const SYNC_LIMIT_MS = 60_000;
const PROVIDER = 'libgalera_smm.so';

const providerFile = (): string | undefined =>
  ['/usr/lib/galera', '/usr/lib64/galera-4', '/usr/lib/galera-4']
    .map((dir) => path.join(dir, PROVIDER))
    .find((file) => existsSync(file));

/** Whether MariaDB, the Galera provider and what its state transfer by rsync needs are on this machine. */
export const galeraAvailable = (): boolean =>
  available() &&
  providerFile() !== undefined &&
  findExecutable('rsync') !== undefined &&
  findExecutable('wsrep_sst_rsync') !== undefined &&
  (findExecutable('ss') ?? findExecutable('lsof')) !== undefined;

const clusterOptions = (node: Node, nodes: readonly Node[], provider: string): string[] => [
  '--wsrep-on=ON',
  `--wsrep-provider=${provider}`,
  '--wsrep-cluster-name=lujian',
  `--wsrep-cluster-address=gcomm://${nodes.map((each) => `127.0.0.1:${each.groupPort}`).join(',')}`,
  `--wsrep-node-name=${node.name}`,
  `--wsrep-node-address=127.0.0.1:${node.groupPort}`,
  '--wsrep-sst-method=rsync',
  `--wsrep-sst-receive-address=127.0.0.1:${node.sstPort}`,
  `--wsrep-provider-options=${[
    'base_host=127.0.0.1',
    `base_port=${node.groupPort}`,
    `gmcast.listen_addr=tcp://127.0.0.1:${node.groupPort}`,
    `ist.recv_addr=127.0.0.1:${node.istPort}`,
    'gcache.size=32M',
    'gcache.page_size=32M',
    'pc.recovery=no',
  ].join(';')}`,
  '--binlog-format=ROW',
  '--default-storage-engine=InnoDB',
  '--innodb-autoinc-lock-mode=2',
  // For speed: commits are not flushed one by one, so this cluster proves nothing about power loss.
  '--innodb-flush-log-at-trx-commit=0',
];

const statusValue = async (connection: Connection, name: string): Promise<string | undefined> => {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW GLOBAL STATUS LIKE ?', [name]);
  return rows[0]?.['Value'] as string | undefined;
};

const isSynced =
  (members: number) =>
  async (connection: Connection): Promise<boolean> =>
    (await statusValue(connection, 'wsrep_local_state_comment')) === 'Synced' &&
    (await statusValue(connection, 'wsrep_ready')) === 'ON' &&
    Number(await statusValue(connection, 'wsrep_cluster_size')) >= members;

const connectTo = (node: Node): Promise<Connection> =>
  createConnection({ uri: serverUrl(node.port), connectTimeout: 5_000, timezone: 'Z', charset: 'utf8mb4_bin' });

const withConnection = async <T>(node: Node, work: (connection: Connection) => Promise<T>): Promise<T> => {
  const connection = await connectTo(node);
  try {
    return await work(connection);
  } finally {
    connection.destroy();
  }
};

const proveReplication = async (writer: Node, readers: readonly Node[]): Promise<void> => {
  await withConnection(writer, async (connection) => {
    await connection.query('CREATE DATABASE lujian_probe');
    await connection.query('CREATE TABLE lujian_probe.probe (id INT PRIMARY KEY)');
    await connection.query('INSERT INTO lujian_probe.probe VALUES (4711)');
  });
  for (const reader of readers) {
    await withConnection(reader, async (connection) => {
      await connection.query('SET SESSION wsrep_sync_wait = 1');
      const [rows] = await connection.query<RowDataPacket[]>('SELECT id FROM lujian_probe.probe');
      if (rows[0]?.['id'] !== 4711) throw new Error(`a row written on ${writer.name} is not on ${reader.name}`);
    });
  }
  await withConnection(writer, (connection) => connection.query('DROP DATABASE lujian_probe'));
};

const planNodes = async (folder: RunFolder, count: number): Promise<Node[]> => {
  const nodes: Node[] = [];
  for (let index = 0; index < count; index++) {
    const name = `node${index + 1}`;
    nodes.push({
      folder,
      name,
      dataDir: path.join(folder.dir, `${name}-data`),
      port: await freePort(),
      groupPort: await freePort(),
      istPort: await freePort(),
      sstPort: await freePort(),
    });
  }
  return nodes;
};

const makeEmptyData = (node: Node): void => {
  const owner = statSync(node.folder.dir);
  mkdirSync(node.dataDir, { mode: 0o700 });
  chownSync(node.dataDir, owner.uid, owner.gid);
};

/**
 * Starts a Galera cluster and returns once every node is Synced and a row written on the first was read on the others.
 * Only the first node's data are made; the others join with an empty folder and take a full state transfer by rsync.
 * A two-node cluster has no majority once one node is killed; the other then refuses all work (errno 1047).
 */
export const startGalera = async (options: { nodes: number }): Promise<GaleraCluster> => {
  const provider = providerFile();
  if (provider === undefined) throw new Error('the Galera provider is not on this machine (Debian package: galera-4)');
  const folder = await makeServerFolder('lujian-galera-');
  const running: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.kill9()));
    await folder.remove();
  };
  try {
    const nodes = await planNodes(folder, options.nodes);
    const [first, ...joiners] = nodes;
    if (first === undefined) throw new Error('a cluster has at least one node');
    await installData(first.dataDir);
    for (const node of joiners) makeEmptyData(node);
    for (const [index, node] of nodes.entries()) {
      const bootstrap = index === 0 ? ['--wsrep-new-cluster'] : [];
      const server = await launch(node, [...clusterOptions(node, nodes, provider), ...bootstrap]);
      running.push(server);
      // A donor serves one state transfer at a time, so nodes join one after the other.
      await untilItAnswers(node, server, SYNC_LIMIT_MS, isSynced(index + 1));
    }
    await proveReplication(first, joiners);
    return {
      urls: nodes.map((node) => serverUrl(node.port)),
      stop,
      connect: (index) => {
        const node = nodes[index];
        if (node === undefined) throw new RangeError(`no node ${index} in a cluster of ${nodes.length}`);
        return connectTo(node);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

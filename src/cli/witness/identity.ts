import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { attempt } from '../../kernel/pure/tlog/fault';
import { sayFault } from '../../kernel/pure/tlog/fault-words';
import type { NoteSigner } from '../../kernel/pure/tlog/note';
import {
  assertKeyName,
  isSameKey,
  parseVkey,
  SIGNATURE_TYPES,
  verifierKey,
  vkeyText,
  type VerifierKey,
} from '../../kernel/pure/tlog/vkey';
import { ed25519Signer, rawPublicKey, sha256 } from '../../kernel/tlog-crypto';
import { putIfAbsent, readIfThere, replace } from './durable';
import { reasonOf, WitnessFault } from './fault';

// Who the witness is, and whose logs it witnesses.

const NAME_LINE = /^Witness-Name: (\S+)$/m;
const PEM = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/;

const keyFileOf = (folder: string): string => path.join(folder, 'witness.key');

function makeKey(folder: string, name: string | undefined): void {
  if (name === undefined)
    throw new WitnessFault(
      '首次启动请用 --name 给出见证方名称，例如 witness.example.org/w1，以后不可更改。' +
        'The first start needs --name, the name of the witness, such as witness.example.org/w1; it stays.',
    );
  const named = attempt(() => assertKeyName(name));
  if (!named.ok) throw new WitnessFault(bothOf(sayFault(named.fault)));
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  // Name and key in one file, so that there is never one without the other.
  putIfAbsent(keyFileOf(folder), `Witness-Name: ${name}\n\n${pem.toString()}`);
}

export const bothOf = ({ zh, en }: { zh: string; en: string }): string => `${zh} ${en}`;

/** The witness's own key, made at the first start. Throws WitnessFault for another name and for a file of another form. */
export function ownSigner(folder: string, name: string | undefined): NoteSigner {
  const file = keyFileOf(folder);
  if (!fs.existsSync(file)) makeKey(folder, name);
  const text = readIfThere(file) ?? '';
  const kept = NAME_LINE.exec(text)?.[1];
  const pem = PEM.exec(text)?.[0];
  const unusable = (why: string): never => {
    throw new WitnessFault(
      `${file} 不能使用（${why}），请从备份恢复；切勿以同名另造新钥。` +
        `${file} cannot be used (${why}); restore it from a copy, and make no new key of the same name.`,
    );
  };
  if (kept === undefined || pem === undefined) return unusable('name or key is missing');
  if (name !== undefined && name !== kept)
    throw new WitnessFault(
      `此文件夹的见证方名为 ${kept}，不能改称 ${name}；另设见证方请用另一文件夹。` +
        `The witness of this folder is ${kept} and cannot be called ${name}; use another folder for another witness.`,
    );
  try {
    const privateKey = createPrivateKey(pem);
    const key = verifierKey(kept, SIGNATURE_TYPES.cosignature, rawPublicKey(privateKey), sha256);
    return { key, sign: ed25519Signer(privateKey) };
  } catch (error) {
    return unusable(reasonOf(error));
  }
}

/** True when others than the owner may read the key. */
export const isKeyExposed = (folder: string): boolean => (fs.statSync(keyFileOf(folder)).mode & 0o077) !== 0;

const logsFileOf = (folder: string): string => path.join(folder, 'logs');

function logKeyOf(vkey: string, where: string): VerifierKey {
  const read = attempt(() => parseVkey(vkey, sha256));
  if (!read.ok) throw new WitnessFault(`${where}：${bothOf(sayFault(read.fault))}`);
  if (read.value.type === SIGNATURE_TYPES.note) return read.value;
  throw new WitnessFault(
    `${where}：这是见证方的公钥，不是日志的公钥。This is the key of a witness, not of a log: ${vkey}`,
  );
}

/** The keys of the logs that are witnessed, one a line; a log whose keys overlap has two. */
export function knownLogs(folder: string): VerifierKey[] {
  const lines = (readIfThere(logsFileOf(folder)) ?? '').split('\n');
  return lines.flatMap((line, i) =>
    line.trim() === '' || line.startsWith('#') ? [] : [logKeyOf(line.trim(), `${logsFileOf(folder)}:${i + 1}`)],
  );
}

/** Adds keys of logs; fine for those that are known. */
export function addLogs(folder: string, vkeys: readonly string[]): void {
  const added = vkeys.map((vkey) => logKeyOf(vkey, '--add-log'));
  const known = knownLogs(folder);
  const fresh = added.filter((key, i) => ![...known, ...added.slice(0, i)].some((other) => isSameKey(other, key)));
  if (fresh.length === 0) return;
  const before = readIfThere(logsFileOf(folder)) ?? '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  replace(logsFileOf(folder), `${before}${gap}${fresh.map((key) => `${vkeyText(key)}\n`).join('')}`);
}

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fromPem, nodeSigner, publicKeyDerOf, SigningError, toPem } from '../../modules/signing/index';
import { SignClientError } from './errors';
import type { OwnCertificate, OwnKey } from './sign-client';

export const KEY_KINDS = ['p256', 'rsa-2048', 'rsa-3072'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Makes a private key in a new file that only its owner may read. Throws rather than write over a file. */
export function makeKeyFile(file: string, kind: KeyKind): OwnKey {
  const { privateKey } =
    kind === 'p256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) });
  try {
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  } catch (fault) {
    throw new SignClientError('key-file-unusable', `无法新建私钥文件 ${file}：${reasonOf(fault)}`);
  }
  return ownKey(privateKey);
}

/** Reads a PEM private key: RSA 2048 to 4096 or P-256, not encrypted. */
export function readKeyFile(file: string): OwnKey {
  try {
    return ownKey(createPrivateKey(readFileSync(file)));
  } catch (fault) {
    const reason = fault instanceof SigningError ? '只支持 RSA 2048–4096 位（指数 65537）与 P-256' : reasonOf(fault);
    throw new SignClientError('key-file-unusable', `无法使用私钥文件 ${file}：${reason}`);
  }
}

/** True when others than the owner may read the key. */
export const isKeyExposed = (file: string): boolean => (statSync(file).mode & 0o077) !== 0;

const ownKey = (key: KeyObject): OwnKey => ({ signer: nodeSigner(key), publicKeyDer: publicKeyDerOf(key) });

// RFC 7468 allows text before the first block; one file then holds all that a later run needs.
const ID_LINE = /^Lujian-Certificate-Id: (\S+)$/m;

export function writeCertificateFile(file: string, { id, certificateDer, chainDer }: OwnCertificate): void {
  const blocks = [certificateDer, ...chainDer].map((der) => toPem('CERTIFICATE', der));
  try {
    writeFileSync(file, `Lujian-Certificate-Id: ${id}\n${blocks.join('')}`, { flag: 'wx' });
  } catch (fault) {
    throw new SignClientError('certificate-file-unusable', `无法写入证书文件 ${file}：${reasonOf(fault)}`);
  }
}

/** Undefined when there is no such file yet. */
export function readCertificateFile(file: string): OwnCertificate | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const id = ID_LINE.exec(text)?.[1];
  const [certificateDer, ...chainDer] = fromPem('CERTIFICATE', text);
  if (id === undefined || !certificateDer) {
    throw new SignClientError('certificate-file-unusable', `${file} 不是本程序保存的证书文件`);
  }
  return { id, certificateDer, chainDer };
}

const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

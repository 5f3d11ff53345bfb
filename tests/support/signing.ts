import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { instant, parseInstant, type Instant } from '../../src/kernel/pure/time';
import { makePdf, type DocumentSpec } from '../../src/modules/documents/index';
import {
  assemble,
  buildSignedData,
  DEMONSTRATION_AUTHORITY,
  issueLeaf,
  makeRoot,
  nodeCrypto,
  nodeSigner,
  parseCertificate,
  prepareIncrement,
  publicKeyDerOf,
  type PreparedIncrement,
} from '../../src/modules/signing/index';

export const NOW: Instant = parseInstant('2026-11-23T07:04:05.000Z');
const YEAR = 365 * 86_400_000;

export type KeyKind = 'rsa-2048' | 'rsa-3072' | 'p256';

export function aKey(kind: KeyKind): KeyObject {
  if (kind === 'p256') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) }).privateKey;
}

export interface Authority {
  key: KeyObject;
  der: Uint8Array;
}

export async function anAuthority(kind: KeyKind = 'p256'): Promise<Authority> {
  const key = aKey(kind);
  const der = await makeRoot(
    {
      subject: DEMONSTRATION_AUTHORITY,
      publicKeyDer: publicKeyDerOf(key),
      serial: '01',
      notBefore: instant(NOW - YEAR),
      notAfter: instant(NOW + 9 * YEAR),
    },
    nodeSigner(key),
    nodeCrypto,
  );
  return { key, der };
}

export interface TestSigner {
  key: KeyObject;
  certificateDer: Uint8Array;
  name: string;
  role: string;
  field: string;
}

let lastSerial = 1;

export async function aSigner(
  authority: Authority,
  kind: KeyKind,
  facts: Pick<TestSigner, 'name' | 'role' | 'field'>,
): Promise<TestSigner> {
  const key = aKey(kind);
  lastSerial += 1;
  const certificateDer = await issueLeaf(
    {
      subject: [
        { type: 'countryName', value: 'CN' },
        { type: 'commonName', value: facts.name },
      ],
      publicKeyDer: publicKeyDerOf(key),
      serial: `00ff${lastSerial.toString(16).padStart(4, '0')}`,
      notBefore: instant(NOW - YEAR / 2),
      notAfter: instant(NOW + YEAR),
    },
    parseCertificate(authority.der),
    nodeSigner(authority.key),
    nodeCrypto,
  );
  return { key, certificateDer, ...facts };
}

/** Two signers' worth of a pledge in rich Chinese, two pages long. */
export function aSpec(changes: Partial<DocumentSpec> = {}): DocumentSpec {
  const undertaking =
    '本机构受省自然资源厅委托，对“示例矿业有限公司”所属矿山开展绿色矿山第三方评估（委托单号：A-2026-0017，' +
    '合同编号〔2026〕12号），郑重承诺：评估工作客观、公正，所出具的报告、核查记录、影像资料真实、准确、完整；' +
    '不向矿山企业收取任何费用；不转让、不外包；不泄露矿山企业秘密……龘靐齉爩鱻麤。';
  return {
    title: '绿色矿山第三方评估真实性承诺书',
    subtitle: '依据自然资规〔2024〕1号第（十七）条',
    blocks: [
      {
        kind: 'table',
        rows: [
          { key: '矿山', value: '示例铁矿（露天开采）' },
          { key: '证据清单校验值', value: 'a3f5'.repeat(16) },
        ],
      },
      { kind: 'heading', text: '一、承诺事项' },
      ...Array.from({ length: 7 }, () => ({ kind: 'paragraph' as const, text: undertaking })),
    ],
    signatures: [
      { field: 'signer-1', name: '示例评估技术有限公司', role: '评估机构' },
      { field: 'signer-2', name: '欧阳示例', role: '评估组组长' },
    ],
    notice: '所用证书由演示认证机构签发：非许可机构证书',
    createdAt: NOW,
    ...changes,
  };
}

export const aPdf = (changes: Partial<DocumentSpec> = {}): Promise<Uint8Array> => makePdf(aSpec(changes));

export async function prepareFor(
  base: Uint8Array,
  signer: TestSigner,
  authority: Authority,
): Promise<PreparedIncrement> {
  return prepareIncrement({
    base,
    signer: { name: signer.name, role: signer.role, lines: ['声明时间 2026年11月23日15:04', '非许可机构证书'] },
    certificateDer: signer.certificateDer,
    chainDer: [authority.der],
    claimedTime: NOW,
    field: { name: signer.field },
    reason: '签署真实性承诺',
  });
}

/** The whole way of one signature on top of `base`. */
export async function signOn(base: Uint8Array, signer: TestSigner, authority: Authority): Promise<Uint8Array> {
  const { increment, byteRange, signedAttributesDer } = await prepareFor(base, signer, authority);
  const signature = await nodeSigner(signer.key).sign(signedAttributesDer);
  const cmsDer = buildSignedData({
    signedAttributesDer,
    signature,
    certificateDer: signer.certificateDer,
    chainDer: [authority.der],
  });
  return assemble({ base, increment, byteRange, cmsDer });
}

import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { systemSources } from '../../kernel/sources';
import { commonNameOf, parseCertificate, SigningError } from '../../modules/signing/index';
import { SignClientError } from './errors';
import {
  isKeyExposed,
  KEY_KINDS,
  makeKeyFile,
  readCertificateFile,
  readKeyFile,
  writeCertificateFile,
  type KeyKind,
} from './key-files';
import { bearer, connect, type ServiceConnection } from './service-connection';
import { enrol, signPledge, type DocumentToSign, type OwnCertificate, type OwnKey } from './sign-client';

export const USAGE = `用法：npm run sign -- --url 服务地址 (--api-key 密钥 | --api-key-file 文件)
       --pledge 承诺书编号 --signer 签署人编号 --key 私钥.pem
       [--cert 证书.pem] [--new-key] [--key-type p256|rsa-2048|rsa-3072] [--out 已签.pdf]

私钥只在本机使用，不会发送到服务。
  --new-key    新建私钥文件（只有本人可读），并申请证书
  --cert       证书文件，默认与私钥同名加 .cert.pem；没有时凭私钥申请并保存
  --out        已签文件，默认 承诺书编号.pdf
在终端中运行时先保存待签文件供核对，输入 yes 后才签署。
退出码：0 已签署；1 未能完成；2 用法有误；3 待签文件核对不符，未签署；4 未确认
`;

/** Where the program speaks and asks. */
export interface Terminal {
  say: (line: string) => void;
  complain: (line: string) => void;
  /** Absent when nobody sits there; the checked document is then signed without asking. */
  ask?: (question: string) => Promise<string>;
}

interface Settings {
  url: string;
  apiKey: string;
  pledge: string;
  signer: string;
  key: string;
  cert: string;
  newKey: boolean;
  keyType: KeyKind;
  out: string;
}

const EXIT = { done: 0, failed: 1, usage: 2, documentWrong: 3, notConfirmed: 4 } as const;

/** Runs the program and answers its exit code; prints every outcome. */
export async function run(args: readonly string[], terminal: Terminal, newId: () => string): Promise<number> {
  try {
    await sign(readSettings(args), terminal, newId);
    return EXIT.done;
  } catch (fault) {
    if (fault instanceof SigningError) terminal.complain(`收到的数据有误（${fault.code}）：${fault.message}`);
    else if (fault instanceof SignClientError) terminal.complain(fault.message);
    else throw fault;
    const code = fault instanceof SignClientError ? fault.code : undefined;
    if (code === 'usage') terminal.complain(USAGE);
    if (code === 'usage') return EXIT.usage;
    if (code === 'document-check-failed') return EXIT.documentWrong;
    return code === 'not-confirmed' ? EXIT.notConfirmed : EXIT.failed;
  }
}

function readSettings(args: readonly string[]): Settings {
  const text = { type: 'string' } as const;
  const options = {
    url: text,
    'api-key': text,
    'api-key-file': text,
    pledge: text,
    signer: text,
    key: text,
    cert: text,
    'key-type': { type: 'string', default: 'p256' },
    'new-key': { type: 'boolean', default: false },
    out: text,
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }));
  } catch (fault) {
    throw new SignClientError('usage', fault instanceof Error ? fault.message : String(fault));
  }
  const { url, pledge, signer, key } = values;
  if (!url || !pledge || !signer || !key) throw new SignClientError('usage', '缺少 --url、--pledge、--signer 或 --key');
  const keyType = KEY_KINDS.find((kind) => kind === values['key-type']);
  if (!keyType) throw new SignClientError('usage', `--key-type 只能是 ${KEY_KINDS.join('、')}`);
  const apiKey = readApiKey(values['api-key'], values['api-key-file']);
  const cert = values.cert ?? `${key}.cert.pem`;
  return {
    url,
    apiKey,
    pledge,
    signer,
    key,
    cert,
    newKey: values['new-key'],
    keyType,
    out: values.out ?? `${pledge}.pdf`,
  };
}

function readApiKey(given: string | undefined, file: string | undefined): string {
  if ((given === undefined) === (file === undefined)) {
    throw new SignClientError('usage', '请给出 --api-key 与 --api-key-file 之一');
  }
  let apiKey = given ?? '';
  try {
    if (file !== undefined) apiKey = readFileSync(file, 'utf8').trim();
  } catch (fault) {
    throw new SignClientError('usage', `无法读取 ${file}：${fault instanceof Error ? fault.message : String(fault)}`);
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new SignClientError('usage', 'API 密钥为空或含有不可用的字符');
  return apiKey;
}

async function sign(settings: Settings, terminal: Terminal, newId: () => string): Promise<void> {
  const connection = connect({
    baseUrl: settings.url,
    headers: bearer(settings.apiKey),
    newIdempotencyKey: newId,
  });
  const key = settings.newKey ? makeKeyFile(settings.key, settings.keyType) : readKeyFile(settings.key);
  if (settings.newKey) terminal.say(`已新建私钥 ${settings.key}（${settings.keyType}），请妥善保管，勿外传`);
  else if (isKeyExposed(settings.key)) terminal.complain(`提示：私钥文件 ${settings.key} 他人可读，建议改为仅本人可读`);
  const certificate = await ownCertificate(connection, key, settings, terminal);
  const signed = await signPledge(connection, {
    pledgeId: settings.pledge,
    key,
    certificate,
    confirm: (document) => confirm(document, settings, terminal),
  });
  writeFileSync(settings.out, signed.pdf);
  terminal.say(`已签署，状态 ${signed.state}`);
  terminal.say(`已签文件 ${settings.out}，SHA-256 ${signed.fileSha256}`);
}

async function ownCertificate(
  connection: ServiceConnection,
  key: OwnKey,
  { cert, signer }: Settings,
  terminal: Terminal,
): Promise<OwnCertificate> {
  const known = readCertificateFile(cert);
  if (known) return known;
  const enrolled = await enrol(connection, key, signer);
  writeCertificateFile(cert, enrolled);
  const { subject, issuer } = parseCertificate(enrolled.certificateDer);
  terminal.say(`已取得证书 ${cert}：${commonNameOf(subject)}，签发者 ${commonNameOf(issuer)}`);
  terminal.say(`序列号 ${enrolled.serial}，有效期 ${enrolled.notBefore} 至 ${enrolled.notAfter}`);
  if (!enrolled.licensed) terminal.say('注意：非许可机构证书，仅供演示与测试');
  return enrolled;
}

async function confirm(document: DocumentToSign, { out, signer }: Settings, terminal: Terminal): Promise<boolean> {
  terminal.say(`待签文件 ${document.fileBytes} 字节，SHA-256 ${document.fileSha256Hex}，有效至 ${document.expiresAt}`);
  terminal.say(`已按文件内容重新计算摘要 ${document.digestHex}，与待签属性及本人证书一致`);
  if (!terminal.ask) return true;
  const prepared = `${out.replace(/\.pdf$/i, '')}.to-sign.pdf`;
  writeFileSync(prepared, document.pdf);
  return (await terminal.ask(`请打开 ${prepared} 核对，以签署人 ${signer} 的名义签署请输入 yes：`)).trim() === 'yes';
}

async function main(): Promise<void> {
  const isAttended = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const ask = async (question: string): Promise<string> => {
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  };
  const terminal: Terminal = {
    say: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    ...(isAttended ? { ask } : {}),
  };
  const { ids } = systemSources();
  process.exitCode = await run(process.argv.slice(2), terminal, ids.timed);
}

if (require.main === module) void main();

import fs from 'node:fs';
import { NOTE_LIMIT, noteText } from '../../kernel/pure/tlog/note';
import { codeOf, reasonOf, WitnessFault } from './fault';
import type { Witness } from './witness';

// Requests and answers as files, for networks that nothing but a carried disk connects.

function read(file: string): Buffer {
  try {
    if (fs.statSync(file).size > 2 * NOTE_LIMIT)
      throw new WitnessFault(`${file} 过大，不是见证请求。${file} is too large for a request.`);
    return fs.readFileSync(file);
  } catch (error) {
    if (error instanceof WitnessFault) throw error;
    throw new WitnessFault(`无法读取 ${file} cannot be read: ${reasonOf(error)}`);
  }
}

/**
 * Judges a request that lies in a file and writes the checkpoint with the cosignature under those of the log: a signed
 * note that says by itself what was cosigned. Throws WitnessFault when it refuses; then nothing is written.
 */
export function cosignFile(witness: Witness, from: string, to: string): { origin: string; size: number } {
  if (fs.existsSync(to))
    throw new WitnessFault(`${to} 已存在，请换用新文件名。${to} is there already; name a new file.`);
  const answer = witness.answer(read(from));
  if ('refused' in answer) {
    const { latestSize } = answer;
    const cure =
      latestSize === null
        ? ''
        : `\n请日志方用 --old ${latestSize} 重新生成请求。Ask for a new request made with --old ${latestSize}.`;
    throw new WitnessFault(`已拒绝，未签名 refused, nothing cosigned: ${answer.refused}${cure}`);
  }
  const { checkpoint } = answer.request;
  // The log's own signatures stay; what other witnesses said travels on its own way.
  const signatures = checkpoint.note.signatures.filter(({ name }) => name === checkpoint.origin);
  try {
    const text = noteText({ text: checkpoint.note.text, signatures: [...signatures, answer.cosignature] });
    fs.writeFileSync(to, text, { flag: 'wx', flush: true });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new WitnessFault(
      `已签名但无法写入 ${to}（${reasonOf(error)}）；请排除后用 --old ${checkpoint.size} 的新请求重签。` +
        `Cosigned, but ${to} could not be written; mend that and ask again with --old ${checkpoint.size}.`,
    );
  }
  return { origin: checkpoint.origin, size: checkpoint.size };
}

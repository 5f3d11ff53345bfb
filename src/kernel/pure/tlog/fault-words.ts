import { say, type Wording } from '../wording';
import type { TlogCode, TlogFault } from './fault';

/** What each fault means to whoever checks the log, and what to do about it. */
const WORDS: Readonly<Record<TlogCode, Wording>> = {
  'tlog.size': say(
    '数值不是 0 至 2^53−1 之间的整数，无法计算。请核对文件是否来自本日志。',
    'A number is no whole number from 0 to 2^53 − 1 and cannot be counted. Check that the file comes from this log.',
  ),
  'tlog.range': say(
    '序号或规模超出该日志的范围。请核对所填的序号、规模和检查点是否属于同一份日志。',
    'An index or size lies outside the log. Check that index, size and checkpoint belong to one log.',
  ),
  'tlog.hash-length': say(
    '哈希值不是 32 字节，不能采信。请重新获取完整文件。',
    'A hash is not 32 bytes long and counts for nothing. Fetch the whole file again.',
  ),
  'tlog.proof-length': say(
    '证明中的哈希值多于或少于应有的个数，证明不成立。请按同一检查点重新获取证明。',
    'The proof has more or fewer hashes than it must; it does not hold. Fetch it again for the same checkpoint.',
  ),
  'tlog.other-root': say(
    '计算结果与检查点的根哈希不一致：内容、序号或日志被改动过，或者不是同一份日志。请保留原文件并向见证方和主管部门查询。',
    'The result is not the root of the checkpoint: the entry, its index or the log was changed, or it is another log. ' +
      'Keep the files and ask the witnesses and the bureau.',
  ),
  'tlog.path': say(
    '文件路径不是规范的日志分块路径。请按规范书写。',
    'The path is no exact path of a tile. Write it as specified.',
  ),
  'tlog.tile': say(
    '日志分块缺失或长度不对。请重新获取；仍缺失的，应视为日志不完整。',
    'A tile of the log is missing or has another length. Fetch it again; if it stays missing, the log is not whole.',
  ),
  'tlog.bundle': say(
    '条目包不完整或条数不对。请重新获取；仍不对的，应视为日志不完整。',
    'A bundle of entries is cut off or has another number of them. Fetch it again; if it stays so, the log is not whole.',
  ),
  'tlog.entry-length': say(
    '单个条目超过 65,535 字节，不能写入日志。请缩短内容。',
    'An entry is longer than 65,535 bytes and cannot be logged. Shorten it.',
  ),
  'tlog.encoding': say(
    '文件的文字或编码写法不规范（如 Base64、数字、UTF-8）。请重新获取原文件，不要经编辑软件另存。',
    'Text or encoding is not exact (base64, numbers, UTF-8). Fetch the file again and do not save it through an editor.',
  ),
  'tlog.note': say(
    '不是规范的签名文本。请重新获取原文件，不要经编辑软件另存。',
    'This is no exact signed note. Fetch the file again and do not save it through an editor.',
  ),
  'tlog.key': say(
    '公钥名称、编号或类型不对。请从日志方或见证方的公告核对公钥全文。',
    'The name, id or type of a public key is wrong. Compare the whole key with what the log or the witness has published.',
  ),
  'tlog.unsigned': say(
    '没有任何已知密钥的签名，不能采信。请核对所用公钥是否为该日志现行公钥。',
    'No known key has signed; it counts for nothing. Check that the key used is that of the log.',
  ),
  'tlog.signature': say(
    '已知密钥的签名与内容不符：内容或签名被改动过。请保留原文件并向签名方查询。',
    'The signature of a known key does not fit: the text or the signature was changed. Keep the file and ask the signer.',
  ),
  'tlog.signed-twice': say(
    '同一密钥的签名重复出现。请重新获取原文件。',
    'One key has signed more than once. Fetch the file again.',
  ),
  'tlog.checkpoint': say(
    '不是规范的检查点。请从日志重新获取检查点。',
    'This is no exact checkpoint. Fetch the checkpoint from the log again.',
  ),
  'tlog.other-origin': say(
    '检查点属于另一份日志，或者由另一份日志的密钥签名。请核对日志名称和公钥。',
    'The checkpoint is of another log, or signed by the key of another log. Check the name of the log and the key.',
  ),
  'tlog.cosignature': say(
    '见证方签名的格式或时间不对。请向见证方重新获取。',
    'The form or time of a cosignature is wrong. Fetch it from the witness again.',
  ),
  'tlog.policy': say(
    '信任策略文件有误。请按所指行号改正。',
    'The policy file is wrong. Correct the line that is named.',
  ),
  'tlog.proof': say(
    '不是规范的存证证明文件。请重新下载，不要经编辑软件另存。',
    'This is no exact proof file. Download it again and do not save it through an editor.',
  ),
  'tlog.witness-request': say(
    '见证请求的格式不对。请按 tlog-witness 规范提交。',
    'The request for a cosignature is not exact. Send it as tlog-witness specifies.',
  ),
  'tlog.witness-reply': say(
    '见证方的答复不能采用。请核对见证方地址和公钥。',
    'The reply of the witness cannot be used. Check its address and key.',
  ),
};

/** A fault in the words of the service, with its exact cause behind them. */
export function sayFault({ code, message }: TlogFault): Wording {
  const { zh, en } = WORDS[code];
  return say(`${zh}（具体原因：${message}）`, `${en} (Exactly: ${message})`);
}

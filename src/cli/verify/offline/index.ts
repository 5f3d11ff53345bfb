import type { VerifyCommand } from '../command';
import { consistency } from './consistency';
import { fact } from './fact';
import { proof } from './proof';

// What is judged from files alone: no network, no database.

const KEY = '(--key 公钥 | --vkey-file 公钥文件 | --policy 策略文件)';
const OFFLINE = '不联网、不连数据库；策略文件（C2SP tlog-policy）另核对见证人 offline; a policy asks for witnesses too';

export const verifyProofFile: VerifyCommand = {
  usage: `证明文件 [--leaf 存证内容] ${KEY}`,
  about: ['存证内容是否在日志中 whether an entry stands in the log', OFFLINE],
  run: async (args, say) => proof(args, say),
};

export const verifyConsistency: VerifyCommand = {
  usage: `前一检查点 后一检查点 [--proof 一致性证明] ${KEY}`,
  about: ['日志是否只增不改 whether the log has only grown between two checkpoints', OFFLINE],
  run: async (args, say) => consistency(args, say),
};

export const verifyFact: VerifyCommand = {
  usage: `事实文件 [${KEY.slice(1, -1)}]`,
  about: ['开示的事实是否当时登记 whether an opened fact was recorded with its entry', OFFLINE],
  run: async (args, say) => fact(args, say),
};

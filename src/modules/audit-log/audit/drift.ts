// What a self-audit finds: each drift by its kind, place, and what should be there and what is.

/** Kinds of drift in words, Chinese and English. */
export const driftWords = {
  'checkpoint-refused': ['检查点无效', 'a checkpoint that this log did not sign'],
  'checkpoint-other-root': ['检查点与条目不符', 'a checkpoint that its entries do not lead to'],
  'tile-missing': ['哈希文件缺失', 'a tile is missing'],
  'tile-changed': ['哈希文件被改动', 'a tile was changed'],
  'bundle-missing': ['条目文件缺失', 'a bundle of entries is missing'],
  'bundle-changed': ['条目文件被改动', 'a bundle of entries was changed'],
  'file-ahead': ['文件超出数据库所知的日志', 'a file beyond what the database knows of the log'],
  'file-strange': ['日志目录中的不明文件', 'a file that is none of the log'],
  'history-changed': ['与上次自查的日志不一致', 'not the log of the last self-audit'],
  'key-changed': ['日志密钥与密钥库不符', "a key of the log is not the vault's"],
  'head-behind': ['数据库落后于已公布的日志', 'the database is behind the published log'],
  'head-other': ['日志位置数与日志头不符', 'positions and head do not agree'],
  'position-missing': ['日志位置缺失', 'a position is missing in the database'],
  'row-missing': ['记录被删除', 'the row of an entry is gone'],
  'row-changed': ['记录被改动', 'the row of an entry was changed'],
  'rows-swapped': ['记录被调换', 'entries were swapped'],
  'columns-changed': ['记录栏目与日志不符', 'columns of a row are not what its leaf says'],
  'facts-changed': ['事实与承诺不符', 'facts do not lead to the commitment of their leaf'],
  'facts-missing': ['事实缺失且无销毁令', 'facts are gone without a logged order'],
  'row-unplaced': ['记录未进入日志', 'a row that neither stands in the log nor waits for it'],
  'loss-unnamed': ['恢复登记与缺失不符', 'lost positions that no recovery names'],
  'bar-unlogged': ['不再采信没有日志记载', 'a bar without its logged decision'],
  'bar-missing': ['不再采信记录被删除', 'a logged bar without its row'],
  'bar-changed': ['不再采信与决定不符', 'a bar that is not what was decided'],
  'file-missing': ['文件缺失', 'the bytes of a stored file are missing'],
  'file-changed': ['文件被改动', 'the bytes of a stored file were changed'],
} as const satisfies Record<string, readonly [chinese: string, english: string]>;

export type DriftKind = keyof typeof driftWords;

export interface Drift {
  kind: DriftKind;
  /** A file, a position, a row. */
  where: string;
  expected: string;
  found: string;
}

/** What is missing rightly: its reason stands in the log. */
export interface KnownGaps {
  /** Entries whose facts were destroyed under a logged order. */
  erased: number;
  /** Positions whose rows were lost, named by an entry of a recovery. */
  lost: number;
}

export interface Findings {
  add(drift: Drift): void;
  /** Something that is gone for a reason in the log; `note` says which. */
  explain(kind: keyof KnownGaps, note: string, n?: number): void;
  /** How many things of a kind were looked at. */
  count(what: string, n: number): void;
  /** How many drifts so far, listed or not. */
  total(): number;
  report(): FindingsReport;
}

export interface FindingsReport {
  total: number;
  /** The first ones. */
  drifts: Drift[];
  known: KnownGaps;
  /** The first explanations. */
  notes: string[];
  checked: Record<string, number>;
}

const LONGEST = 300;
const NOTES = 20;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Keeps the first `most` drifts and counts them all. */
export function createFindings(most: number): Findings {
  const drifts: Drift[] = [];
  const notes: string[] = [];
  const known: KnownGaps = { erased: 0, lost: 0 };
  const checked: Record<string, number> = {};
  let total = 0;
  return {
    add({ kind, where, expected, found }) {
      total += 1;
      if (drifts.length < most)
        drifts.push({ kind, where: short(where), expected: short(expected), found: short(found) });
    },
    explain(kind, note, n = 1) {
      known[kind] += n;
      if (notes.length < NOTES) notes.push(short(note));
    },
    count(what, n) {
      checked[what] = (checked[what] ?? 0) + n;
    },
    total: () => total,
    report: () => ({ total, drifts: [...drifts], known: { ...known }, notes: [...notes], checked: { ...checked } }),
  };
}

/** A drift in one line, Chinese first. */
export function driftText({ kind, where, expected, found }: Drift): string {
  const [chinese, english] = driftWords[kind];
  return `${chinese} ${english}: ${where} — 应为 expected: ${expected}; 实为 found: ${found}`;
}

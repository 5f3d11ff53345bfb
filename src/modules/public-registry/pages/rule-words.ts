// English for what the rules say in Chinese. Their own words stay beside it where a sentence has no English here.

const titles: Readonly<Record<string, string>> = {
  'institution.bars': 'Not barred',
  'institution.experience': 'Experience and ability in assessment',
  'institution.kind': 'Enterprise, public institution or industry association',
  'institution.legal-person': 'Independent legal person',
  'institution.management-rules': 'Sound management rules',
  'institution.office': 'Office premises',
  'institution.registered-in-province': 'Registered in the province',
  'institution.stable-work': 'Able to work steadily over time',
  'institution.training': 'Staff know policy and standards (training)',
  'staff.floor': 'Professional staff, at least',
  'staff.leader-candidates': 'Full-time staff who may lead a team, at least',
  'staff.qualified-experts': 'Staff who meet the conditions of assessing experts, at least',
  'staff.senior-share': 'Share of senior titles, at least',
  'staff.specialties': 'Geology, mining, mineral processing, ecology and environment covered',
};

const words: Readonly<Record<string, string>> = {
  地质: 'geology',
  采矿: 'mining',
  选矿: 'mineral processing',
  生态: 'ecology',
  环境: 'environment',
  业绩证明: 'proof of past work',
  办公场所证明: 'proof of premises',
  管理制度: 'management rules',
  培训记录: 'training record',
  长期稳定开展工作的证明: 'proof of steady work',
  营业执照: 'business licence',
  事业单位法人证书: 'certificate of a public institution',
  社会团体法人登记证书: 'certificate of an association',
  登记证书: 'certificate',
  五个专业: 'all five specialties',
  齐全: 'all covered',
  已有材料: 'on file',
  无材料: 'not on file',
  未登记: 'not on record',
  登记证书所载非法人: 'not a legal person by its certificate',
  有与组织形式相符且在有效期内的登记证书: 'a valid certificate that fits the legal form',
};

const word = (text: string): string | undefined => words[text];

/** All of the parts in English, or nothing. */
function each(texts: readonly string[], put: (text: string) => string | undefined): string | undefined {
  const put_ = texts.map(put);
  return put_.every((t) => t !== undefined) ? put_.join(', ') : undefined;
}

const people = (n: string): string => (n === '1' ? '1 person' : `${n} people`);

type Sentence = readonly [RegExp, (...parts: string[]) => string | undefined];

const sentences: readonly Sentence[] = [
  [/^(\d+) 人$/, (n) => people(n)],
  [/^(\d+) 项$/, (n) => n],
  [/^(约 )?([\d.]+%)（(\d+\/\d+)）$/, (about, share, ratio) => `${about ? 'about ' : ''}${share} (${ratio})`],
  [/^0\/0（无人计入）$/, () => '0/0 (nobody counts)'],
  [/^缺 (.+)$/, (list) => each(list.split('、'), word)?.replace(/^/, 'missing: ')],
  [/^信用代码前两位为 ([0-9A-Y、]+)$/, (list) => `code begins with ${list.replaceAll('、', ', ')}`],
  [/^([0-9A-Y]{2})(（经人工认定）)?$/, (prefix, byHand) => `${prefix}${byHand ? ' (recognised by a person)' : ''}`],
  [/^注册地行政区划为 (\d{6})$/, (code) => `division ${code}`],
  [/^(\d{6})$/, (code) => code],
  [/^有在有效期内并附文件的(.+)$/, (what) => word(what) && `a valid ${word(what)!} with its file`],
  [/^没有(.+)$/, (what) => word(what) && `no ${word(what)!}`],
  [/^仅有文字说明，没有(.+)$/, (what) => word(what) && `a statement only, no ${word(what)!}`],
  [/^已登记(.+)，未附文件$/, (what) => word(what) && `${word(what)!} recorded without its file`],
  [/^(.+)已于(\d{4}-\d{2}-\d{2})到期$/, (what, on) => word(what) && `${word(what)!} ran out on ${on}`],
  [
    /^(.+)，自(\d{4}-\d{2}-\d{2})起长期有效，文件已存$/,
    (what, on) => word(what) && `${word(what)!}, valid from ${on}, file kept`,
  ],
  [
    /^(.+)，有效期(\d{4}-\d{2}-\d{2})至(\d{4}-\d{2}-\d{2})，文件已存$/,
    (what, from, to) => word(what) && `${word(what)!}, valid ${from} to ${to}, file kept`,
  ],
  [/^所附为(.+)，与组织形式不符$/, (what) => word(what) && `${word(what)!}, which does not fit the legal form`],
];

/** The title of a rule in English; undefined for one that is not ours. */
export const ruleTitleEn = (rule: string): string | undefined => titles[rule];

/** What a rule asks or found, in English; undefined where it has no English here. */
export function ruleTextEn(text: string): string | undefined {
  // Said of a day in the past.
  const plain = text.replace(/^当日/, '');
  const known = word(plain);
  if (known !== undefined) return known;
  for (const [form, put] of sentences) {
    const match = form.exec(plain);
    const said = match && put(...match.slice(1));
    if (said) return said;
  }
  return undefined;
}

import * as z from 'zod';
import { say, saying, type Wording } from '../../../../kernel/pure/wording';
import { addPaper, bodyOf, inBrackets, papersOn, renewPaper } from '../evidence';
import type { ReadinessFacts } from '../facts';
import { byCircular, defineRule, everywhere, type Answer } from '../rule';

/** The certificate that each form of body is given. */
const certificateOf: Readonly<Record<string, string>> = {
  enterprise: 'business-licence',
  'public-institution': 'public-institution-certificate',
  'industry-association': 'association-certificate',
};
const ON_FILE = say('已有材料', 'on file');
const NOTHING = say('');
const names: Readonly<Record<string, Wording>> = {
  'business-licence': say('营业执照', 'business licence'),
  'public-institution-certificate': say('事业单位法人证书', 'certificate of a public institution as legal person'),
  'association-certificate': say('社会团体法人登记证书', 'certificate of an association as legal person'),
};

/** The credit code alone proves nothing: branches and partnerships hold 91-codes too (domain.md 0.8). */
function proofOn(f: ReadinessFacts): Pick<Answer, 'measured' | 'met' | 'cure'> {
  const wanted = f.legalForm === null ? undefined : certificateOf[f.legalForm];
  const name = wanted ? names[wanted]! : say('登记证书', 'registration certificate');
  const { holding, expired } = papersOn(f, wanted ? [wanted] : Object.keys(names));
  if (holding.length > 0) return { measured: ON_FILE, met: true, cure: NOTHING };
  const own = f.evidence.legalPersonEvidence;
  if (own && wanted && names[own.kind] && own.kind !== wanted) {
    const measured = saying`${say('所附为', 'a ')}${names[own.kind]!}${say('，与组织形式不符', ', which does not fit the legal form')}`;
    const cure = saying`${say('请登记', 'Record the ')}${name}${inBrackets(addPaper(f, say(wanted)))}`;
    return { measured, met: false, cure };
  }
  if (own && (own.validTo === null || own.validTo >= f.day)) return { measured: ON_FILE, met: true, cure: NOTHING };
  const ended = own?.validTo ?? expired?.validTo;
  const kinds = wanted ? say(wanted) : say(Object.keys(names).join(' 或 '), Object.keys(names).join(' or '));
  if (!ended) {
    const cure = saying`${say('请登记证明材料：', 'Record as proof: ')}${name}${inBrackets(addPaper(f, kinds))}`;
    return { measured: say('无材料', 'nothing on file'), met: false, cure };
  }
  const number = own ? say(`（${own.number}）`, ` (${own.number})`) : NOTHING;
  const measured = saying`${name}${number}${say(`已于${ended}到期`, ` ran out on ${ended}`)}`;
  const renewed = expired ? renewPaper(f, expired) : addPaper(f, kinds);
  const renewing = say('，请换领后登记新证', '; have it renewed and record the new one');
  return { measured, met: false, cure: saying`${measured}${renewing}${inBrackets(renewed)}` };
}

export const rule = defineRule({
  id: 'institution.legal-person',
  order: 20,
  title: '独立法人资格',
  titleEn: 'Independent legal person',
  scope: 'readiness',
  needs: ['legalForm', 'legalPersonality', 'evidence.legalPersonEvidence', 'documents'],
  value: z.literal(true),
  judge(f) {
    const asked = {
      required: say(
        '有与组织形式相符且在有效期内的登记证书',
        'a valid registration certificate that fits the legal form',
      ),
    };
    if (f.legalPersonality !== null && f.legalPersonality !== 'legal-person') {
      const correct = say(
        `POST ${bodyOf(f)}/versions，按证书填 certificateType、legalPersonality`,
        `POST ${bodyOf(f, 'en')}/versions with certificateType and legalPersonality as on the certificate`,
      );
      const cure = saying`${say(
        '须由具有独立法人资格的单位申请；登记与证书不符的，请更正',
        'A body that is an independent legal person must apply; if the record differs from the certificate, correct it',
      )}${inBrackets(correct)}`;
      const measured = say('登记证书所载非法人', 'not a legal person by its registration certificate');
      return { ...asked, measured, met: false, cure };
    }
    const paper = proofOn(f);
    return { ...asked, ...paper };
  },
  shipped: [{ ...byCircular('八'), value: true, profiles: everywhere }],
});

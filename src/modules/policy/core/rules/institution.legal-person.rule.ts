import * as z from 'zod';
import { addPaper, bodyOf, papersOn, renewPaper } from '../evidence';
import type { ReadinessFacts } from '../facts';
import { byCircular, defineRule, everywhere } from '../rule';

/** The certificate that each form of body is given. */
const certificateOf: Readonly<Record<string, string>> = {
  enterprise: 'business-licence',
  'public-institution': 'public-institution-certificate',
  'industry-association': 'association-certificate',
};
const names: Readonly<Record<string, string>> = {
  'business-licence': '营业执照',
  'public-institution-certificate': '事业单位法人证书',
  'association-certificate': '社会团体法人登记证书',
};

/** The credit code alone proves nothing: branches and partnerships hold 91-codes too (domain.md 0.8). */
function proofOn(f: ReadinessFacts): { measured: string; met: boolean; cure: string } {
  const wanted = f.legalForm === null ? undefined : certificateOf[f.legalForm];
  const name = wanted ? names[wanted]! : '登记证书';
  const { holding, expired } = papersOn(f, wanted ? [wanted] : Object.keys(names));
  if (holding.length > 0) return { measured: '已有材料', met: true, cure: '' };
  const own = f.evidence.legalPersonEvidence;
  if (own && wanted && names[own.kind] && own.kind !== wanted) {
    const measured = `所附为${names[own.kind]!}，与组织形式不符`;
    return { measured, met: false, cure: `请登记${name}（${addPaper(f, wanted)}）` };
  }
  if (own && (own.validTo === null || own.validTo >= f.day)) return { measured: '已有材料', met: true, cure: '' };
  const ended = own?.validTo ?? expired?.validTo;
  const kind = wanted ?? Object.keys(names).join(' 或 ');
  if (!ended) return { measured: '无材料', met: false, cure: `请登记证明材料：${name}（${addPaper(f, kind)}）` };
  const measured = `${name}${own ? `（${own.number}）` : ''}已于${ended}到期`;
  const renewed = expired ? renewPaper(f, expired) : addPaper(f, kind);
  return { measured, met: false, cure: `${measured}，请换领后登记新证（${renewed}）` };
}

export const rule = defineRule({
  id: 'institution.legal-person',
  order: 20,
  title: '独立法人资格',
  scope: 'readiness',
  needs: ['legalForm', 'legalPersonality', 'evidence.legalPersonEvidence', 'documents'],
  value: z.literal(true),
  judge(f) {
    const asked = { required: '有与组织形式相符且在有效期内的登记证书' };
    if (f.legalPersonality !== null && f.legalPersonality !== 'legal-person') {
      const cure = `须由具有独立法人资格的单位申请；登记与证书不符的，请更正（POST ${bodyOf(f)}/versions，按证书填 certificateType、legalPersonality）`;
      return { ...asked, measured: '登记证书所载非法人', met: false, cure };
    }
    const paper = proofOn(f);
    return { ...asked, ...paper };
  },
  shipped: [{ ...byCircular('八'), value: true, profiles: everywhere }],
});

import { Link } from 'react-router';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { Span } from '../../records/lines';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import type { Employment } from './employment-table';

/** The sheet that a person without an account signs. */
export function PrintableSheet({ employment: e }: { employment: Employment }) {
  const { t } = useWords();
  const say = useSay();
  return (
    <Page
      title={t('sheet.title')}
      actions={
        <>
          <Link to={`/employments/${e.id}`}>{t('back')}</Link>
          <PrintButton />
        </>
      }
    >
      <Sheet>
        <p>
          {t('sheet.self')} <Named of="expert" id={e.expertId} />
        </p>
        <p>
          {t('sheet.employer')} {e.institutionName}
        </p>
        <p>
          {t('staff.kind')} {say('kind', e.kind)} · {t('employment.days')} <Span from={e.from} lastDay={e.lastDay} />
          {e.paper ? ` · ${t('employment.contract')} ${e.paper}` : ''}
        </p>
        <p>{t('sheet.text')}</p>
        <p>{t('sheet.objection')}</p>
        <div className="signing">
          <p>{t('sheet.signature')}：＿＿＿＿＿＿＿＿＿＿</p>
          <p>{t('sheet.day')}</p>
        </div>
      </Sheet>
    </Page>
  );
}

export const sheetWords = {
  'sheet.title': ['聘用关系本人确认单', 'Confirmation of employment'],
  'sheet.self': ['本人', 'I,'],
  'sheet.employer': ['受聘于', 'am employed by'],
  'sheet.text': [
    '本人确认上述聘用关系属实，同意该机构将本人登记为其人员，并知悉登记内容用于绿色矿山第三方评估机构的条件核验。',
    'I confirm that this employment is true and agree to be registered as staff of the institution, for judging its conditions as assessor of green mines.',
  ],
  'sheet.objection': [
    '内容不实的，请不要签字，可向主管部门书面提出异议。',
    'If anything is untrue, do not sign; object in writing to the authority.',
  ],
  'sheet.signature': ['本人签字', 'Signature'],
  'sheet.day': ['日期：　　　　年　　月　　日', 'Date:'],
} as const;

import { Input } from 'antd';
import { evaluationRoutes, type EvaluationView } from '../../../modules/evaluations/evaluations.contract';
import { now } from '../../app/browser';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { useWords } from '../../words/language';
import { inBeijing } from '../../words/write';
import { TeamButton } from './team';

/** A score of 100 with two decimals; the contract counts hundredths. */
function ScoreField(props: { value?: unknown; onChange?: (value: unknown) => void; id?: string }) {
  const { value, onChange, id } = props;
  const shown = typeof value === 'number' ? String(value / 100) : typeof value === 'string' ? value : '';
  return (
    <Input
      id={id}
      inputMode="decimal"
      defaultValue={shown}
      suffix="/ 100"
      onChange={(event) => {
        const match = /^\s*(\d{1,3})(?:[.．](\d{1,2}))?\s*$/.exec(event.target.value);
        onChange?.(match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : event.target.value);
      }}
    />
  );
}

/** What the institution does, step by step. */
function WorkActs({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const may = useMay();
  const params = { id: e.id };
  const today = inBeijing(now()).day;
  return (
    <>
      {e.state === 'team-named' && may('evaluation.work') ? (
        <ActButton
          primary
          label={t('evaluations.desk')}
          route={evaluationRoutes.deskReview}
          params={params}
          initial={{ reviewedOn: today }}
        />
      ) : null}
      {e.state === 'desk-reviewed' && may('evaluation.work') ? (
        <ActButton
          primary
          label={t('evaluations.site')}
          route={evaluationRoutes.onSite}
          params={params}
          initial={{ from: today, to: today }}
          overrides={{ to: { label: t('to') }, note: { label: t('evaluations.siteNote') } }}
        />
      ) : null}
      {['on-site', 'returned'].includes(e.state) && may('evaluation.report') ? (
        <>
          <ActButton
            primary={e.evidence.length < 3}
            label={t('evaluations.evidence.add')}
            route={evaluationRoutes.addEvidence}
            params={params}
          />
          <ActButton
            primary={e.evidence.length >= 3}
            label={t('evaluations.report')}
            route={evaluationRoutes.report}
            params={params}
            overrides={{ scoreHundredths: { label: t('evaluations.score'), control: () => <ScoreField /> } }}
          />
        </>
      ) : null}
      {['assigned', 'team-named', 'desk-reviewed', 'on-site', 'returned', 'frozen'].includes(e.state) ? (
        <TeamButton evaluation={e} />
      ) : null}
    </>
  );
}

/** What the authority decides. */
function JudgingActs({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const may = useMay();
  const params = { id: e.id };
  const isOver = ['accepted', 'rejected', 'voided'].includes(e.state);
  return (
    <>
      {e.state === 'reported' && may('evaluation.accept') ? (
        <>
          <ActButton primary label={t('evaluations.accept')} route={evaluationRoutes.accept} params={params}>
            <p>{t('evaluations.accept.confirm')}</p>
          </ActButton>
          <ActButton label={t('evaluations.return')} route={evaluationRoutes.returnReport} params={params} />
          <ActButton danger label={t('evaluations.reject')} route={evaluationRoutes.reject} params={params} />
        </>
      ) : null}
      {e.state === 'frozen' && may('evaluation.resume') ? (
        <ActButton primary label={t('evaluations.resume')} route={evaluationRoutes.resume} params={params} />
      ) : null}
      {!isOver && may('evaluation.void') ? (
        <ActButton danger label={t('evaluations.void')} route={evaluationRoutes.voidEvaluation} params={params} />
      ) : null}
    </>
  );
}

/** All that the acting post can do with this evaluation now. */
export const Acts = ({ evaluation }: { evaluation: EvaluationView }) => (
  <>
    <WorkActs evaluation={evaluation} />
    <JudgingActs evaluation={evaluation} />
  </>
);

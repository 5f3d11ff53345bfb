import { pledgeRoutes } from '../../../modules/pledges/pledges.contract';
import type { EvaluationView } from '../../../modules/evaluations/evaluations.contract';
import { useAsk } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { PledgeBody } from './pledge-body';

/** The pledges of an evaluation, the latest first. */
export function PledgeSheet({ evaluation: e }: { evaluation: EvaluationView }) {
  const { t } = useWords();
  const may = useMay();
  const query = useAsk(pledgeRoutes.list, { params: { id: e.id } }, { enabled: may('pledge.read') });
  if (!may('pledge.read')) return null;
  const pledges = [...(query.data?.items ?? [])].reverse();
  const isDue = !['accepted', 'rejected', 'voided', 'frozen', 'assigned'].includes(e.state);
  const isNeeded = isDue && pledges.every((p) => p.state === 'void');
  return (
    <Sheet
      title={t('pledges.one')}
      extra={
        isNeeded && may('pledge.prepare') ? (
          <ActButton label={t('pledges.prepare')} route={pledgeRoutes.prepare} params={{ id: e.id }}>
            <p>{t('pledges.prepare.confirm')}</p>
          </ActButton>
        ) : null
      }
    >
      {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data && pledges.length === 0 ? <p className="quiet">{t('pledges.noneYet')}</p> : null}
      {pledges.map((pledge) => (
        <PledgeBody key={pledge.id} pledge={pledge} />
      ))}
    </Sheet>
  );
}

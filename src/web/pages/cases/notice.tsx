import { deliveryRoutes } from '../../../modules/notifications/deliveries.contract';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { useWords } from '../../words/language';
import { inBeijing, writeDay } from '../../words/write';

/** Where a notice that was sent electronically has got to; one that does not arrive is served in another way. */
export function NoticeSheet({ id }: { id: string }) {
  const { t, language } = useWords();
  const may = useMay();
  const query = useAsk(deliveryRoutes.readNotification, { params: { id } }, { enabled: may('notice.read') });
  if (!may('notice.read')) return null;
  if (query.error) return <FaultNote error={query.error} />;
  if (!query.data) return null;
  const { deliveredOn } = query.data;
  return (
    <>
      <h3>{t('subject.notice.electronic')}</h3>
      <p className={deliveredOn ? undefined : 'late'}>
        {deliveredOn
          ? t('subject.notice.delivered', { day: writeDay(deliveredOn, language) })
          : t('subject.notice.waiting')}
      </p>
      {deliveredOn === null && may('notice.serve') ? (
        <ActButton
          label={t('subject.notice.serve')}
          route={deliveryRoutes.serveNotification}
          params={{ id }}
          initial={{ servedOn: inBeijing(now()).day }}
        />
      ) : null}
    </>
  );
}

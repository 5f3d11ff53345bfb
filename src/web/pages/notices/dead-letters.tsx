import { useState } from 'react';
import { Link } from 'react-router';
import { deliveryRoutes } from '../../../modules/notifications/deliveries.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { Page } from '../../records/page';
import { SureButton } from '../../records/sure-button';
import { useFilters } from '../../tables/address';
import { BatchButton } from '../../tables/batch';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { writeInstant } from '../../words/write';
import { DeliveryState, deliveryWords, To, useKindName } from './deliveries';

type Letter = ReplyOf<typeof deliveryRoutes.listDeadLetters>['items'][number];

function useColumns(canResend: boolean): Column<Letter>[] {
  const { t, language } = useWords();
  const nameOf = useKindName();
  return [
    {
      key: 'kind',
      title: t('notices.kind'),
      render: (l) =>
        l.notificationId ? (
          <Link to={`/notifications/${l.notificationId}`}>{nameOf(l.kind)}</Link>
        ) : (
          t('deadLetters.code')
        ),
    },
    { key: 'to', title: t('delivery.to'), render: (l) => <To to={l.to} /> },
    { key: 'channel', title: t('delivery.channel'), render: (l) => t(`channel.${l.channel}`) },
    { key: 'state', title: t('delivery.state'), render: (l) => <DeliveryState item={l} /> },
    { key: 'attempts', title: t('delivery.attempts'), align: 'right', render: (l) => l.attempts },
    { key: 'reason', title: t('delivery.reason'), render: (l) => l.reason ?? '—' },
    { key: 'createdAt', title: t('deadLetters.createdAt'), render: (l) => writeInstant(l.createdAt, language) },
    {
      key: 'act',
      title: t('deadLetters.act'),
      render: (l) =>
        canResend && l.state === 'failed' ? (
          <SureButton
            size="small"
            label={t('deadLetters.resend')}
            sure={t('deadLetters.resend.sure')}
            route={deliveryRoutes.resendDeadLetter}
            asked={{ params: { id: l.id } }}
          />
        ) : null,
    },
  ];
}

/** What could not be sent, to be sent again once the cause is mended; and text messages that nobody answered for. */
export function Screen() {
  const { t } = useWords();
  const may = useMay();
  const { filters } = useFilters();
  const canResend = may('dead-letter.resend') && filters['what'] !== 'without-receipt';
  const columns = useColumns(canResend);
  const [chosen, setChosen] = useState<readonly Letter[]>([]);
  return (
    <Page title={t('deadLetters')}>
      <p className="quiet">{t('deadLetters.detail')}</p>
      <ListTable
        name="dead-letters"
        route={deliveryRoutes.listDeadLetters}
        rowKey={(l) => l.id}
        empty={t('deadLetters.none')}
        columns={columns}
        filters={[
          {
            name: 'what',
            label: t('deadLetters.what'),
            options: [
              { value: 'failed', label: t('deadLetters.failed') },
              { value: 'without-receipt', label: t('deadLetters.silent') },
            ],
          },
        ]}
        selection={
          canResend ? { chosen: chosen.map((l) => l.id), choose: (_ids, items) => setChosen([...items]) } : undefined
        }
        tools={() =>
          canResend && chosen.length > 0 ? (
            <BatchButton
              label={t('deadLetters.resendChosen', { count: chosen.length })}
              items={chosen.map((l) => ({ id: l.id, label: `${t(`channel.${l.channel}`)} ${l.id.slice(-8)}` }))}
              act={(item) => ask(deliveryRoutes.resendDeadLetter, { params: { id: item.id } })}
              done={() => setChosen([])}
            />
          ) : null
        }
      />
    </Page>
  );
}

export const words: Words = {
  ...deliveryWords,
  deadLetters: ['未能送出的通知', 'Notices that could not be sent'],
  'deadLetters.detail': [
    '先排除原因（邮件服务器、短信网关的设置），再重新发送；收件箱中的通知不受影响。短信无回执的不能断定是否到达，不重新发送。',
    'Mend the cause first (mail server, gateway), then send again; the inbox has them all the same. A text message without a receipt may have arrived and is not sent again.',
  ],
  'deadLetters.none': ['没有未能送出的通知', 'Everything was sent'],
  'deadLetters.code': ['验证码', 'A code'],
  'deadLetters.createdAt': ['产生时间', 'Made'],
  'deadLetters.what': ['类别', 'Which'],
  'deadLetters.failed': ['未能送出', 'Could not be sent'],
  'deadLetters.silent': ['短信三日仍无回执', 'Text messages without a receipt'],
  'deadLetters.act': ['办理', 'Act'],
  'deadLetters.resend': ['重新发送', 'Send again'],
  'deadLetters.resend.sure': ['按原收件人和内容再发一次。', 'Sent once more, to the same recipient.'],
  'deadLetters.resendChosen': ['重新发送所选 {count} 条', 'Send the {count} chosen again'],
};

import { useState } from 'react';
import { Alert, Button, Descriptions, Input, Tag } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { deliveryRoutes, type serviceManners } from '../../../modules/notifications/deliveries.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { DeliveryState, deliveryWords, To, useKindName } from './deliveries';

type Shown = ReplyOf<typeof deliveryRoutes.readNotification>;

/** Notices are opened from the record that they belong to, or by their number. */
function Find() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const open = (): void => {
    if (id.trim() !== '') void navigate(`/notifications/${encodeURIComponent(id.trim())}`);
  };
  return (
    <Page title={t('notices')}>
      <Sheet>
        <p>{t('notices.find.detail')}</p>
        <div className="filters" role="search">
          <Input
            className="find"
            value={id}
            aria-label={t('notices.id')}
            placeholder={t('notices.id')}
            onChange={(e) => setId(e.target.value)}
            onPressEnter={open}
          />
          <Button type="primary" disabled={id.trim() === ''} onClick={open}>
            {t('view')}
          </Button>
        </div>
      </Sheet>
    </Page>
  );
}

/** Service by another way than the inbox; deadlines run from that day. */
function ServeButton({ shown }: { shown: Shown }) {
  const { t } = useWords();
  const may = useMay();
  if (!may('notice.serve') || !shown.formal || shown.deliveredOn !== null) return null;
  return (
    <ActButton
      primary
      label={t('notices.serve')}
      route={deliveryRoutes.serveNotification}
      params={{ id: shown.id }}
      initial={{ servedOn: inBeijing(now()).day }}
      overrides={{
        servedOn: { label: t('notices.servedOn'), help: t('notices.servedOn.help') },
        manner: { label: t('notices.manner') },
        proof: { label: t('notices.proof'), help: t('notices.proof.help') },
        proofFileId: { label: t('notices.proofFile') },
      }}
    />
  );
}

function Facts({ shown }: { shown: Shown }) {
  const { t, language } = useWords();
  const manner = shown.deliveredBy;
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        { key: 'to', label: t('delivery.to'), children: <To to={shown.to} /> },
        { key: 'created', label: t('notices.createdAt'), children: writeInstant(shown.createdAt, language) },
        { key: 'state', label: t('delivery.state'), children: t(`notices.state.${shown.state}`) },
        {
          key: 'formal',
          label: t('notices.formal'),
          children: shown.formal ? t('yes') : t('no'),
        },
        {
          key: 'delivered',
          label: t('notices.deliveredOn'),
          children: shown.deliveredOn ? writeDay(shown.deliveredOn, language) : t('notices.notDelivered'),
        },
        { key: 'by', label: t('notices.manner'), children: manner ? t(`manner.${manner}`) : '—' },
      ]}
    />
  );
}

function Ways({ shown }: { shown: Shown }) {
  const { t, language } = useWords();
  const at = (text: string | null): string => (text ? writeInstant(text, language) : '—');
  return (
    <>
      <Sheet title={t('notices.inbox')}>
        <Rows<Shown['inbox'][number]>
          rowKey={(i) => `${i.accountId}:${i.arrivedAt}`}
          rows={shown.inbox}
          empty={t('notices.inbox.none')}
          columns={[
            {
              key: 'account',
              title: t('to.account'),
              render: (i) => <span className="code">{i.accountId.slice(-8)}</span>,
            },
            { key: 'arrivedAt', title: t('notices.arrivedAt'), render: (i) => at(i.arrivedAt) },
            {
              key: 'openedAt',
              title: t('notices.openedAt'),
              render: (i) => (i.openedAt ? at(i.openedAt) : t('notices.unopened')),
            },
          ]}
        />
      </Sheet>
      <Sheet title={t('notices.deliveries')}>
        <Rows<Shown['deliveries'][number]>
          rowKey={(d) => `${d.channel}:${d.accountId}:${d.sentAt}:${d.attempts}`}
          rows={shown.deliveries}
          empty={t('notices.deliveries.none')}
          columns={[
            { key: 'channel', title: t('delivery.channel'), render: (d) => t(`channel.${d.channel}`) },
            { key: 'state', title: t('delivery.state'), render: (d) => <DeliveryState item={d} /> },
            { key: 'attempts', title: t('delivery.attempts'), render: (d) => d.attempts },
            { key: 'sentAt', title: t('delivery.sentAt'), render: (d) => at(d.sentAt) },
            { key: 'reason', title: t('delivery.reason'), render: (d) => d.reason ?? '—' },
          ]}
        />
      </Sheet>
    </>
  );
}

/** One notice: whom it reached and how, and since when it counts as delivered. */
function Notice() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const nameOf = useKindName();
  const query = useAsk(deliveryRoutes.readNotification, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const shown = query.data;
  const isWaiting = shown.formal && shown.deliveredOn === null;
  return (
    <Page
      title={nameOf(shown.kind)}
      tags={shown.formal ? <Tag color="gold">{t('notices.formal')}</Tag> : null}
      actions={
        <>
          <ServeButton shown={shown} />
          <PrintButton />
        </>
      }
    >
      {isWaiting ? <Alert type="warning" showIcon title={t('notices.waiting')} /> : null}
      <Sheet>
        <Facts shown={shown} />
      </Sheet>
      <Ways shown={shown} />
    </Page>
  );
}

export const Screen = listAndRecord(Find, Notice);

const manners: Record<(typeof serviceManners)[number] | 'inbox', readonly [string, string]> = {
  inbox: ['电子送达（收件箱）', 'Inbox'],
  direct: ['直接送达', 'In person'],
  left: ['留置送达', 'Left at the place'],
  entrusted: ['委托送达', 'By another authority'],
  post: ['邮寄送达', 'By post'],
  'public-notice': ['公告送达', 'By public notice'],
  electronic: ['其他电子方式送达', 'Electronically otherwise'],
};

export const words: Words = {
  ...deliveryWords,
  ...Object.fromEntries(Object.entries(manners).map(([key, texts]) => [`manner.${key}`, texts])),
  notices: ['通知的去向', 'Where notices went'],
  'notices.id': ['通知编号', 'Number of the notice'],
  'notices.find.detail': [
    '从案件、委托等记录可直接打开其通知；也可按通知编号查看送达、回执和打开的时刻。',
    'Open a notice from its case or commission; or by its number, to see how and when it arrived.',
  ],
  'notices.serve': ['登记送达', 'Enter the service'],
  'notices.servedOn': ['送达日', 'Day of service'],
  'notices.servedOn.help': ['期限自此日起算', 'Deadlines run from this day'],
  'notices.manner': ['送达方式', 'Way of service'],
  'notices.proof': ['送达回证', 'Proof'],
  'notices.proof.help': ['送达回证、签收单号等', 'The receipt or its number'],
  'notices.proofFile': ['回证扫描件', 'Scan of the proof'],
  'notices.createdAt': ['发出时间', 'Made'],
  'notices.formal': ['正式文书', 'Formal paper'],
  'notices.deliveredOn': ['送达日', 'Delivered'],
  'notices.notDelivered': ['尚未送达', 'Not delivered'],
  'notices.waiting': [
    '尚未构成送达，期限没有起算：请以其他方式送达后登记。',
    'Not delivered yet, and no deadline runs: serve it another way and enter that.',
  ],
  'notices.state.waiting': ['待放入收件箱', 'Waiting'],
  'notices.state.placed': ['已放入收件箱', 'In the inbox'],
  'notices.state.dead': ['无人可收', 'Nobody to receive it'],
  'notices.inbox': ['收件箱', 'Inbox'],
  'notices.inbox.none': ['尚未到达任何收件箱', 'It has reached no inbox'],
  'notices.arrivedAt': ['到达', 'Arrived'],
  'notices.openedAt': ['首次打开', 'First opened'],
  'notices.unopened': ['尚未打开', 'Not opened'],
  'notices.deliveries': ['邮件和短信提醒', 'Reminders by mail and text message'],
  'notices.deliveries.none': ['没有发出提醒', 'No reminder was sent'],
};

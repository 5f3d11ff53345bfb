import { Tag } from 'antd';
import { notificationKinds, type NotificationKindName } from '../../../modules/notifications/kinds.contract';
import { Named } from '../../records/named';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';

export interface Delivery {
  channel: string;
  state: string;
  attempts: number;
  reason: string | null;
  sentAt: string | null;
  settledAt: string | null;
  receipt: string | null;
}

const colours: Readonly<Record<string, string>> = { failed: 'red', delivered: 'green', sent: 'blue', queued: 'gold' };

/** How one way of telling went: its state and, for text messages, the gateway's receipt. */
export function DeliveryState({ item }: { item: Delivery }) {
  const { t } = useWords();
  return (
    <>
      <Tag color={colours[item.state]}>{t(`delivery.${item.state}`)}</Tag>
      {item.receipt ? <Tag>{t(`receipt.${item.receipt}`)}</Tag> : null}
    </>
  );
}

const named = new Set(['institution', 'organisation', 'expert']);

/** To whom a notice went. */
export function To({ to }: { to: { kind: string; id: string } | null }) {
  const { t } = useWords();
  const say = useSay();
  if (!to) return <span className="quiet">—</span>;
  if (named.has(to.kind)) return <Named of={to.kind} id={to.id} />;
  if (to.kind === 'role') return <>{say('role', to.id.slice(to.id.lastIndexOf(':') + 1))}</>;
  return (
    <>
      {t(`to.${to.kind}`)} <span className="quiet code">{to.id.slice(-8)}</span>
    </>
  );
}

/** What a notice is about, in the words of its kind. */
export function useKindName(): (kind: string | null) => string {
  const { t, language } = useWords();
  const say = useSay();
  return (kind) => {
    if (kind === null) return t('notices.otherKind');
    if (language === 'en') return say('noticeKind', kind.replace('.', '-'));
    return kind in notificationKinds ? notificationKinds[kind as NotificationKindName].title : t('notices.otherKind');
  };
}

export const deliveryWords: Words = {
  'delivery.channel': ['方式', 'By'],
  'channel.inbox': ['收件箱', 'Inbox'],
  'channel.email': ['邮件', 'Mail'],
  'channel.sms': ['短信', 'Text message'],
  'delivery.state': ['状态', 'State'],
  'delivery.queued': ['待发', 'Queued'],
  'delivery.sent': ['已发出', 'Sent'],
  'delivery.delivered': ['已到达', 'Arrived'],
  'delivery.failed': ['未成功', 'Failed'],
  'delivery.resent': ['已重发', 'Sent again'],
  'receipt.awaited': ['等待回执', 'Receipt awaited'],
  'receipt.missing': ['三日仍无回执', 'No receipt after three days'],
  'receipt.arrived': ['回执：已到达', 'Receipt: arrived'],
  'receipt.not-arrived': ['回执：未到达', 'Receipt: not arrived'],
  'delivery.attempts': ['尝试次数', 'Attempts'],
  'delivery.reason': ['未成功的原因', 'Why it failed'],
  'delivery.sentAt': ['发出', 'Sent'],
  'delivery.to': ['收件人', 'To'],
  'to.account': ['账号', 'Account'],
  'to.post': ['岗位', 'Post'],
  'notices.kind': ['事由', 'About'],
  'notices.otherKind': ['其他通知', 'Another notice'],
};

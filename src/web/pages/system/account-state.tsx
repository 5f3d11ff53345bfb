import { Tag } from 'antd';
import type { accountRoutes } from '../../../modules/identity/accounts/accounts.contract';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import { useWords } from '../../words/language';
import { writeInstant } from '../../words/write';

/** Whether the person can sign in, in a word. */
export function AccountState({ account }: { account: ReplyOf<typeof accountRoutes.readAccount> }) {
  const { t, language } = useWords();
  const until = account.oneTimePasswordUntil;
  if (account.disabled) return <Tag color="red">{t('accounts.state.disabled')}</Tag>;
  if (until === null) return <Tag color="green">{t('accounts.state.usable')}</Tag>;
  if (Date.parse(until) < now()) return <Tag color="volcano">{t('accounts.state.expired')}</Tag>;
  return <Tag color="gold">{t('accounts.state.waiting', { until: writeInstant(until, language) })}</Tag>;
}

import { useState } from 'react';
import { Alert, Space, Switch, Tag } from 'antd';
import { contactRoutes } from '../../../modules/notifications/contacts.contract';
import type { ReplyOf } from '../../api/client';
import { useAct, useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { ActForm } from '../../forms/act-form';
import { ActButton } from '../../records/act-button';
import { Sheet } from '../../records/page';
import { SureButton } from '../../records/sure-button';
import { useWords, type Words } from '../../words/language';

type Contacts = ReplyOf<typeof contactRoutes.listContacts>;
type Channel = Contacts['available'][number];

/** Whether a verified address is used. */
function Used({ channel, enabled }: { channel: Channel; enabled: boolean }) {
  const { t } = useWords();
  const choose = useAct(contactRoutes.chooseContact);
  return (
    <>
      <Switch
        checked={enabled}
        loading={choose.isPending}
        aria-label={`${t(`contacts.${channel}`)} ${t('contacts.use')}`}
        checkedChildren={t('contacts.use')}
        unCheckedChildren={t('contacts.useNot')}
        onChange={(chosen) => choose.mutate({ params: { channel }, body: { enabled: chosen } })}
      />
      {choose.error ? <FaultNote error={choose.error} /> : null}
    </>
  );
}

/** One way to be told: its address, whether it was verified, and whether it is used. */
function Way({ channel, contacts }: { channel: Channel; contacts: Contacts }) {
  const { t } = useWords();
  const present = contacts.items.find((c) => c.channel === channel);
  const [isAsked, setAsked] = useState(false);
  const isOffered = contacts.available.includes(channel);
  const params = { channel };
  return (
    <li>
      <Space wrap>
        <strong>{t(`contacts.${channel}`)}</strong>
        <span className="code">{present?.address ?? t('contacts.noneYet')}</span>
        {present ? (
          <Tag color={present.verified ? 'green' : 'gold'}>
            {t(present.verified ? 'contacts.verified' : 'contacts.unverified')}
          </Tag>
        ) : null}
        {present?.verified ? <Used channel={channel} enabled={present.enabled} /> : null}
        {isOffered ? (
          <ActButton
            label={present ? t('contacts.change') : t('contacts.set')}
            route={contactRoutes.setContact}
            params={params}
            overrides={{ address: { label: t(`contacts.${channel}`), help: t(`contacts.${channel}.help`) } }}
            done={() => setAsked(true)}
          />
        ) : (
          <span className="quiet">{t('contacts.off')}</span>
        )}
        {present ? (
          <SureButton
            danger
            label={t('remove')}
            sure={t('contacts.remove.sure')}
            route={contactRoutes.removeContact}
            asked={{ params }}
          />
        ) : null}
      </Space>
      {present && !present.verified ? (
        <div className="narrow second">
          {isAsked ? <Alert type="info" showIcon title={t('contacts.sent')} /> : null}
          <ActForm
            route={contactRoutes.verifyContact}
            params={params}
            submitLabel={t('contacts.verify')}
            overrides={{ code: { label: t('contacts.code'), help: t('contacts.code.help') } }}
            done={() => setAsked(false)}
          />
        </div>
      ) : null}
    </li>
  );
}

/** Where the person is told outside of the inbox. */
export function OwnContacts() {
  const { t } = useWords();
  const query = useAsk(contactRoutes.listContacts);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  return (
    <Sheet title={t('contacts')}>
      <p className="quiet">{t('contacts.detail')}</p>
      <ul className="entries">
        {(['email', 'sms'] as const).map((channel) => (
          <Way key={channel} channel={channel} contacts={query.data} />
        ))}
      </ul>
    </Sheet>
  );
}

export const contactWords: Words = {
  contacts: ['接收通知的方式', 'How you are told'],
  'contacts.detail': [
    '收件箱始终接收；邮件和短信只作提醒，不含单位、矿山和人员名称。',
    'The inbox always is; mail and text messages only remind and name nobody.',
  ],
  'contacts.email': ['邮箱', 'Mail'],
  'contacts.email.help': ['形如 name@example.org', 'Such as name@example.org'],
  'contacts.sms': ['手机短信', 'Text message'],
  'contacts.sms.help': ['大陆手机号 11 位', 'Eleven digits, of the mainland'],
  'contacts.noneYet': ['未登记', 'None'],
  'contacts.verified': ['已确认', 'Verified'],
  'contacts.unverified': ['待以验证码确认', 'To be verified'],
  'contacts.use': ['接收', 'On'],
  'contacts.useNot': ['不接收', 'Off'],
  'contacts.set': ['登记', 'Set'],
  'contacts.change': ['更换', 'Change'],
  'contacts.off': ['本系统未开通此方式', 'Not connected here'],
  'contacts.remove.sure': [
    '删除后不再以此方式提醒，收件箱照常接收。',
    'You are no longer reminded this way; the inbox goes on.',
  ],
  'contacts.sent': ['验证码已发出，请查收', 'A code was sent; look for it'],
  'contacts.verify': ['确认', 'Verify'],
  'contacts.code': ['六位验证码', 'Six-digit code'],
  'contacts.code.help': ['没有收到的，请重新登记以再次发送', 'If none came, set the address again'],
};

import { Button, Tag } from 'antd';
import { sessionRoutes } from '../../../modules/identity/sessions/sessions.contract';
import type { ReplyOf } from '../../api/client';
import { useAct, useAsk } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { useStanding } from '../../app/session';
import { PasswordForm } from '../../entrance/first-password';
import { SecondFactorForm } from '../../entrance/second-factor';
import { Page, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { contactWords, OwnContacts } from './own-contacts';
import { keyWords, OwnKeys } from './own-keys';
import { NewCodes, OwnOidc, securityWords } from './own-security';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';

type Own = ReplyOf<typeof sessionRoutes.listSessions>['items'][number];

function Sessions() {
  const { t, language } = useWords();
  const say = useSay();
  const query = useAsk(sessionRoutes.listSessions);
  const endOne = useAct(sessionRoutes.endOneSession);
  const endOthers = useAct(sessionRoutes.endOtherSessions);
  const fault = query.error ?? endOne.error ?? endOthers.error;
  return (
    <Sheet title={t('own.sessions')} extra={<Button onClick={() => endOthers.mutate({})}>{t('own.endOthers')}</Button>}>
      {fault ? <FaultNote error={fault} /> : null}
      <Rows<Own>
        rowKey={(s) => s.id}
        rows={query.data?.items ?? []}
        isLoading={query.isLoading}
        empty="—"
        columns={[
          { key: 'openedAt', title: t('own.openedAt'), render: (s) => writeInstant(s.openedAt, language) },
          { key: 'via', title: t('own.via'), render: (s) => (s.via ? say('via', s.via) : '—') },
          {
            key: 'agent',
            title: t('own.agent'),
            render: (s) => [s.agent, s.address].filter(Boolean).join(' · ') || '—',
          },
          { key: 'lastSeenAt', title: t('own.lastSeenAt'), render: (s) => writeInstant(s.lastSeenAt, language) },
          { key: 'endsAt', title: t('own.endsAt'), render: (s) => writeInstant(s.endsAt, language) },
          {
            key: 'end',
            title: t('own.end'),
            render: (s) =>
              s.present ? (
                <Tag color="green">{t('own.present')}</Tag>
              ) : (
                <Button size="small" onClick={() => endOne.mutate({ params: { id: s.id } })}>
                  {t('own.end')}
                </Button>
              ),
          },
        ]}
      />
    </Sheet>
  );
}

export function Screen() {
  const { t, language } = useWords();
  const { session, refresh } = useStanding();
  return (
    <Page title={t('account.own')}>
      <Sheet>
        <p>
          {session.account.name}（{session.account.username}）
        </p>
        <p className="quiet">
          {t('own.lastSignIn')}：{session.lastSignIn ? writeInstant(session.lastSignIn, language) : t('none')}
          {session.failedSince > 0 ? ` · ${t('own.failed', { count: session.failedSince })}` : ''}
        </p>
      </Sheet>
      <OwnContacts />
      <Sessions />
      <Sheet title={t('password.change')}>
        <div className="narrow">
          <PasswordForm done={refresh} />
        </div>
      </Sheet>
      <Sheet title={t('own.totp')}>
        {session.totp === 'on' ? (
          <NewCodes />
        ) : (
          <>
            {session.totpDueFrom ? (
              <p className="late">{t('own.totp.due', { day: writeDay(session.totpDueFrom, language) })}</p>
            ) : null}
            <SecondFactorForm done={refresh} />
          </>
        )}
      </Sheet>
      <OwnOidc />
      <OwnKeys />
    </Page>
  );
}

export const words: Words = {
  ...contactWords,
  ...keyWords,
  ...securityWords,
  'own.sessions': ['本人的会话', 'Own sessions'],
  'own.endOthers': ['结束其他会话', 'End all others'],
  'own.openedAt': ['登录', 'Signed in'],
  'own.via': ['方式', 'By'],
  'via.password': ['口令', 'Password'],
  'via.oidc': ['统一身份认证', 'Unified identity'],
  'own.agent': ['浏览器与来源', 'Browser and source'],
  'own.lastSeenAt': ['最近操作', 'Last seen'],
  'own.endsAt': ['最迟结束', 'Ends at the latest'],
  'own.present': ['当前会话', 'This one'],
  'own.end': ['结束', 'End'],
  'own.lastSignIn': ['上一次登录', 'Last sign-in'],
  'own.failed': ['此前未成功的登录 {count} 次', '{count} failed sign-ins before'],
  'own.totp': ['动态口令', 'Second factor'],
  'own.totp.on': ['已启用；恢复码剩余 {count} 个。', 'On; {count} recovery codes are left.'],
  'own.totp.due': ['自 {day} 起须已启用。', 'Required from {day}.'],
};

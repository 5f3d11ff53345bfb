import { Tag } from 'antd';
import { deputyRoutes } from '../../../modules/identity/deputies/deputies.contract';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Page } from '../../records/page';
import { SureButton } from '../../records/sure-button';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay } from '../../words/write';
import { ColleaguePick, colleagueWords } from '../system/party-pick';

type Deputyship = ReplyOf<typeof deputyRoutes.listDeputies>['items'][number];

function DeputyState({ item }: { item: Deputyship }) {
  const { t } = useWords();
  const today = inBeijing(now()).day;
  if (item.revoked) return <Tag>{t('deputies.revoked')}</Tag>;
  if (item.to < today) return <Tag>{t('deputies.over')}</Tag>;
  if (item.from > today) return <Tag color="gold">{t('deputies.notYet')}</Tag>;
  return <Tag color="green">{t('deputies.inForce')}</Tag>;
}

/** Who acts for oneself while one is away, and for whom one acts; leads and the administrator arrange it for others. */
function Appoint() {
  const { t } = useWords();
  const may = useMay();
  const { post, session } = useStanding();
  if (!post || post.deputyship) return null;
  const forOthers = may('work.oversee') || may('post.grant');
  const today = inBeijing(now()).day;
  return (
    <ActButton
      primary
      label={t('deputies.appoint')}
      route={deputyRoutes.appointDeputy}
      initial={{ ...(may('post.grant') ? {} : { postId: post.id }), from: today, to: today }}
      overrides={{
        postId: {
          label: t('deputies.post'),
          help: '',
          hide: !forOthers,
          control: () => <ColleaguePick keep="postId" />,
        },
        deputyAccountId: {
          label: t('deputies.deputy'),
          help: t('deputies.deputy.help'),
          control: () => <ColleaguePick keep="accountId" without={forOthers ? [] : [session.account.id]} />,
        },
        from: { label: t('deputies.from') },
        to: { label: t('deputies.to') },
        reason: { label: t('deputies.reason'), help: t('deputies.reason.help') },
      }}
    />
  );
}

export function Screen() {
  const { t, language } = useWords();
  const say = useSay();
  const { session } = useStanding();
  const own = (person: { accountId: string; name: string }): string =>
    person.accountId === session.account.id ? t('deputies.me', { name: person.name }) : person.name;
  return (
    <Page title={t('deputies')} actions={<Appoint />}>
      <p>{t('deputies.detail')}</p>
      <ListTable
        name="deputies"
        route={deputyRoutes.listDeputies}
        rowKey={(d) => d.id}
        empty={t('deputies.none')}
        columns={[
          { key: 'holder', title: t('deputies.holder'), render: (d: Deputyship) => own(d.holder) },
          {
            key: 'role',
            title: t('deputies.post'),
            render: (d: Deputyship) => [say('role', d.role), d.office].filter(Boolean).join(' · '),
          },
          { key: 'deputy', title: t('deputies.deputy'), render: (d: Deputyship) => own(d.deputy) },
          {
            key: 'days',
            title: t('deputies.days'),
            render: (d: Deputyship) => `${writeDay(d.from, language)} ${t('to')} ${writeDay(d.to, language)}`,
          },
          { key: 'reason', title: t('deputies.reason'), render: (d: Deputyship) => d.reason },
          { key: 'state', title: t('deputies.state'), render: (d: Deputyship) => <DeputyState item={d} /> },
          {
            key: 'act',
            title: t('deputies.act'),
            render: (d: Deputyship) =>
              d.may.includes('revoke') ? (
                <SureButton
                  danger
                  size="small"
                  label={t('deputies.revoke')}
                  sure={t('deputies.revoke.sure', { name: d.deputy.name })}
                  route={deputyRoutes.revokeDeputy}
                  asked={{ params: { id: d.id } }}
                />
              ) : null,
          },
        ]}
      />
    </Page>
  );
}

export const words: Words = {
  ...colleagueWords,
  deputies: ['代办（AB岗）', 'Deputies'],
  'deputies.detail': [
    '出差、请假期间由同事代办。代办人在页面上方选择代办岗位后办理，记录中同时写明代办人和被代办人。',
    'A colleague acts while somebody is away. The deputy chooses that post at the top of the page; records name both.',
  ],
  'deputies.none': ['没有代办安排', 'No deputy is appointed'],
  'deputies.appoint': ['指定代办人', 'Appoint a deputy'],
  'deputies.post': ['被代办的岗位', 'Post'],
  'deputies.holder': ['被代办人', 'For'],
  'deputies.deputy': ['代办人', 'Deputy'],
  'deputies.deputy.help': ['须担任同一机关（单位）的岗位', 'Holds a post of the same authority or body'],
  'deputies.from': ['自', 'From'],
  'deputies.to': ['至（含当日）', 'Last day'],
  'deputies.days': ['期间', 'Days'],
  'deputies.reason': ['事由', 'Reason'],
  'deputies.reason.help': ['出差、请假、AB岗安排等', 'A journey, leave, a standing arrangement'],
  'deputies.state': ['状态', 'State'],
  'deputies.inForce': ['有效', 'In force'],
  'deputies.notYet': ['尚未开始', 'Not yet'],
  'deputies.over': ['已届满', 'Over'],
  'deputies.revoked': ['已收回', 'Revoked'],
  'deputies.act': ['办理', 'Act'],
  'deputies.revoke': ['收回', 'Revoke'],
  'deputies.revoke.sure': ['{name}从此刻起不能再代办。', 'From now on {name} no longer acts.'],
  'deputies.me': ['{name}（本人）', '{name} (you)'],
};

import { Tag } from 'antd';
import { Link } from 'react-router';
import { apiKeyRoutes } from '../../../modules/identity/api-keys/api-keys.contract';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import { ActButton } from '../../records/act-button';
import { Page } from '../../records/page';
import { useFilters } from '../../tables/address';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { permissionWords } from '../../words/permission-words';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';

type Key = ReplyOf<typeof apiKeyRoutes.listIssuedKeys>['items'][number];

function KeyState({ issued }: { issued: Key }) {
  const { t } = useWords();
  if (issued.revoked) return <Tag>{t('issuedKeys.revoked')}</Tag>;
  if (issued.expiresOn < inBeijing(now()).day) return <Tag>{t('issuedKeys.expired')}</Tag>;
  return issued.usable ? (
    <Tag color="green">{t('issuedKeys.usable')}</Tag>
  ) : (
    <Tag color="gold">{t('issuedKeys.idle')}</Tag>
  );
}

function useColumns(): Column<Key>[] {
  const { t, language } = useWords();
  const say = useSay();
  const scopes = (k: Key): string => k.scopes?.map((p) => t(`permission.${p}`)).join('、') ?? t('issuedKeys.all');
  return [
    {
      key: 'holder',
      title: t('issuedKeys.holder'),
      render: (k) => <Link to={`/accounts/${k.account.id}`}>{k.account.name}</Link>,
    },
    { key: 'name', title: t('issuedKeys.name'), render: (k) => k.name },
    { key: 'role', title: t('issuedKeys.role'), render: (k) => (k.role ? say('role', k.role) : '—') },
    { key: 'scopes', title: t('issuedKeys.scopes'), render: scopes },
    { key: 'expiresOn', title: t('issuedKeys.expiresOn'), render: (k) => writeDay(k.expiresOn, language) },
    {
      key: 'createdAt',
      title: t('issuedKeys.createdAt'),
      extra: true,
      render: (k) => writeInstant(k.createdAt, language),
    },
    { key: 'state', title: t('issuedKeys.state'), render: (k) => <KeyState issued={k} /> },
    {
      key: 'act',
      title: t('issuedKeys.act'),
      render: (k) =>
        k.may.includes('revoke') ? (
          <ActButton
            danger
            label={t('issuedKeys.revoke')}
            route={apiKeyRoutes.revokeIssuedKey}
            params={{ id: k.id }}
            overrides={{ reason: { label: t('issuedKeys.reason'), help: t('issuedKeys.reason.help') } }}
          />
        ) : (
          '—'
        ),
    },
  ];
}

/** Keys of everybody; the security administrator takes away what leaked. */
export function Screen() {
  const { t } = useWords();
  const { filters } = useFilters();
  const accountId = filters['accountId'];
  const columns = useColumns();
  return (
    <Page title={t('issuedKeys')}>
      <p className="quiet">{t('issuedKeys.detail')}</p>
      <ListTable
        name="issued-keys"
        route={apiKeyRoutes.listIssuedKeys}
        fixed={accountId === undefined ? {} : { accountId }}
        rowKey={(k) => k.id}
        empty={t('issuedKeys.none')}
        filters={[
          {
            name: 'state',
            label: t('issuedKeys.state'),
            options: [
              { value: 'unrevoked', label: t('issuedKeys.good') },
              { value: 'revoked', label: t('issuedKeys.revoked') },
            ],
          },
        ]}
        columns={columns}
      />
    </Page>
  );
}

export const words: Words = {
  ...permissionWords,
  issuedKeys: ['接口密钥', 'API keys'],
  'issuedKeys.detail': [
    '程序凭接口密钥以持有人岗位的名义调用接口。外泄的、持有人已离岗的，请立即作废；密钥本身不在此显示。',
    'By these programs act for their holders’ posts. Revoke what leaked or whose holder left; the keys themselves are not shown.',
  ],
  'issuedKeys.none': ['没有接口密钥', 'No API key'],
  'issuedKeys.holder': ['持有人', 'Holder'],
  'issuedKeys.name': ['用途', 'Purpose'],
  'issuedKeys.role': ['岗位', 'Post'],
  'issuedKeys.scopes': ['权限范围', 'Scopes'],
  'issuedKeys.all': ['岗位的全部权限', 'All that the post may'],
  'issuedKeys.expiresOn': ['最后有效日', 'Last day'],
  'issuedKeys.createdAt': ['签发时间', 'Issued'],
  'issuedKeys.state': ['状态', 'State'],
  'issuedKeys.good': ['未作废、未过期', 'Neither revoked nor expired'],
  'issuedKeys.usable': ['可用', 'Works'],
  'issuedKeys.idle': ['账号停用或岗位不在任', 'Account disabled or post over'],
  'issuedKeys.expired': ['已过期', 'Expired'],
  'issuedKeys.revoked': ['已作废', 'Revoked'],
  'issuedKeys.act': ['办理', 'Act'],
  'issuedKeys.revoke': ['作废', 'Revoke'],
  'issuedKeys.reason': ['作废原因', 'Reason'],
  'issuedKeys.reason.help': [
    '密钥立即失效，使用它的程序随即停止；原因告知持有人并记入日志',
    'The key ends at once, and with it the programs that use it; its holder is told the reason, and the log keeps it',
  ],
};

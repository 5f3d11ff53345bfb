import { useState } from 'react';
import { Alert, Button, Drawer, Select, Tag } from 'antd';
import { apiKeyRoutes } from '../../../modules/identity/api-keys/api-keys.contract';
import { permissions, type Permission, type Role } from '../../../modules/identity/permissions';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote } from '../../app/faults';
import { useStanding } from '../../app/session';
import { ActForm } from '../../forms/act-form';
import { PrintPart } from '../../records/print-part';
import { Sheet } from '../../records/page';
import { SureButton } from '../../records/sure-button';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { permissionWords } from '../../words/permission-words';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';

type Key = ReplyOf<typeof apiKeyRoutes.listKeys>['items'][number];
type Issued = ReplyOf<typeof apiKeyRoutes.issueKey>;

const DAYS = 365;
const DAY_MS = 86_400_000;

/** Which rights of the post the key gets; none chosen means all of them. */
function ScopePick({
  role,
  value,
  onChange,
  id,
}: {
  role: Role;
  value?: string[];
  onChange?: (v?: string[]) => void;
  id?: string;
}) {
  const { t } = useWords();
  const held = (Object.keys(permissions) as Permission[]).filter((p) =>
    (permissions[p] as readonly Role[]).includes(role),
  );
  return (
    <Select
      id={id}
      mode="multiple"
      allowClear
      value={value}
      onChange={(chosen: string[]) => onChange?.(chosen.length === 0 ? undefined : chosen)}
      placeholder={t('keys.scopes.all')}
      optionFilterProp="label"
      options={held.map((p) => ({ value: p, label: t(`permission.${p}`) }))}
    />
  );
}

function IssueForm({ done }: { done: (issued: Issued) => void }) {
  const { t } = useWords();
  const say = useSay();
  const { session, post } = useStanding();
  const own = session.posts.filter((p) => p.deputyship === null);
  return (
    <ActForm
      route={apiKeyRoutes.issueKey}
      submitLabel={t('keys.issue')}
      initial={{
        postId: post?.deputyship ? own[0]?.id : post?.id,
        expiresOn: inBeijing(now() + (DAYS - 1) * DAY_MS).day,
      }}
      overrides={{
        name: { label: t('keys.name'), help: t('keys.name.help') },
        postId: {
          label: t('keys.post'),
          help: '',
          control: () => (
            <Select
              options={own.map((p) => ({
                value: p.id,
                label: [say('role', p.role), p.office].filter(Boolean).join(' · '),
              }))}
            />
          ),
        },
        scopes: {
          label: t('keys.scopes'),
          help: t('keys.scopes.help'),
          control: () => <ScopePick role={post?.role ?? own[0]?.role ?? 'bureau'} />,
        },
        expiresOn: { label: t('keys.expiresOn'), help: t('keys.expiresOn.help') },
      }}
      done={done}
    />
  );
}

function KeyTable() {
  const { t, language } = useWords();
  const query = useAsk(apiKeyRoutes.listKeys, { query: { limit: 200 } });
  const today = inBeijing(now()).day;
  const state = (k: Key) => {
    if (k.revoked) return <Tag>{t('keys.revoked')}</Tag>;
    return k.expiresOn < today ? <Tag>{t('keys.expired')}</Tag> : <Tag color="green">{t('keys.good')}</Tag>;
  };
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  return (
    <Rows<Key>
      rowKey={(k) => k.id}
      isLoading={query.isPending}
      rows={query.data?.items ?? []}
      empty={t('keys.none')}
      columns={[
        { key: 'name', title: t('keys.name'), render: (k) => k.name },
        {
          key: 'scopes',
          title: t('keys.scopes'),
          render: (k) => k.scopes?.map((p) => t(`permission.${p}`)).join('、') ?? t('keys.scopes.all'),
        },
        { key: 'expiresOn', title: t('keys.expiresOn'), whole: true, render: (k) => writeDay(k.expiresOn, language) },
        { key: 'createdAt', title: t('keys.createdAt'), render: (k) => writeInstant(k.createdAt, language) },
        { key: 'state', title: t('keys.state'), render: (k) => state(k) },
        {
          key: 'acts',
          title: '',
          render: (k) =>
            k.revoked || k.expiresOn < today ? null : (
              <SureButton
                danger
                size="small"
                label={t('keys.revoke')}
                sure={t('keys.revoke.sure', { name: k.name })}
                route={apiKeyRoutes.revokeKey}
                asked={{ params: { id: k.id } }}
              />
            ),
        },
      ]}
    />
  );
}

/** Keys by which programs act for an own post; the key itself is shown once. */
export function OwnKeys() {
  const { t } = useWords();
  const { post } = useStanding();
  const [isOpen, setOpen] = useState(false);
  const [issued, setIssued] = useState<Issued>();
  if (!post) return null;
  return (
    <Sheet title={t('keys')} extra={<Button onClick={() => setOpen(true)}>{t('keys.issue')}</Button>}>
      <p className="quiet">{t('keys.detail')}</p>
      {issued ? (
        <>
          <Alert type="warning" showIcon title={issued.key ? t('keys.once') : t('keys.gone')} />
          {issued.key ? (
            <PrintPart extra={<Button onClick={() => setIssued(undefined)}>{t('keys.kept')}</Button>}>
              <p>
                {t('keys.key')}：<code className="code wrap">{issued.key}</code>
              </p>
            </PrintPart>
          ) : null}
        </>
      ) : null}
      <KeyTable />
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={t('keys.issue')} size={560} destroyOnHidden>
        <IssueForm
          done={(made) => {
            setIssued(made);
            setOpen(false);
          }}
        />
      </Drawer>
    </Sheet>
  );
}

export const keyWords: Words = {
  ...permissionWords,
  keys: ['接口密钥', 'API keys'],
  'keys.detail': [
    '供程序以本人岗位的名义调用接口。密钥等同口令，勿放入邮件或代码库。',
    'By these programs act for your post. A key is as good as a password: not into mail, not into code.',
  ],
  'keys.none': ['没有接口密钥', 'No API key'],
  'keys.issue': ['签发密钥', 'Issue a key'],
  'keys.name': ['用途', 'Purpose'],
  'keys.name.help': ['例如 省政务平台同步', 'Such as the exchange with the province’s platform'],
  'keys.post': ['岗位', 'Post'],
  'keys.scopes': ['权限范围', 'Scopes'],
  'keys.scopes.all': ['岗位的全部权限', 'All that the post may'],
  'keys.scopes.help': ['只给程序用得着的权限', 'Give no more than the program needs'],
  'keys.expiresOn': ['最后有效日', 'Last day'],
  'keys.expiresOn.help': ['含当日，至多一年', 'A year at most'],
  'keys.createdAt': ['签发时间', 'Issued'],
  'keys.state': ['状态', 'State'],
  'keys.good': ['有效', 'Good'],
  'keys.expired': ['已过期', 'Expired'],
  'keys.revoked': ['已作废', 'Revoked'],
  'keys.revoke': ['作废', 'Revoke'],
  'keys.revoke.sure': [
    '“{name}”立即失效，使用它的程序随即停止。',
    '“{name}” ends at once, and with it the programs that use it.',
  ],
  'keys.once': [
    '密钥只显示这一次，请立即保存到程序的密钥库',
    'Shown only now; store it in the program’s vault at once',
  ],
  'keys.gone': [
    '密钥此前已显示过；没有保存的，请作废后另签',
    'It was shown before; if it was not kept, revoke it and issue another',
  ],
  'keys.key': ['密钥', 'Key'],
  'keys.kept': ['已保存', 'I have kept it'],
};

import type { ReactNode } from 'react';
import { Button, Progress, Tag } from 'antd';
import { useNavigate } from 'react-router';
import type { Role } from '../../../modules/identity/permissions';
import { postRoutes } from '../../../modules/identity/posts/posts.contract';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useStanding } from '../../app/session';
import { Sheet } from '../../records/page';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing } from '../../words/write';
import { authorityWords } from '../system/authority-words';
import { SetAuthorityButton } from '../system/set-authority';

/** Who must be there before the service can work: each another person. */
const wanted = ['system-admin', 'auditor', 'bureau', 'bureau-lead'] as const satisfies readonly Role[];

interface Step {
  key: string;
  title: string;
  detail: string;
  isDone: boolean;
  act?: ReactNode;
}

function StepRow({ step, no }: { step: Step; no: number }) {
  const { t } = useWords();
  return (
    <li className={step.isDone ? 'step done' : 'step'}>
      <span className="step-no" aria-hidden="true">
        {step.isDone ? '✓' : no}
      </span>
      <div className="grow">
        <strong>{step.title}</strong>
        <p className="quiet">{step.detail}</p>
      </div>
      {step.isDone ? <Tag color="green">{t('first.done')}</Tag> : step.act}
    </li>
  );
}

function useSteps(held: ReadonlySet<string>, spareAdmin: boolean): Step[] {
  const { t } = useWords();
  const say = useSay();
  const { session } = useStanding();
  const navigate = useNavigate();
  const isNamed = session.authority !== null;
  const create = (role: Role, isFirst: boolean): ReactNode => (
    <Button
      type={isFirst ? 'primary' : 'default'}
      disabled={!isNamed}
      aria-label={`${t('first.create')}：${say('role', role)}`}
      onClick={() => void navigate(`/accounts/new?role=${role}`)}
    >
      {t('first.create')}
    </Button>
  );
  const next = wanted.find((role) => !held.has(role));
  return [
    {
      key: 'authority',
      title: t('first.authority'),
      detail: session.authority ? `${session.authority.code} ${session.authority.name}` : t('first.authority.detail'),
      isDone: isNamed,
      act: <SetAuthorityButton />,
    },
    ...wanted.map((role) => ({
      key: role,
      title: t('first.role', { role: say('role', role) }),
      detail: t(`first.role.${role}`),
      isDone: held.has(role),
      act: create(role, role === next),
    })),
    {
      key: 'security-admin',
      title: t('first.second'),
      detail: t('first.second.detail'),
      isDone: spareAdmin,
      act: create('security-admin', next === undefined),
    },
  ];
}

/** What is still to do before the service can work; gone when it is done. */
export function FirstStart() {
  const { t } = useWords();
  const query = useAsk(postRoutes.listPosts, { query: { limit: 200 } });
  const today = inBeijing(now()).day;
  const inForce = (query.data?.items ?? []).filter((p) => p.to === null || p.to >= today);
  const admins = new Set(inForce.filter((p) => p.role === 'security-admin').map((p) => p.accountId));
  const steps = useSteps(new Set(inForce.map((p) => p.role)), admins.size > 1);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const done = steps.filter((s) => s.isDone).length;
  // A house with hundreds of posts has long begun.
  if (done === steps.length || query.data.next !== null) return null;
  return (
    <Sheet title={t('first')} extra={<span className="quiet">{t('first.count', { done, all: steps.length })}</span>}>
      <p>{t('first.detail')}</p>
      <Progress percent={Math.round((done / steps.length) * 100)} showInfo={false} aria-label={t('first')} />
      <ol className="steps">
        {steps.map((step, n) => (
          <StepRow key={step.key} step={step} no={n + 1} />
        ))}
      </ol>
    </Sheet>
  );
}

export const words: Words = {
  ...authorityWords,
  first: ['开始使用', 'First steps'],
  'first.detail': [
    '按顺序办理；每项办完即打勾，全部办完后本清单不再显示。一人一号，三员须为不同的人。',
    'One after the other; each is ticked off when done, and the list goes when all are. One account for one person; the three administrators are different people.',
  ],
  'first.count': ['已完成 {done} / {all}', '{done} of {all} done'],
  'first.done': ['已完成', 'Done'],
  'first.create': ['新建账号', 'New account'],
  'first.authority': ['设定本系统所属的主管机关', 'Set the authority that owns the installation'],
  'first.authority.detail': ['填写行政区划代码和机关全称，只设一次。', 'Its division code and full name; set once.'],
  'first.role': ['为{role}建立账号和岗位', 'Account and post: {role}'],
  'first.role.system-admin': [
    '照看运行：未送出的通知、后台作业。不得兼任其他岗位。',
    'Looks after running: notices that failed, jobs. Holds nothing else.',
  ],
  'first.role.auditor': [
    '查阅日志，监督包括您在内的所有人。不得兼任其他岗位。',
    'Reads the log and watches everybody, you included. Holds nothing else.',
  ],
  'first.role.bureau': [
    '登记评估机构和矿山、组织抽取和委托。',
    'Registers institutions and mines, runs draws and commissions.',
  ],
  'first.role.bureau-lead': [
    '复核经办人的工作、作出决定、分派待办。',
    'Confirms the officers’ work, decides, assigns work.',
  ],
  'first.second': ['为第二名安全管理员建立账号和岗位', 'Account and post: a second security administrator'],
  'first.second.detail': [
    '您的口令或动态口令遗失时，只有另一名安全管理员能为您重置。',
    'If you lose your password or device, only another security administrator can reset it.',
  ],
};

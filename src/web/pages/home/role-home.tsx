import { Alert, Tag } from 'antd';
import { Link } from 'react-router';
import { personRoutes } from '../../../modules/experts/persons.contract';
import { inboxRoutes } from '../../../modules/notifications/inbox.contract';
import { mineRoutes } from '../../../modules/mines/mines.contract';
import { trailRoutes } from '../../../modules/workbench/audit-trail.contract';
import { operationsRoutes } from '../../../modules/workbench/operations.contract';
import { useAsk } from '../../api/hooks';
import { areas } from '../../app/area';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { Sheet } from '../../records/page';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing, writeDay, writeInstant } from '../../words/write';
import { eventTitles } from '../../words/event-titles';

const COLUMN = { 'zh-CN': 0, en: 1 } as const;

/** What this post can open, as large links: for whoever has no list of work. */
function Doors() {
  const { t, language } = useWords();
  const may = useMay();
  const places = areas
    .filter((area) => area.order > 0)
    .flatMap((area) => area.places)
    .filter((p) => !p.hidden && (p.permissions === undefined || may(...p.permissions)));
  return (
    <Sheet title={t('home.doors')}>
      <nav className="doors" aria-label={t('home.doors')}>
        {places.map((p) => (
          <Link key={p.base} to={`/${p.base}`} className="door">
            {p.label[COLUMN[language]]}
          </Link>
        ))}
      </nav>
    </Sheet>
  );
}

/** Notices that were not opened yet. */
function Unread() {
  const { t, language } = useWords();
  const query = useAsk(inboxRoutes.listInbox, { query: { unread: 'true', limit: 10 } });
  return (
    <Sheet title={t('home.unread')} extra={<Link to="/inbox">{t('inbox')}</Link>}>
      {query.error ? <FaultNote error={query.error} /> : null}
      {query.data?.items.length === 0 ? <p className="quiet">{t('home.unread.none')}</p> : null}
      <ul className="entries">
        {query.data?.items.map((i) => (
          <li key={i.id}>
            <Link to={`/inbox/${i.id}`}>{i.title}</Link>{' '}
            <span className="quiet">{writeInstant(i.arrivedAt, language)}</span>{' '}
            {i.deadline ? (
              <Tag color="gold">
                {t('work.dueOn')} {writeDay(i.deadline, language)}
              </Tag>
            ) : null}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** An expert: every body and team that names the person, so that a false entry is seen at once. */
function ExpertHome() {
  const { t, language } = useWords();
  const query = useAsk(personRoutes.own);
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { employments, teams } = query.data;
  return (
    <Sheet title={t('home.naming')}>
      <p>{t('home.naming.detail')}</p>
      {employments.length === 0 ? <p className="quiet">{t('home.naming.none')}</p> : null}
      <ul className="entries">
        {employments.map((e) => (
          <li key={e.id}>
            <Link to={`/employments/${e.id}`}>{e.institutionName}</Link>{' '}
            <span className="quiet">
              {writeDay(e.from, language)} {t('to')} {e.lastDay ? writeDay(e.lastDay, language) : t('forever')}
            </span>
          </li>
        ))}
        {teams
          .filter((team) => team.open)
          .map((team) => (
            <li key={team.evaluationId}>
              <Link to={`/evaluations/${team.evaluationId}`}>{t('home.team', { name: team.institutionName })}</Link>
            </li>
          ))}
      </ul>
    </Sheet>
  );
}

function MineHome() {
  const { t } = useWords();
  const query = useAsk(mineRoutes.list, { query: { limit: 50 } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  return (
    <Sheet title={t('home.mines')} extra={<Link to="/mine-contact-proposals">{t('home.proposals')}</Link>}>
      {query.data.items.length === 0 ? <p className="quiet">{t('home.mines.none')}</p> : null}
      <ul className="entries">
        {query.data.items.map((m) => (
          <li key={m.id}>
            <Link to={`/mines/${m.id}`}>{m.name}</Link> <span className="code quiet">{m.licenceNumber}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** The system administrator: is the service well, do its jobs run, and what could not be sent. */
function SystemHome() {
  const { t } = useWords();
  const query = useAsk(operationsRoutes.show, {}, { every: 60_000 });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { ready, notes, outbox, jobs } = query.data;
  const bad = jobs.filter((j) => ['failed', 'broken-off', 'overdue'].includes(j.condition)).length;
  const tile = (to: string, count: number, label: string) => (
    <Link className={count > 0 ? 'tile alarming' : 'tile'} to={to}>
      <strong>{count}</strong>
      <span>{label}</span>
    </Link>
  );
  return (
    <>
      <Alert
        type={ready ? 'success' : 'error'}
        showIcon
        title={ready ? t('home.ready') : t('home.notReady')}
        description={
          notes.length === 0 ? undefined : (
            <ul className="faults">
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )
        }
      />
      <div className="tiles">
        {tile('/operations', bad, t('home.jobs'))}
        {tile('/dead-letters', outbox.failed, t('home.failed'))}
        {tile('/dead-letters?what=without-receipt', outbox.withoutReceipt, t('home.silent'))}
      </div>
    </>
  );
}

/** The auditor: refused sign-ins and acts of today, and the latest of the log. */
function AuditorHome() {
  const { t, language } = useWords();
  const say = useSay();
  const today = inBeijing(now()).day;
  const refused = useAsk(trailRoutes.list, { query: { type: 'session.refused', from: today, limit: 1 } });
  const latest = useAsk(trailRoutes.list, { query: { from: today, limit: 10 } });
  const fault = refused.error ?? latest.error;
  if (fault) return <FaultNote error={fault} retry={() => void latest.refetch()} />;
  const count = refused.data?.count;
  return (
    <>
      <div className="tiles">
        <Link
          className={count !== undefined && count !== '0' ? 'tile alarming' : 'tile'}
          to={`/audit?type=session.refused&from=${today}`}
        >
          <strong>{count ?? '…'}</strong>
          <span>{t('home.refused')}</span>
        </Link>
        <Link className="tile" to={`/audit?from=${today}`}>
          <strong>{latest.data?.count ?? '…'}</strong>
          <span>{t('home.acts')}</span>
        </Link>
      </div>
      <Sheet title={t('home.latest')} extra={<Link to="/audit">{t('home.log')}</Link>}>
        {latest.data?.items.length === 0 ? <p className="quiet">{t('home.latest.none')}</p> : null}
        <ul className="entries">
          {latest.data?.items.map((e) => (
            <li key={e.id}>
              <Link to={`/audit/${e.id}`}>{language === 'en' ? (eventTitles[e.type] ?? e.title) : e.title}</Link>{' '}
              <span className="quiet">
                {[e.account?.name ?? say('role', e.role), writeInstant(e.at, language)].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}

/** The first screen of roles that have no list of work. */
export function RoleHome() {
  const { t } = useWords();
  const { post } = useStanding();
  if (!post) return <Alert type="warning" showIcon title={t('post.none')} />;
  return (
    <>
      {post.role === 'expert' ? <ExpertHome /> : null}
      {post.role === 'mine' ? <MineHome /> : null}
      {post.role === 'system-admin' ? <SystemHome /> : null}
      {post.role === 'auditor' ? <AuditorHome /> : null}
      <Unread />
      <Doors />
    </>
  );
}

export const words: Words = {
  'home.jobs': ['有问题的后台作业', 'Jobs in trouble'],
  'home.refused': ['今日未成功的登录', 'Sign-ins refused today'],
  'home.acts': ['今日操作', 'Acts of today'],
  'home.latest': ['今日最近的操作', 'Latest acts of today'],
  'home.latest.none': ['今日没有操作', 'Nothing was done today'],
  'home.log': ['操作日志', 'Log of acts'],
  'role.account': ['账号（未选岗位）', 'Account, no post chosen'],
  'role.public': ['未登录', 'Not signed in'],
  'role.system': ['系统', 'The service'],
  'home.doors': ['功能', 'What you can open'],
  'home.unread': ['未读通知', 'Unread notices'],
  'home.unread.none': ['没有未读通知', 'Nothing unread'],
  'home.naming': ['登记了您的机构和评估组', 'Bodies and teams that name you'],
  'home.naming.detail': [
    '不认识的机构、不实的期间，请打开后提出异议。',
    'If you do not know one of them, or its days are wrong, open it and object.',
  ],
  'home.naming.none': ['没有机构登记您为其人员', 'No body names you'],
  'home.team': ['{name}的评估组', 'A team of {name}'],
  'home.mines': ['本企业的矿山', 'Own mines'],
  'home.mines.none': [
    '没有登记在本企业名下的矿山，有误的请联系主管机关',
    'No mine is on record as yours; if that is wrong, tell the authority',
  ],
  'home.proposals': ['联系人变更申请', 'Proposals of contacts'],
  'home.ready': ['服务运行正常', 'The service is well'],
  'home.notReady': ['服务未就绪，请按下列提示处理', 'The service is not ready; see below'],
  'home.failed': ['未能送出的通知', 'Notices that could not be sent'],
  'home.silent': ['三日仍无回执的短信', 'Text messages without a receipt'],
};

import { Alert, Descriptions, Tag } from 'antd';
import { Link } from 'react-router';
import { operationsRoutes } from '../../../modules/workbench/operations.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { Page, Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { writeInstant } from '../../words/write';
import { jobWords } from './job-words';

type Operations = ReplyOf<typeof operationsRoutes.show>;
type Job = Operations['jobs'][number];

const COLOURS: Readonly<Record<Job['condition'], string | undefined>> = {
  never: undefined,
  running: 'green',
  well: 'green',
  failed: 'red',
  'broken-off': 'red',
  overdue: 'red',
};

function Jobs({ jobs }: { jobs: readonly Job[] }) {
  const { t, language } = useWords();
  const at = (text: string | null): string => (text === null ? '—' : writeInstant(text, language));
  return (
    <Rows<Job>
      rows={jobs}
      rowKey={(j) => j.name}
      empty={t('operations.noJobs')}
      columns={[
        { key: 'job', title: t('operations.job'), render: (j) => t(`job.${j.name}`) },
        {
          key: 'condition',
          title: t('operations.condition'),
          render: (j) => <Tag color={COLOURS[j.condition]}>{t(`jobCondition.${j.condition}`)}</Tag>,
        },
        { key: 'last', title: t('operations.last'), render: (j) => at(j.lastStartedAt) },
        {
          key: 'next',
          title: t('operations.next'),
          render: (j) => (j.onDemand ? t('operations.onDemand') : at(j.nextAt)),
        },
        {
          key: 'error',
          title: t('operations.error'),
          render: (j) =>
            j.lastFailedAt === null ? (
              '—'
            ) : (
              <>
                {at(j.lastFailedAt)} <span className="code wrap">{j.lastError}</span>
              </>
            ),
        },
      ]}
    />
  );
}

/** How the machine runs: readiness, what waits to be sent, background jobs. */
export function Screen() {
  const { t, language } = useWords();
  const query = useAsk(operationsRoutes.show, {}, { every: 30_000 });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { asOf, ready, notes, version, database, outbox, jobs } = query.data;
  return (
    <Page title={t('operations')} tags={<span className="quiet">{writeInstant(asOf, language)}</span>}>
      <Alert
        type={ready ? 'success' : 'error'}
        showIcon
        title={t(ready ? 'operations.ready' : 'operations.notReady')}
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
        <div className="tile">
          <strong>{outbox.waiting}</strong>
          <span>{t('operations.waiting')}</span>
        </div>
        <Link className={outbox.failed > 0 ? 'tile alarming' : 'tile'} to="/dead-letters">
          <strong>{outbox.failed}</strong>
          <span>{t('operations.failed')}</span>
        </Link>
        <Link className="tile" to="/dead-letters?what=without-receipt">
          <strong>{outbox.withoutReceipt}</strong>
          <span>{t('operations.silent')}</span>
        </Link>
      </div>
      <Sheet title={t('operations.jobs')}>
        <Jobs jobs={jobs} />
      </Sheet>
      <Sheet>
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, sm: 1, md: 2 }}
          items={[
            { key: 'version', label: t('operations.version'), children: version },
            { key: 'database', label: t('operations.database'), children: database },
          ]}
        />
      </Sheet>
    </Page>
  );
}

export const words: Words = {
  ...jobWords,
  operations: ['运行情况', 'How it runs'],
  'operations.ready': ['服务运行正常', 'The service is well'],
  'operations.notReady': ['服务未就绪，请按下列提示处理', 'The service is not ready; see below'],
  'operations.waiting': ['待送出的通知', 'Notices waiting to be sent'],
  'operations.failed': ['未能送出的通知', 'Notices that could not be sent'],
  'operations.silent': ['三日仍无回执的短信', 'Text messages without a receipt'],
  'operations.jobs': ['后台作业', 'Background jobs'],
  'operations.noJobs': ['没有后台作业', 'No background job'],
  'operations.job': ['作业', 'Job'],
  'operations.condition': ['状况', 'Condition'],
  'operations.last': ['上次运行', 'Last run'],
  'operations.next': ['下次运行', 'Next run'],
  'operations.onDemand': ['有事可办时', 'When there is something to do'],
  'operations.error': ['最近一次出错', 'Last fault'],
  'operations.version': ['程序版本', 'Version'],
  'operations.database': ['数据库', 'Database'],
};

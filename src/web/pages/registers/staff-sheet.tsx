import { Tag } from 'antd';
import { Link } from 'react-router';
import { employmentRoutes } from '../../../modules/experts/employments.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { useMoment } from '../../records/moment';
import { Sheet } from '../../records/page';
import { ExportButton } from '../../tables/export-button';
import { Rows, type RowColumn } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { FileList } from './file-list';

type Person = ReplyOf<typeof employmentRoutes.staff>['items'][number];

/** Whether an employment counts, and if not, why: in words. */
export function Confirmation(props: Pick<Person, 'confirmed' | 'disputed' | 'evidenceMissing'>) {
  const { t } = useWords();
  const say = useSay();
  const what = props.evidenceMissing.map((need) => say('evidenceMissing', need)).join('、');
  return (
    <>
      {props.disputed ? <Tag color="red">{t('staff.disputed')}</Tag> : null}
      {props.confirmed ? (
        <Tag color="green">{t('staff.confirmed')}</Tag>
      ) : (
        <Tag color="gold">{t('staff.unconfirmed')}</Tag>
      )}
      {what === '' ? null : <Tag color="gold">{t('staff.missing', { what })}</Tag>}
    </>
  );
}

function Specialties({ person }: { person: Person }) {
  const { t } = useWords();
  const say = useSay();
  if (person.limited) return <span className="quiet">{t('staff.limited')}</span>;
  if (person.specialties.length === 0) return <>—</>;
  return person.specialties.map((s) => {
    const isProved = person.specialtyEvidence[s] !== undefined;
    return (
      <Tag key={s} color={isProved ? 'green' : undefined}>
        {say('specialties', s)}
        {isProved ? '' : `（${t('staff.unproved')}）`}
      </Tag>
    );
  });
}

function useColumns(): RowColumn<Person>[] {
  const { t } = useWords();
  const say = useSay();
  return [
    {
      key: 'name',
      title: t('staff.name'),
      render: (p) => (
        <>
          <Link to={`/experts/${p.expertId}`}>{p.name ?? '—'}</Link> <span className="code">{p.platformNumber}</span>
        </>
      ),
    },
    {
      key: 'kind',
      title: t('staff.kind'),
      render: (p) => <Link to={`/employments/${p.employmentId}`}>{say('kind', p.kind)}</Link>,
    },
    { key: 'state', title: t('staff.state'), render: (p) => <Confirmation {...p} /> },
    {
      key: 'title',
      title: t('staff.title'),
      render: (p) => (
        <>
          {p.titleLevel ? say('titleLevel', p.titleLevel) : '—'}
          {p.titleLevel && p.titleLevel !== 'none' && p.titleEvidence === null ? (
            <Tag color="gold">{t('staff.titleUnproved')}</Tag>
          ) : null}
        </>
      ),
    },
    { key: 'specialties', title: t('staff.specialties'), render: (p) => <Specialties person={p} /> },
  ];
}

function StaffTools({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay();
  const moment = useMoment();
  const { post } = useStanding();
  const isOwn = post?.institutionId === null || post?.institutionId === id;
  return (
    <span className="acts no-print">
      {may('employment.record') && isOwn ? (
        <ActButton
          label={t('staff.record')}
          route={employmentRoutes.record}
          fixed={{ institutionId: id }}
          overrides={{ evidenceFileIds: { control: () => <FileList /> } }}
        >
          <p className="quiet">{t('staff.record.help')}</p>
        </ActButton>
      ) : null}
      {may('import.use') && isOwn ? (
        <Link to={`/imports/new?kind=staff&institutionId=${id}`}>{t('staff.import')}</Link>
      ) : null}
      <ExportButton route={exportRoutes.staff} params={{ id }} filters={moment} takes={['asOf', 'knownAt']} />
    </span>
  );
}

/** Staff of an institution at a moment, with what counts and why the rest does not. */
export function StaffSheet({ id }: { id: string }) {
  const { t } = useWords();
  const moment = useMoment();
  const columns = useColumns();
  const query = useAsk(employmentRoutes.staff, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { items } = query.data;
  const count = (is: (p: Person) => boolean): number => items.filter(is).length;
  const missing = (p: Person): boolean => p.evidenceMissing.length > 0;
  return (
    <Sheet title={t('staff')} extra={<StaffTools id={id} />}>
      {items.length === 0 ? null : (
        <p className="quiet">
          {t('staff.summary', {
            all: items.length,
            counted: count((p) => p.confirmed && !p.disputed && !missing(p)),
            waiting: count((p) => !p.confirmed),
            disputed: count((p) => p.disputed),
            missing: count(missing),
          })}
        </p>
      )}
      <Rows<Person> rowKey={(row) => row.employmentId} rows={items} empty={t('staff.none')} columns={columns} />
    </Sheet>
  );
}

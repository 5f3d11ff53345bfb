import type { ReactNode } from 'react';
import { Empty, Table, Tag, type TableProps } from 'antd';
import { Link } from 'react-router';
import type { employmentRoutes } from '../../../modules/experts/employments.contract';
import type { ReplyOf } from '../../api/client';
import { Span } from '../../records/lines';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { Confirmation } from './staff-sheet';

export type Employment = ReplyOf<typeof employmentRoutes.read>;

/** How far an employment is confirmed; one that was struck out says why. */
export function EmploymentState({ employment }: { employment: Employment }) {
  const { t } = useWords();
  if (employment.voided !== null) return <Tag>{t('employment.voided', { reason: employment.voided })}</Tag>;
  return (
    <>
      <Confirmation {...employment} />
      {employment.sheetRecorded && !employment.confirmed ? <Tag color="blue">{t('employment.sheet.waits')}</Tag> : null}
    </>
  );
}

/** Employments of one person, each with the way to its record. */
export function EmploymentTable(props: { employments: readonly Employment[]; act?: (one: Employment) => ReactNode }) {
  const { employments, act } = props;
  const { t } = useWords();
  const say = useSay();
  const columns: NonNullable<TableProps<Employment>['columns']> = [
    {
      title: t('field.institutionId'),
      render: (_: unknown, e) => <Link to={`/employments/${e.id}`}>{e.institutionName}</Link>,
    },
    { title: t('staff.kind'), render: (_: unknown, e) => say('kind', e.kind) },
    { title: t('employment.days'), render: (_: unknown, e) => <Span from={e.from} lastDay={e.lastDay} /> },
    { title: t('employment.state'), render: (_: unknown, e) => <EmploymentState employment={e} /> },
  ];
  // Beside the name, where a telephone shows it too.
  const acts = { title: t('papers.act'), className: 'no-print', render: (_: unknown, e: Employment) => act?.(e) };
  return (
    <Table<Employment>
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowKey={(e) => `${e.id}${e.from}`}
      dataSource={[...employments]}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('experts.employments.none')} /> }}
      columns={act ? [...columns.slice(0, 1), acts, ...columns.slice(1)] : columns}
    />
  );
}

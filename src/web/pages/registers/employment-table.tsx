import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { Link } from 'react-router';
import type { employmentRoutes } from '../../../modules/experts/employments.contract';
import type { ReplyOf } from '../../api/client';
import { Span } from '../../records/lines';
import { Rows, type RowColumn } from '../../tables/rows';
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
  const columns: RowColumn<Employment>[] = [
    {
      key: 'institutionId',
      title: t('field.institutionId'),
      render: (e) => <Link to={`/employments/${e.id}`}>{e.institutionName}</Link>,
    },
    { key: 'kind', title: t('staff.kind'), render: (e) => say('kind', e.kind) },
    { key: 'days', title: t('employment.days'), render: (e) => <Span from={e.from} lastDay={e.lastDay} /> },
    { key: 'state', title: t('employment.state'), render: (e) => <EmploymentState employment={e} /> },
  ];
  // Beside the name, where a telephone shows it too.
  const acts = { key: 'act', title: t('papers.act'), className: 'no-print', render: (e: Employment) => act?.(e) };
  return (
    <Rows<Employment>
      rowKey={(e) => `${e.id}${e.from}`}
      rows={[...employments]}
      empty={t('experts.employments.none')}
      columns={act ? [...columns.slice(0, 1), acts, ...columns.slice(1)] : columns}
    />
  );
}

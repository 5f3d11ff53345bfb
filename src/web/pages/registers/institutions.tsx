import { Link, Navigate, useNavigate } from 'react-router';
import { Tag } from 'antd';
import { institutionRoutes } from '../../../modules/institutions/institutions.contract';
import { exportRoutes } from '../../../modules/workbench/exports.contract';
import type { ReplyOf } from '../../api/client';
import { useMay, useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { listAndRecord } from '../../records/list-and-record';
import { Page, PrintButton } from '../../records/page';
import { ExportButton } from '../../tables/export-button';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { ReportingTags } from './change-list';
import { changeWords } from './change-words';
import { InstitutionRecord } from './institution-record';
import { institutionWords } from './institution-words';
import { paperWords } from './papers';
import { useCertificate } from './certificate';
import { readinessWords } from './readiness-words';
import { registerWords } from './words';

type Item = ReplyOf<typeof institutionRoutes.list>['items'][number];

function useColumns(): Column<Item>[] {
  const { t } = useWords();
  return [
    {
      key: 'name',
      title: t('field.name'),
      render: (i) => <Link to={`/institutions/${i.id}`}>{i.name}</Link>,
    },
    { key: 'uscc', title: t('field.uscc'), render: (i) => <span className="code">{i.uscc}</span> },
    {
      key: 'reporting',
      title: t('changes'),
      render: (i) =>
        i.reporting.owing + i.reporting.waiting === 0 ? (
          <span className="quiet">{t('institutions.owesNothing')}</span>
        ) : (
          <Link to={`/institutions/${i.id}?tab=changes`}>
            <ReportingTags mark={i.reporting} />
          </Link>
        ),
    },
    {
      key: 'readiness',
      title: t('readiness'),
      render: (i) => <Link to={`/institutions/${i.id}?tab=readiness`}>{t('readiness.see')}</Link>,
    },
  ];
}

function List() {
  const { t } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const columns = useColumns();
  const certificate = useCertificate();
  return (
    <Page
      title={t('institutions')}
      actions={
        <>
          {may('institution.register') ? (
            <ActButton
              primary
              label={t('institutions.register')}
              route={institutionRoutes.register}
              overrides={{
                ...certificate,
                organisationId: { hide: true },
                uscc: { label: t('field.uscc'), help: t('institutions.uscc.help') },
              }}
              done={(reply) => void navigate(`/institutions/${reply.id}`)}
            />
          ) : null}
          <PrintButton />
        </>
      }
    >
      <ListTable
        name="institutions"
        route={institutionRoutes.list}
        rowKey={(i) => i.id}
        empty={t('institutions.none')}
        filters={[{ name: 'q', label: t('institutions.find') }]}
        tools={(filters) => <ExportButton route={exportRoutes.institutions} filters={filters} takes={['q']} />}
        columns={columns}
      />
      <p className="quiet no-print">
        <Tag color="red">{t('changes.overdue')}</Tag>
        {t('institutions.overdue.help')}
      </p>
    </Page>
  );
}

/** An institution's clerk has one institution to look at: the own one. */
function Start() {
  const { post } = useStanding();
  return post?.institutionId ? <Navigate to={`/institutions/${post.institutionId}`} replace /> : <List />;
}

export const Screen = listAndRecord(Start, InstitutionRecord);

export const words: Words = {
  ...registerWords,
  ...paperWords,
  ...changeWords,
  ...readinessWords,
  ...institutionWords,
};

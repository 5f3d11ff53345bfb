import { Link, Route, Routes, useNavigate, useParams } from 'react-router';
import { organisationReply, organisationRoutes } from '../../../modules/organisations/organisations.contract';
import { ask, type ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import type { Values } from '../../forms/values';
import { Facts } from '../../records/facts';
import { HistorySheets } from '../../records/history';
import { MomentBar, useMoment } from '../../records/moment';
import { ActButton } from '../../records/act-button';
import { Page, PrintButton, Sheet } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';

type Item = ReplyOf<typeof organisationRoutes.list>['items'][number];
type Body = ReplyOf<typeof organisationRoutes.read>;

/** The record's own schema: what an entry says. */
const recordSchema = organisationReply.shape.record;

function List() {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Page
      title={t('organisations')}
      actions={
        may('organisation.register') ? (
          <ActButton
            primary
            label={t('organisations.register')}
            route={organisationRoutes.register}
            done={(reply) => void navigate(`/organisations/${reply.id}`)}
          />
        ) : null
      }
    >
      <ListTable
        name="organisations"
        route={organisationRoutes.list}
        rowKey={(o) => o.id}
        filters={[{ name: 'q', label: t('organisations.find') }]}
        columns={[
          {
            key: 'name',
            title: t('field.name'),
            render: (o: Item) => <Link to={`/organisations/${o.id}`}>{o.name ?? '—'}</Link>,
          },
          { key: 'uscc', title: t('field.uscc'), render: (o: Item) => <span className="code">{o.uscc}</span> },
          {
            key: 'legalForm',
            title: t('field.legalForm'),
            render: (o: Item) => (o.legalForm ? say('legalForm', o.legalForm) : '—'),
          },
        ]}
      />
    </Page>
  );
}

/** What an amendment begins with: the entry that holds today. */
const contentOf = (body: Body): Values => {
  const { recordedAt: _at, paper: _paper, from: _from, lastDay: _last, ...content } = body.record ?? ({} as never);
  return content;
};

function Record() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const may = useMay();
  const moment = useMoment();
  const query = useAsk(organisationRoutes.read, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const body = query.data;
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  return (
    <Page
      title={body.record?.name ?? body.uscc}
      tags={<span className="code">{body.uscc}</span>}
      actions={
        <>
          {may('organisation.amend') && isNow ? (
            <ActButton
              primary
              label={t('organisations.amend')}
              route={organisationRoutes.amend}
              params={{ id }}
              version={body.version}
              initial={contentOf(body)}
              reread={async () => {
                const fresh = await ask(organisationRoutes.read, { params: { id } });
                return { version: fresh.version, initial: contentOf(fresh) };
              }}
            />
          ) : null}
          <PrintButton />
        </>
      }
    >
      <MomentBar />
      <Sheet title={t('organisations.record')}>
        {body.record ? <Facts schema={recordSchema} record={body.record} /> : <p>{t('organisations.nothingThen')}</p>}
      </Sheet>
      <Sheet title={t('organisations.formerNames')}>
        <Facts schema={organisationReply} record={body} only={['formerNames', 'registeredProvince']} />
      </Sheet>
      <HistorySheets routes={organisationRoutes} id={id} schema={recordSchema} />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":id" element={<Record />} />
    </Routes>
  );
}

export const words: Words = {
  organisations: ['组织', 'Organisations'],
  'organisations.find': ['名称（含曾用名）或信用代码', 'Name, former name or credit code'],
  'organisations.register': ['登记组织', 'Register an organisation'],
  'organisations.amend': ['登记变更', 'Record a change'],
  'organisations.record': ['登记内容', 'What is on record'],
  'organisations.formerNames': ['曾用名与登记地', 'Former names and place of registration'],
  'organisations.nothingThen': ['该时点尚无登记内容', 'Nothing was on record at that moment'],
};

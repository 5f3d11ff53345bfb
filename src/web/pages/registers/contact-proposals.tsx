import { contactRoutes } from '../../../modules/mines/contacts.contract';
import { proposalStates } from '../../../modules/mines/contacts.states';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Span } from '../../records/lines';
import { Named } from '../../records/named';
import { Page, PrintButton } from '../../records/page';
import { ListTable, type Column } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';
import { mineWords } from './mine-words';
import { paperWords } from './papers';
import { registerWords } from './words';

type Proposal = ReplyOf<typeof contactRoutes.listProposals>['items'][number];

function Acts({ proposal: p }: { proposal: Proposal }) {
  const { t } = useWords();
  const may = useMay();
  if (p.state !== 'proposed') return <>—</>;
  const act = { params: { id: p.id }, version: p.version };
  return (
    <span className="acts">
      {may('mine.amend') ? (
        <>
          <ActButton primary label={t('proposals.accept')} route={contactRoutes.acceptProposal} {...act}>
            <p className="quiet">{t('proposals.accept.help')}</p>
          </ActButton>
          <ActButton
            label={t('proposals.return')}
            route={contactRoutes.returnProposal}
            {...act}
            overrides={{ reason: { label: t('proposals.return.reason') } }}
          />
        </>
      ) : null}
      {may('mine.propose') ? (
        <ActButton label={t('proposals.withdraw')} route={contactRoutes.withdrawProposal} {...act} />
      ) : null}
    </span>
  );
}

function useColumns(isOfOne: boolean): Column<Proposal>[] {
  const { t, language } = useWords();
  const columns: Column<Proposal>[] = [
    { key: 'mine', title: t('mines.name'), render: (p) => <Named of="mine" id={p.mineId} /> },
    { key: 'reason', title: t('proposals.reason'), render: (p) => p.reason },
    {
      key: 'items',
      title: t('contacts'),
      render: (p) => (
        <ul className="values">
          {p.items.map((c) => (
            <li key={`${c.name}${c.from}`}>
              {c.name} · {c.role} · {c.phone} · <Span from={c.from} lastDay={c.lastDay} />
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'proposedAt', title: t('proposals.proposedAt'), render: (p) => writeInstant(p.proposedAt, language) },
    {
      key: 'state',
      title: t('proposals.state'),
      render: (p) => (
        <>
          <State of="contact-proposal" value={p.state} />
          {p.decisionReason ?? ''}
        </>
      ),
    },
    { key: 'act', title: t('papers.act'), render: (p) => <Acts proposal={p} /> },
  ];
  return isOfOne ? columns.filter((c) => c.key !== 'mine') : columns;
}

/** Contacts that operators proposed, of one mine or of all. */
export function ProposalList({ mineId }: { mineId?: string }) {
  const { t } = useWords();
  const say = useSay();
  const columns = useColumns(mineId !== undefined);
  return (
    <ListTable
      name={mineId === undefined ? 'contact-proposals' : 'contact-proposals-of-one'}
      route={contactRoutes.listProposals}
      fixed={mineId === undefined ? undefined : { mineId }}
      rowKey={(p) => p.id}
      empty={t('proposals.none')}
      filters={[
        {
          name: 'state',
          label: t('proposals.state'),
          options: proposalStates.map((value) => ({ value, label: say('contact-proposal', value) })),
        },
      ]}
      columns={columns}
    />
  );
}

export function Screen() {
  const { t } = useWords();
  return (
    <Page title={t('proposals')} actions={<PrintButton />}>
      <ProposalList />
    </Page>
  );
}

export const words: Words = { ...registerWords, ...paperWords, ...mineWords };

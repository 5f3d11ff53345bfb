import { listRoutes } from '../../../modules/organisations/lists.contract';
import type { ReplyOf } from '../../api/client';
import { useMay } from '../../app/session';
import { LinesSheet } from '../../records/lines';
import { Named } from '../../records/named';
import type { Column } from '../../tables/list-table';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { ShareInput } from './share-input';

type Owner = ReplyOf<typeof listRoutes.readOwners>['items'][number];
type FormerCode = ReplyOf<typeof listRoutes.readFormerCodes>['items'][number];
type Successor = ReplyOf<typeof listRoutes.readSuccessors>['items'][number];

const HUNDRED = 100;

/** Shareholders, sponsors, supervisors, with their days. */
export function OwnersSheet({ id }: { id: string }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const columns: Column<Owner>[] = [
    { key: 'relation', title: t('field.relation'), render: (o) => say('relation', o.relation) },
    { key: 'holderKind', title: t('field.holderKind'), render: (o) => say('holderKind', o.holderKind) },
    {
      key: 'name',
      title: t('field.name'),
      render: (o) => (
        <>
          {o.organisationId ? <Named of="organisation" id={o.organisationId} /> : (o.name ?? '—')}
          {o.uscc && !o.organisationId ? <div className="code">{o.uscc}</div> : null}
        </>
      ),
    },
    {
      key: 'share',
      title: t('field.shareBasisPoints'),
      render: (o) => (o.shareBasisPoints === null ? '—' : `${(o.shareBasisPoints / HUNDRED).toFixed(2)}%`),
    },
  ];
  return (
    <LinesSheet
      title={t('organisations.owners')}
      id={id}
      read={listRoutes.readOwners}
      put={listRoutes.putOwners}
      may={may('organisation.amend')}
      columns={columns}
      empty={t('organisations.owners.none')}
      overrides={{
        items: { label: t('organisations.owners') },
        name: { label: t('organisations.owner.name') },
        shareBasisPoints: { help: t('organisations.share.help'), control: () => <ShareInput /> },
      }}
    />
  );
}

/** Codes the body bore before. */
export function FormerCodesSheet({ id }: { id: string }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const columns: Column<FormerCode>[] = [
    { key: 'kind', title: t('organisations.code.kind'), render: (c) => say('kind', c.kind) },
    { key: 'code', title: t('organisations.code'), render: (c) => <span className="code">{c.code}</span> },
  ];
  return (
    <LinesSheet
      title={t('organisations.formerCodes')}
      id={id}
      read={listRoutes.readFormerCodes}
      put={listRoutes.putFormerCodes}
      may={may('organisation.amend')}
      columns={columns}
      empty={t('organisations.formerCodes.none')}
      note={t('organisations.formerCodes.note')}
      overrides={{
        items: { label: t('organisations.formerCodes') },
        kind: { label: t('organisations.code.kind') },
      }}
    />
  );
}

/** Who carries on after a merger, division or conversion. */
export function SuccessorsSheet({ id }: { id: string }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const columns: Column<Successor>[] = [
    {
      key: 'organisation',
      title: t('organisations.successor'),
      render: (s) => <Named of="organisation" id={s.organisationId} />,
    },
    { key: 'uscc', title: t('field.uscc'), render: (s) => <span className="code">{s.uscc}</span> },
    { key: 'kind', title: t('organisations.succession.kind'), render: (s) => say('kind', s.kind) },
  ];
  return (
    <LinesSheet
      title={t('organisations.successors')}
      id={id}
      read={listRoutes.readSuccessors}
      put={listRoutes.putSuccessors}
      may={may('organisation.amend')}
      columns={columns}
      empty={t('organisations.successors.none')}
      overrides={{
        items: { label: t('organisations.successors') },
        kind: { label: t('organisations.succession.kind') },
        organisationId: { label: t('organisations.successor') },
      }}
    />
  );
}

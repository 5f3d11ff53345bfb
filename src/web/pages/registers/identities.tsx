import { Checkbox, Select, Tag } from 'antd';
import { personRoutes } from '../../../modules/experts/persons.contract';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { Sheet } from '../../records/page';
import { Rows } from '../../tables/rows';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import type { Person } from './expert-record';
import { IdentityOne } from './identity-field';

type Held = Person['identities'][number];

function Replaced(props: { held: readonly Held[]; value?: string; onChange?: (id?: string) => void; id?: string }) {
  const say = useSay();
  return (
    <Select
      id={props.id}
      allowClear
      value={props.value}
      onChange={props.onChange}
      options={props.held.map((d) => ({ value: d.id, label: `${say('kind', d.kind)} ${d.mask}` }))}
    />
  );
}

function Seen(props: { value?: boolean; onChange?: (value: boolean) => void; id?: string }) {
  const { t } = useWords();
  return (
    <Checkbox id={props.id} checked={props.value === true} onChange={(e) => props.onChange?.(e.target.checked)}>
      {t('experts.document.seen')}
    </Checkbox>
  );
}

function AddDocument({ person }: { person: Person }) {
  const { t } = useWords();
  const valid = person.identities.filter((d) => d.withdrawnFor === null);
  return (
    <ActButton
      label={t('experts.document.add')}
      route={personRoutes.addDocument}
      params={{ id: person.id }}
      overrides={{
        identity: { label: t('experts.document.identity'), control: () => <IdentityOne /> },
        originalSeen: { label: t('experts.documentSeen'), control: () => <Seen /> },
        replaces: { label: t('experts.document.replaces'), control: () => <Replaced held={valid} /> },
      }}
    />
  );
}

/** Identity documents of a person, masked. */
export function IdentitySheet({ person }: { person: Person }) {
  const { t } = useWords();
  const say = useSay();
  const may = useMay();
  const mayAct = may('expert.document') && person.mergedInto === null;
  return (
    <Sheet title={t('experts.identities')} extra={mayAct ? <AddDocument person={person} /> : null}>
      <Rows<Held>
        rowKey={(row) => row.id}
        rows={person.identities}
        empty={t('experts.document.none')}
        columns={[
          { key: 'kind', title: t('identity.kind'), render: (d) => say('kind', d.kind) },
          { key: 'number', title: t('identity.number'), render: (d) => <span className="code">{d.mask}</span> },
          {
            key: 'documentSeen',
            title: t('experts.documentSeen'),
            render: (d) => (d.documentSeen ? t('yes') : t('no')),
          },
          {
            key: 'state',
            title: t('matter.state'),
            render: (d) =>
              d.withdrawnFor ? (
                <Tag>{say('withdrawnFor', d.withdrawnFor)}</Tag>
              ) : (
                <Tag color="green">{t('lines.holds')}</Tag>
              ),
          },
          {
            key: 'act',
            title: t('papers.act'),
            className: 'no-print',
            render: (d) =>
              mayAct && d.withdrawnFor === null ? (
                <ActButton
                  label={t('experts.document.withdraw')}
                  danger
                  route={personRoutes.withdrawDocument}
                  params={{ id: person.id, identityId: d.id }}
                  overrides={{ for: { label: t('experts.document.for') } }}
                />
              ) : (
                '—'
              ),
          },
        ]}
      />
    </Sheet>
  );
}

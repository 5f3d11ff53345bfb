import { Checkbox, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { correctionRoutes } from '../../../modules/experts/corrections.contract';
import { correctionStates } from '../../../modules/experts/corrections.states';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { useMay } from '../../app/session';
import { labelOf } from '../../forms/schema';
import { ActButton } from '../../records/act-button';
import { Span } from '../../records/lines';
import { listAndRecord } from '../../records/list-and-record';
import { Named } from '../../records/named';
import { Page, PrintButton, Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { Value } from '../../records/value';
import { MatterList } from '../../tables/matter-list';
import { Rows } from '../../tables/rows';
import { useWords, type Words } from '../../words/language';
import { State } from '../../words/say';
import { writeInstant } from '../../words/write';
import { expertFields } from './expert-fields';
import { personWords } from './person-words';

type Correction = ReplyOf<typeof correctionRoutes.read>;
type Asked = Correction['asked'][number];

const fieldOf = (name: string) => expertFields.find((f) => f.name === name);

function useAskedLabel(): (asked: Asked) => string {
  const { t, language } = useWords();
  return (a) => (a.field === 'name' ? t('experts.name') : labelOf({ name: a.field, said: a.label }, t, language));
}

function List() {
  const { t, language } = useWords();
  const label = useAskedLabel();
  return (
    <MatterList
      title={t('corrections')}
      base="expert-corrections"
      route={correctionRoutes.list}
      states={correctionStates}
      empty={t('corrections.none')}
      columns={[
        {
          key: 'askedAt',
          title: t('corrections.askedAt'),
          render: (c: Correction) => (
            <Link to={`/expert-corrections/${c.id}`}>{writeInstant(c.askedAt, language)}</Link>
          ),
        },
        {
          key: 'person',
          title: t('employment.person'),
          render: (c: Correction) => <Named of="expert" id={c.expertId} />,
        },
        {
          key: 'fields',
          title: t('corrections.changes'),
          render: (c: Correction) => c.asked.map(label).join('、'),
        },
      ]}
    />
  );
}

function Granted(props: { asked: readonly Asked[]; value?: string[]; onChange?: (v: string[]) => void; id?: string }) {
  const label = useAskedLabel();
  const options = props.asked.map((a) => ({ value: a.field, label: label(a) }));
  return <Checkbox.Group options={options} value={props.value} onChange={props.onChange} />;
}

function Acts({ correction: c }: { correction: Correction }) {
  const { t } = useWords();
  const may = useMay();
  if (c.state !== 'open') return null;
  const params = { id: c.id };
  return (
    <>
      {may('correction.decide') ? (
        <>
          <ActButton
            primary
            label={t('corrections.grant')}
            route={correctionRoutes.grant}
            params={params}
            initial={{ fields: c.asked.map((a) => a.field) }}
            overrides={{
              fields: { label: t('corrections.grant.fields'), control: () => <Granted asked={c.asked} /> },
            }}
          >
            <p className="quiet">{t('corrections.grant.help')}</p>
          </ActButton>
          <ActButton label={t('corrections.refuse')} route={correctionRoutes.refuse} params={params} />
        </>
      ) : null}
      {may('expert.own') ? (
        <ActButton label={t('corrections.withdraw')} route={correctionRoutes.withdraw} params={params} />
      ) : null}
    </>
  );
}

function AskedTable({ correction: c }: { correction: Correction }) {
  const { t } = useWords();
  const label = useAskedLabel();
  return (
    <Rows<Asked>
      rowKey={(row) => row.field}
      rows={c.asked}
      columns={[
        { key: 'field', title: t('corrections.field'), render: (a) => label(a) },
        {
          key: 'recorded',
          title: t('corrections.recorded'),
          render: (a) => <Value name={a.field} value={a.recorded} field={fieldOf(a.field)} />,
        },
        {
          key: 'wanted',
          title: t('corrections.wanted'),
          render: (a) => <Value name={a.field} value={a.wanted} field={fieldOf(a.field)} />,
        },
        ...(c.granted
          ? [
              {
                key: 'granted',
                title: t('corrections.granted'),
                render: (a: Asked) => (
                  <Tag color={c.granted!.includes(a.field) ? 'green' : undefined}>
                    {c.granted!.includes(a.field) ? t('yes') : t('no')}
                  </Tag>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Record() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(correctionRoutes.read, { params: { id } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const c = query.data;
  return (
    <Page
      title={t('corrections')}
      tags={<State of="expert-correction" value={c.state} />}
      actions={
        <>
          <Acts correction={c} />
          <PrintButton />
        </>
      }
    >
      <Sheet>
        <p>
          {t('employment.person')}：<Named of="expert" id={c.expertId} /> · {t('corrections.askedAt')}{' '}
          {writeInstant(c.askedAt, language)} · <Span from={c.from} lastDay={c.lastDay} />
        </p>
        <p>
          {t('merges.reason')}：{c.reason}
        </p>
        <p>
          {t('changes.files')}：
          {c.fileIds.length === 0
            ? t('none')
            : c.fileIds.map((f, n) => <StoredFile key={f} id={f} label={`${t('papers.scan')} ${n + 1} `} />)}
        </p>
        {c.decidedAt ? (
          <p>
            {t('decidedAt')} {writeInstant(c.decidedAt, language)}
            {c.decisionReason ? ` · ${c.decisionReason}` : ''}
            {c.decisionPaper ? ` · ${c.decisionPaper}` : ''}
          </p>
        ) : null}
      </Sheet>
      <Sheet title={t('corrections.changes')}>
        <AskedTable correction={c} />
      </Sheet>
    </Page>
  );
}

export const Screen = listAndRecord(List, Record);

export const words: Words = personWords;

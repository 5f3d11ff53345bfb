import { useState } from 'react';
import { Alert, Button, Form, Input, Tabs } from 'antd';
import { screeningRoutes, type Verdict } from '../../../modules/screening/screening.contract';
import { ask } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { ActForm } from '../../forms/act-form';
import { Page, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { writeDay, writeInstant } from '../../words/write';
import { Rows } from '../../tables/rows';
import { BarState } from './bar-state';
import { words } from './words';

export { words };

const looks = { fit: 'success', 'not-fit': 'error', 'needs-person': 'warning' } as const;

/** The verdict in words, with every reason and the bars behind it. */
function VerdictSheet({ verdict: v }: { verdict: Verdict }) {
  const { t, language } = useWords();
  return (
    <Sheet>
      <Alert
        type={looks[v.verdict]}
        showIcon
        role="status"
        title={t(`screening.${v.verdict}`)}
        description={t('screening.on', { day: writeDay(v.asOf, language), at: writeInstant(v.knownAt, language) })}
      />
      <h3>{t('screening.reasons')}</h3>
      <ul className="values">
        {v.reasons.map((r) => (
          <li key={r.text}>
            {r.text}
            {r.citation ? <span className="quiet">{`（${r.citation}）`}</span> : null}
          </li>
        ))}
      </ul>
      {v.bars.length > 0 ? (
        <>
          <h3>{t('screening.bars')}</h3>
          <Rows
            rowKey={(row) => row.decisionNumber}
            rows={v.bars}
            columns={[
              { key: 'name', title: t('bars.name'), render: (b) => b.name },
              { key: 'decisionNumber', title: t('field.decisionNumber'), render: (b) => b.decisionNumber },
              { key: 'servedOn', title: t('field.servedOn'), render: (b) => writeDay(b.servedOn, language) },
              {
                key: 'lastBarredDay',
                title: t('field.lastBarredDay'),
                render: (b) => writeDay(b.lastBarredDay, language),
              },
              { key: 'freeFrom', title: t('field.freeFrom'), render: (b) => writeDay(b.freeFrom, language) },
              { key: 'state', title: t('field.state'), render: (b) => <BarState bar={b} /> },
            ]}
          />
        </>
      ) : null}
    </Sheet>
  );
}

function OfInstitution({ answer }: { answer: (verdict: Verdict | undefined) => void }) {
  const { t } = useWords();
  const [fault, setFault] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const screen = async ({ uscc, asOf }: { uscc?: string; asOf?: string }): Promise<void> => {
    setFault(undefined);
    setBusy(true);
    answer(undefined);
    try {
      answer(await ask(screeningRoutes.institution, { params: { uscc: (uscc ?? '').trim() }, query: { asOf } }));
    } catch (error) {
      setFault(error as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form
      layout="vertical"
      className="narrow"
      onValuesChange={() => answer(undefined)}
      onFinish={(values) => void screen(values as never)}
    >
      <Form.Item name="uscc" label={t('screening.uscc')} rules={[{ required: true, message: t('form.required') }]}>
        <Input className="code" maxLength={18} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="asOf" label={t('screening.asOf')}>
        <Input type="date" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('screening.ask')}
      </Button>
      {fault ? <FaultNote error={fault} /> : null}
    </Form>
  );
}

function OfPerson({ answer }: { answer: (verdict: Verdict | undefined) => void }) {
  const { t } = useWords();
  return (
    <div className="narrow">
      <p className="quiet">{t('screening.person.note')}</p>
      <ActForm
        route={screeningRoutes.person}
        submitLabel={t('screening.ask')}
        overrides={{
          number: { label: t('screening.number') },
          kind: { label: t('field.identity') },
          asOf: { label: t('screening.asOf') },
          purpose: { label: t('screening.purpose') },
        }}
        done={answer}
        // The former verdict is about somebody else as soon as another number is typed.
        touched={() => answer(undefined)}
      />
    </div>
  );
}

/** 采信核验: may this party's assessments be accepted on a day, and why. */
export function Screen() {
  const { t } = useWords();
  const [verdict, setVerdict] = useState<Verdict>();
  return (
    <Page title={t('screening.title')}>
      <Sheet>
        <Tabs
          destroyOnHidden
          onChange={() => setVerdict(undefined)}
          items={[
            { key: 'institution', label: t('screening.institution'), children: <OfInstitution answer={setVerdict} /> },
            { key: 'person', label: t('screening.person'), children: <OfPerson answer={setVerdict} /> },
          ]}
        />
      </Sheet>
      {verdict ? <VerdictSheet verdict={verdict} /> : null}
    </Page>
  );
}

import { useState } from 'react';
import { Alert, Button, Form, Input, Table, Tabs } from 'antd';
import { screeningRoutes, type Verdict } from '../../../modules/screening/screening.contract';
import { ask } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { ActForm } from '../../forms/act-form';
import { Page, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { State } from '../../words/say';
import { writeDay, writeInstant } from '../../words/write';
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
          <Table
            size="small"
            scroll={{ x: 'max-content' }}
            pagination={false}
            rowKey="decisionNumber"
            dataSource={v.bars}
            columns={[
              { title: t('bars.name'), render: (_: unknown, b) => b.name },
              { title: t('field.decisionNumber'), render: (_: unknown, b) => b.decisionNumber },
              { title: t('field.servedOn'), render: (_: unknown, b) => writeDay(b.servedOn, language) },
              { title: t('field.lastBarredDay'), render: (_: unknown, b) => writeDay(b.lastBarredDay, language) },
              { title: t('field.freeFrom'), render: (_: unknown, b) => writeDay(b.freeFrom, language) },
              { title: t('field.state'), render: (_: unknown, b) => <State of="bar" value={b.state} /> },
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

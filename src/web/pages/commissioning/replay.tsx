import { useState } from 'react';
import { Button, Collapse, Input, Select, Tag } from 'antd';
import { Link } from 'react-router';
import { replayRoutes } from '../../../modules/commissions/replay.contract';
import { policyRoutes } from '../../../modules/policy/profiles/profiles.contract';
import type { ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { now } from '../../app/browser';
import { FaultNote, Waiting } from '../../app/faults';
import { Name } from '../../records/name';
import { Page, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { inBeijing, writeDay } from '../../words/write';
import { Rows } from '../../tables/rows';
import { words } from './words';

export { words };

type ReplayLot = ReplyOf<typeof replayRoutes.replay>['items'][number];
type Turn = ReplayLot['turns'][number];
type Judged = Turn['by'][number]['then'];

interface Question {
  id: string;
  from: string;
  to: string;
}

function Passed({ passed }: { passed: boolean }) {
  const { t } = useWords();
  return <Tag color={passed ? 'green' : 'red'}>{t(passed ? 'replay.passed' : 'replay.failed')}</Tag>;
}

function Turns({ turns }: { turns: readonly Turn[] }) {
  const { t, language } = useWords();
  const said = (j: Judged): string => (j === null ? t('replay.noRule') : `${j.measured}/${j.required}`);
  return (
    <Rows<Turn>
      rowKey={(turn) => `${turn.kind}:${turn.institutionId}:${turn.ref ?? ''}`}
      rows={[...turns]}
      columns={[
        {
          key: 'institution',
          title: t('pool.institution'),
          render: (x) => <Name of="institution" id={x.institutionId} />,
        },
        {
          key: 'act',
          title: '',
          render: (x) => {
            const label = t(`replay.kind.${x.kind}`);
            if (x.ref === null) return label;
            return <Link to={`/${x.kind === 'team' ? 'evaluations' : 'assignments'}/${x.ref}`}>{label}</Link>;
          },
        },
        { key: 'day', title: t('replay.day'), render: (x) => writeDay(x.day, language) },
        { key: 'then', title: t('replay.then'), render: (x) => <Passed passed={x.passedThen} /> },
        { key: 'now', title: t('replay.now'), render: (x) => <Passed passed={x.passesNow} /> },
        {
          key: 'rules',
          title: t('replay.rules'),
          render: (x) => (
            <ul className="values">
              {x.by.map((b) => (
                <li key={b.rule}>{`${b.title}：${said(b.then)} → ${said(b.now)}`}</li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}

function Answer({ question }: { question: Question }) {
  const { t, language } = useWords();
  const { id, from, to } = question;
  const query = useAsk(replayRoutes.replay, { params: { id }, query: { from, to } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  if (query.data.items.length === 0) return <p className="quiet">{t('replay.none')}</p>;
  return (
    <Collapse
      defaultActiveKey={query.data.items.filter((l) => l.turns.length > 0).map((l) => l.lotId)}
      items={query.data.items.map((l) => ({
        key: l.lotId,
        label: `${l.name} · ${writeDay(l.openedOn, language)} · ${
          l.turns.length === 0 ? t('replay.same') : l.turns.length
        }`,
        children: (
          <>
            <p>
              {t('replay.judged', l.judged)} · <Link to={`/lots/${l.lotId}`}>{t('view')}</Link>
            </p>
            {l.turns.length > 0 ? <Turns turns={l.turns} /> : null}
          </>
        ),
      }))}
    />
  );
}

/** 试算: who would have come out differently under another version of the rules. */
export function Screen() {
  const { t } = useWords();
  const adopted = useAsk(policyRoutes.list);
  const drafts = useAsk(policyRoutes.drafts);
  const today = inBeijing(now()).day;
  const [asked, setAsked] = useState<Question>({ id: '', from: `${today.slice(0, 4)}-01-01`, to: today });
  const [question, setQuestion] = useState<Question>();
  const fault = adopted.error ?? drafts.error;
  const options = [...(drafts.data?.items ?? []), ...(adopted.data?.items ?? [])].map((p) => ({
    value: p.id,
    label: `${p.title}（${p.effectiveFrom ?? t('profile.draft')}）`,
  }));
  return (
    <Page title={t('replay.title')}>
      <Sheet>
        <p className="quiet">{t('replay.intro')}</p>
        {fault ? <FaultNote error={fault} /> : null}
        <form
          className="filters"
          onSubmit={(e) => {
            e.preventDefault();
            setQuestion(asked.id === '' ? undefined : asked);
          }}
        >
          <label>
            {t('replay.profile')}{' '}
            <Select
              className="find"
              aria-label={t('replay.profile')}
              placeholder={t('replay.pick')}
              value={asked.id || undefined}
              onChange={(id: string) => setAsked({ ...asked, id })}
              options={options}
            />
          </label>
          {(['from', 'to'] as const).map((name) => (
            <label key={name}>
              {t(`replay.${name}`)}{' '}
              <Input
                type="date"
                className="filter"
                value={asked[name]}
                onChange={(e) => setAsked({ ...asked, [name]: e.target.value })}
              />
            </label>
          ))}
          <Button type="primary" htmlType="submit" disabled={asked.id === ''}>
            {t('replay.run')}
          </Button>
        </form>
      </Sheet>
      <Sheet>{question ? <Answer question={question} /> : <p className="quiet">{t('replay.choose')}</p>}</Sheet>
    </Page>
  );
}

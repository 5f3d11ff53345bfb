import { useState } from 'react';
import { Button, Collapse, Empty, Input, Space, Timeline } from 'antd';
import type * as z from 'zod';
import type { changeItem, diffReply, historyRoutes } from '../../kernel/http/history-routes';
import { useAsk } from '../api/hooks';
import { FaultNote, Waiting } from '../app/faults';
import { fieldsOf, labelOf, type Field } from '../forms/schema';
import { Rows } from '../tables/rows';
import { useWords } from '../words/language';
import { useSay } from '../words/say';
import { writeDay, writeInstant } from '../words/write';
import { Sheet } from './page';
import { Value } from './value';

type Change = z.output<typeof changeItem>;
type FieldChange = Change['stretches'][number]['changes'][number];
type Entry = Change['entries'][number];
type Routes = ReturnType<typeof historyRoutes>;

function useFields(schema: z.ZodType): (name: string) => Field | undefined {
  const fields = new Map(fieldsOf(schema).map((f) => [f.name, f]));
  return (name) => fields.get(name);
}

function ChangeTable({
  changes,
  fieldOf,
}: {
  changes: readonly FieldChange[];
  fieldOf: (name: string) => Field | undefined;
}) {
  const { t, language } = useWords();
  return (
    <Rows
      rows={changes}
      rowKey={(c) => c.field}
      empty={t('diff.none')}
      columns={[
        {
          key: 'field',
          title: t('form.conflict.field'),
          render: (c) => labelOf({ name: c.field, said: fieldOf(c.field)?.said ?? c.label }, t, language),
        },
        {
          key: 'before',
          title: t('diff.before'),
          render: (c) => <Value name={c.field} value={c.before} field={fieldOf(c.field)} />,
        },
        {
          key: 'after',
          title: t('diff.after'),
          render: (c) => <Value name={c.field} value={c.after} field={fieldOf(c.field)} />,
        },
      ]}
    />
  );
}

/** Who recorded an entry, when and on what paper. */
export function Recorded({ entry }: { entry: Pick<Entry, 'recordedAt' | 'recordedBy' | 'paper'> }) {
  const { t, language } = useWords();
  const say = useSay();
  const by = entry.recordedBy;
  const who = by
    ? [by.office, by.role ? say('role', by.role) : null, by.account?.name].filter(Boolean).join(' · ')
    : t('history.bySystem');
  return (
    <span className="quiet">
      {writeInstant(entry.recordedAt, language)} {t('history.recorded')} · {who}
      {entry.paper ? ` · ${t('history.paper')}：${entry.paper}` : ''}
    </span>
  );
}

/** Everything that was ever recorded of a record, newest first. */
export function ChangesSheet({ routes, id, schema }: { routes: Routes; id: string; schema: z.ZodType }) {
  const { t, language } = useWords();
  const fieldOf = useFields(schema);
  const [cursor, setCursor] = useState<string>();
  const query = useAsk(routes.changes, { params: { id }, query: { limit: 20, ...(cursor ? { cursor } : {}) } });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { items, next, previous } = query.data;
  const until = (day: string | null): string => (day === null ? t('forever') : writeDay(day, language));
  return (
    <Sheet title={t('history.changes')}>
      {items.length === 0 ? <Empty description={t('table.empty')} /> : null}
      <Timeline
        items={items.map((change, n) => ({
          key: `${change.recordedAt}-${n}`,
          content: (
            <>
              {change.list ? <strong>{change.list.label}</strong> : null}
              {change.entries.map((entry, i) => (
                <div key={i}>
                  <Recorded entry={entry} />
                </div>
              ))}
              {change.stretches.map((s) => (
                <div key={`${s.from}-${s.lastDay}`} className="stretch">
                  <p>
                    {t('history.from')} {writeDay(s.from, language)} {t('to')} {until(s.lastDay)}
                  </p>
                  <ChangeTable changes={s.changes} fieldOf={fieldOf} />
                </div>
              ))}
            </>
          ),
        }))}
      />
      <div className="pager">
        <Button disabled={!previous} onClick={() => setCursor(previous ?? undefined)}>
          {t('table.previous')}
        </Button>
        <Button disabled={!next} onClick={() => setCursor(next ?? undefined)}>
          {t('table.next')}
        </Button>
      </div>
    </Sheet>
  );
}

function Diff({ reply, schema }: { reply: z.output<typeof diffReply>; schema: z.ZodType }) {
  const { t } = useWords();
  const fieldOf = useFields(schema);
  return (
    <>
      <ChangeTable changes={reply.changes} fieldOf={fieldOf} />
      {reply.entries.length === 0 ? null : (
        <ul className="faults">
          {reply.entries.map((entry, n) => (
            <li key={n}>
              <Recorded entry={entry} />
            </li>
          ))}
        </ul>
      )}
      {reply.from.held && reply.to.held ? null : <p className="quiet">{t('diff.notHeld')}</p>}
    </>
  );
}

/** Two moments beside each other: what differs and by which entries. */
export function DiffSheet({ routes, id, schema }: { routes: Routes; id: string; schema: z.ZodType }) {
  const { t } = useWords();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [asked, setAsked] = useState<{ fromAsOf?: string; toAsOf?: string }>();
  const query = useAsk(routes.diff, { params: { id }, query: asked ?? {} }, { enabled: asked !== undefined });
  return (
    <Sheet title={t('history.diff')}>
      <Space wrap className="filters">
        <label>
          {t('diff.before')}{' '}
          <Input type="date" className="filter" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label>
          {t('diff.after')} <Input type="date" className="filter" value={to} onChange={(e) => setTo(e.target.value)} />
        </label>
        <Button
          disabled={from === ''}
          onClick={() => setAsked({ fromAsOf: from, ...(to === '' ? {} : { toAsOf: to }) })}
        >
          {t('diff.show')}
        </Button>
      </Space>
      {query.error ? <FaultNote error={query.error} /> : null}
      {query.data ? <Diff reply={query.data} schema={schema} /> : null}
    </Sheet>
  );
}

/** History of a record on its screen, opened when it is wanted. */
export function HistorySheets(props: { routes: Routes; id: string; schema: z.ZodType }) {
  const { t } = useWords();
  return (
    <Collapse
      className="no-print"
      items={[
        { key: 'changes', label: t('history.changes'), children: <ChangesSheet {...props} /> },
        { key: 'diff', label: t('history.diff'), children: <DiffSheet {...props} /> },
      ]}
    />
  );
}

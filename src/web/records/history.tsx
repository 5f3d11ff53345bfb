import { useState } from 'react';
import { Button, Collapse, Empty, Input, Timeline } from 'antd';
import type * as z from 'zod';
import type { changeItem, diffQuery, diffReply, historyRoutes } from '../../kernel/http/history-routes';
import { useAsk } from '../api/hooks';
import { FaultNote, Waiting } from '../app/faults';
import { fieldsOf, labelOf, type Field } from '../forms/schema';
import { Rows } from '../tables/rows';
import { useWords } from '../words/language';
import { useSay } from '../words/say';
import { writeDay, writeInstant } from '../words/write';
import { Pager } from './pager';
import { instantOf } from './moment';
import { Sheet } from './page';
import { ProofsSheet } from './proofs';
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
      <Pager previous={previous} next={next} turn={setCursor} />
    </Sheet>
  );
}

function Diff({ reply, schema }: { reply: z.output<typeof diffReply>; schema: z.ZodType }) {
  const { t, language } = useWords();
  const fieldOf = useFields(schema);
  const { from, to } = reply;
  return (
    <>
      <p>
        {t('diff.of', {
          fromAsOf: writeDay(from.asOf, language),
          fromKnownAt: writeInstant(from.knownAt, language),
          toAsOf: writeDay(to.asOf, language),
          toKnownAt: writeInstant(to.knownAt, language),
        })}
      </p>
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
      {from.held && to.held ? null : <p className="quiet">{t('diff.notHeld')}</p>}
    </>
  );
}

interface Chosen {
  asOf: string;
  /** A minute in Beijing, as the field holds it. */
  knownAt: string;
}
const PRESENT: Chosen = { asOf: '', knownAt: '' };

/** One of the two moments: of which day, and as known at which instant; what stays empty is the present. */
function MomentFields(props: { title: string; value: Chosen; change: (value: Chosen) => void }) {
  const { title, value, change } = props;
  const { t } = useWords();
  const field = (name: keyof Chosen, type: string, max: string) => (
    <label title={t(`moment.${name}.help`)}>
      {t(`moment.${name}`)}{' '}
      <Input
        type={type}
        max={max}
        className="filter"
        value={value[name]}
        onChange={(e) => change({ ...value, [name]: e.target.value })}
      />
    </label>
  );
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      <div className="filters">
        {field('asOf', 'date', '2199-12-31')}
        {field('knownAt', 'datetime-local', '2199-12-31T23:59')}
      </div>
    </fieldset>
  );
}

/** What of the two moments is asked for: what was left empty stays out. */
function askedOf(from: Chosen, to: Chosen): z.input<typeof diffQuery> {
  const asked = {
    fromAsOf: from.asOf || undefined,
    fromKnownAt: instantOf(from.knownAt),
    toAsOf: to.asOf || undefined,
    toKnownAt: instantOf(to.knownAt),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

/** Two moments beside each other: what differs and by which entries. */
export function DiffSheet({ routes, id, schema }: { routes: Routes; id: string; schema: z.ZodType }) {
  const { t } = useWords();
  const [from, setFrom] = useState(PRESENT);
  const [to, setTo] = useState(PRESENT);
  const [asked, setAsked] = useState<z.input<typeof diffQuery>>();
  const query = useAsk(routes.diff, { params: { id }, query: asked ?? {} }, { enabled: asked !== undefined });
  const isSame = from.asOf === to.asOf && from.knownAt === to.knownAt;
  return (
    <Sheet title={t('history.diff')}>
      <p className="quiet">{t('diff.help')}</p>
      <MomentFields title={t('diff.before')} value={from} change={setFrom} />
      <MomentFields title={t('diff.after')} value={to} change={setTo} />
      <div className="act-row">
        <Button type="primary" disabled={isSame} onClick={() => setAsked(askedOf(from, to))}>
          {t('diff.show')}
        </Button>
      </div>
      {query.error ? <FaultNote error={query.error} /> : null}
      {query.data ? <Diff reply={query.data} schema={schema} /> : null}
    </Sheet>
  );
}

/** History of a record, on a sheet of its own. */
export const HistorySheets = (props: { routes: Routes; id: string; schema: z.ZodType }) => (
  <>
    <DiffSheet {...props} />
    <ChangesSheet {...props} />
    <ProofsSheet id={props.id} />
  </>
);

/** History below a record's screen, asked for when it is opened. */
export function FoldedHistory(props: { routes: Routes; id: string; schema: z.ZodType }) {
  const { t } = useWords();
  return (
    <Collapse
      className="no-print"
      items={[{ key: 'history', label: t('history'), children: <HistorySheets {...props} /> }]}
    />
  );
}

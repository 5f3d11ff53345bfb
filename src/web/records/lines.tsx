import { useState, type ReactNode } from 'react';
import { Checkbox, Tag } from 'antd';
import { ask, type AnyRoute } from '../api/client';
import { useAsk } from '../api/hooks';
import { FaultNote, Waiting } from '../app/faults';
import type { Overrides } from '../forms/fields';
import type { Values } from '../forms/values';
import type { Column } from '../tables/list-table';
import { Rows, type RowColumn } from '../tables/rows';
import { useWords } from '../words/language';
import { writeDay } from '../words/write';
import { ActButton } from './act-button';
import { useMoment } from './moment';
import { Sheet } from './page';

interface Line {
  from: string | null;
  lastDay: string | null;
  paper: string | null;
  holds?: boolean;
}

interface LinesReply {
  version: number;
  items: Line[];
}

/** From which day to which, in words. */
export function Span({ from, lastDay }: { from: string | null; lastDay: string | null }) {
  const { t, language } = useWords();
  const start = from === null ? t('lines.unknown') : writeDay(from, language);
  return (
    <span>
      <span className="nowrap">{start}</span> {t('to')}{' '}
      <span className="nowrap">{lastDay === null ? t('forever') : writeDay(lastDay, language)}</span>
    </span>
  );
}

/** Whether a line holds on the day that is looked at; said in a word, never by colour alone. */
const Holds = ({ holds }: { holds: boolean | undefined }) => {
  const { t } = useWords();
  if (holds === undefined) return null;
  return <Tag color={holds ? 'green' : undefined}>{holds ? t('lines.holds') : t('lines.past')}</Tag>;
};

function useLineColumns(columns: readonly Column<never>[]): RowColumn<Line>[] {
  const { t } = useWords();
  return [
    ...(columns as unknown as readonly Column<Line>[]).map((c) => ({
      key: c.key,
      title: c.title,
      render: (line: Line) => c.render(line),
    })),
    {
      key: 'span',
      title: t('lines.span'),
      render: (line: Line) => (
        <>
          <Span from={line.from} lastDay={line.lastDay} /> <Holds holds={line.holds} />
        </>
      ),
    },
    { key: 'paper', title: t('history.paper'), render: (line: Line) => line.paper ?? '—' },
  ];
}

export interface LinesSheetProps {
  title: string;
  id: string;
  read: AnyRoute;
  /** Takes the whole list anew; without it, or without the right to, the list is only read. */
  put?: AnyRoute;
  may: boolean;
  columns: readonly Column<never>[];
  empty: ReactNode;
  overrides?: Overrides;
  /** Said above the form: that the list is sent whole. */
  note?: string;
}

/** A dated list of a record: every line with its days, those that hold first; changed by sending the whole list. */
export function LinesSheet(props: LinesSheetProps) {
  const { title, id, read, put, may, columns, empty, overrides, note } = props;
  const { t } = useWords();
  const lineColumns = useLineColumns(columns);
  const moment = useMoment();
  const [all, setAll] = useState(true);
  const query = useAsk(read, { params: { id }, query: moment });
  if (query.error) return <FaultNote error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const reply = query.data as LinesReply;
  const isNow = moment.asOf === undefined && moment.knownAt === undefined;
  const hasPast = reply.items.some((line) => line.holds === false);
  const fresh = async (): Promise<{ version: number; initial: Values }> => {
    const again = (await ask(read, { params: { id } })) as LinesReply;
    return { version: again.version, initial: { items: again.items } };
  };
  return (
    <Sheet
      title={title}
      extra={
        <span className="no-print">
          {hasPast ? (
            <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)}>
              {t('lines.withPast')}
            </Checkbox>
          ) : null}
          {put && may && isNow ? (
            <ActButton
              label={t('lines.edit')}
              route={put}
              params={{ id }}
              version={reply.version}
              initial={{ items: reply.items }}
              overrides={overrides}
              reread={fresh}
            >
              <p className="quiet">{note ?? t('lines.whole')}</p>
            </ActButton>
          ) : null}
        </span>
      }
    >
      <Rows<Line>
        rowKey={(line) => JSON.stringify(line)}
        rows={reply.items.filter((line) => all || line.holds !== false)}
        empty={empty}
        columns={lineColumns}
      />
    </Sheet>
  );
}

import './rows.css';
import type { ReactNode } from 'react';
import { Spin } from 'antd';
import { useWords } from '../words/language';

export interface RowColumn<T> {
  key: string;
  title: string;
  render: (item: T) => ReactNode;
  width?: number | string;
  align?: 'left' | 'right' | 'center';
  className?: string;
  /** Days and numbers stay on one line. */
  whole?: boolean;
}

export interface Selection<T> {
  chosen: readonly string[];
  choose: (ids: string[], items: readonly T[]) => void;
}

export interface RowsProps<T> {
  columns: readonly RowColumn<T>[];
  rows: readonly T[];
  rowKey: (item: T) => string;
  /** Nothing is known yet. */
  isLoading?: boolean;
  /** Shown where there is no row. */
  empty?: ReactNode;
  selection?: Selection<T>;
}

/** The box that chooses all rows of the page, half ticked when some are. */
function ChooseAll<T>({
  rows,
  rowKey,
  selection,
}: Pick<RowsProps<T>, 'rows' | 'rowKey'> & { selection: Selection<T> }) {
  const { t } = useWords();
  const ids = rows.map(rowKey);
  const count = ids.filter((id) => selection.chosen.includes(id)).length;
  return (
    <label>
      <input
        type="checkbox"
        aria-label={t('table.chooseAll')}
        disabled={ids.length === 0}
        checked={ids.length > 0 && count === ids.length}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && count < ids.length;
        }}
        onChange={(e) => selection.choose(e.target.checked ? ids : [], e.target.checked ? rows : [])}
      />
      <span aria-hidden="true">{t('table.chooseAll')}</span>
    </label>
  );
}

function ChooseOne<T>({
  item,
  rows,
  rowKey,
  selection,
}: Pick<RowsProps<T>, 'rows' | 'rowKey'> & { item: T; selection: Selection<T> }) {
  const { t } = useWords();
  const id = rowKey(item);
  const choose = (isChosen: boolean): void => {
    const items = rows.filter((row) => (row === item ? isChosen : selection.chosen.includes(rowKey(row))));
    selection.choose(items.map(rowKey), items);
  };
  return (
    <input
      type="checkbox"
      aria-label={t('table.choose')}
      checked={selection.chosen.includes(id)}
      onChange={(e) => choose(e.target.checked)}
    />
  );
}

/**
 * A plain table, and on a telephone a card for each row with the names of its columns. The library's own brings trees,
 * sorting and virtual scrolling along, a fifth of what the first screen of the console would then weigh. The roles are
 * named, since a browser forgets those of a table that is laid out otherwise.
 */
export function Rows<T>({ columns, rows, rowKey, isLoading = false, empty, selection }: RowsProps<T>) {
  const { t } = useWords();
  const look = (c: RowColumn<T>) => ({ width: c.width, textAlign: c.align });
  const span = columns.length + (selection ? 1 : 0);
  return (
    // Reached by the keyboard, so that a table wider than the window can be moved.
    <div className="rows" role="region" aria-label={t('table.rows')} aria-busy={isLoading} tabIndex={0}>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            {selection ? (
              <th role="columnheader" className="choice">
                <ChooseAll rows={rows} rowKey={rowKey} selection={selection} />
              </th>
            ) : null}
            {columns.map((c) => (
              <th key={c.key} role="columnheader" scope="col" className={c.className} style={look(c)}>
                {c.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((item) => (
            <tr key={rowKey(item)} role="row">
              {selection ? (
                <td role="cell" className="choice">
                  <ChooseOne item={item} rows={rows} rowKey={rowKey} selection={selection} />
                </td>
              ) : null}
              {columns.map((c) => (
                <td
                  key={c.key}
                  role="cell"
                  className={[c.whole ? 'one-line' : '', c.className ?? ''].join(' ').trim() || undefined}
                  data-label={c.title === '' ? undefined : c.title}
                  style={look(c)}
                >
                  <div>{c.render(item)}</div>
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 ? (
            <tr className="none" role="row">
              <td role="cell" colSpan={span}>
                {isLoading ? <Spin aria-label={t('loading')} /> : (empty ?? t('table.empty'))}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}

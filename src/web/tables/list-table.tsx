import { useState, type ReactNode } from 'react';
import { Alert, Button, Checkbox, Dropdown, Empty, Input, Select } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import type { AnyRoute, Asked } from '../api/client';
import { useAsk, type ItemOf } from '../api/hooks';
import { kept } from '../app/browser';
import { FaultNote } from '../app/faults';
import { useWords } from '../words/language';
import { useFilters } from './address';
import { TimeInput } from './time-input';
import { Rows, type RowColumn, type Selection } from './rows';

export interface Column<T> extends RowColumn<T> {
  /** Not shown until chosen. */
  extra?: boolean;
}

/** A filter: free text, a day, or one of some values. Its name is that of the route's query. */
export interface Filter {
  name: string;
  label: string;
  kind?: 'text' | 'day';
  options?: readonly { value: string; label: string }[];
}

export interface Page<T> {
  items: readonly T[];
  next: string | null;
  previous?: string | null;
  count?: string;
}

export interface ListTableProps<T> {
  /** Under this the choice of columns is kept. */
  name: string;
  columns: readonly Column<T>[];
  filters?: readonly Filter[];
  rowKey: (item: T) => string;
  /** What to do when there is nothing, in words. */
  empty?: string;
  /** Buttons beside the filters: exports of exactly what is filtered, for one. */
  tools?: (filters: Readonly<Record<string, string>>) => ReactNode;
  /** Lets rows be chosen, for acts on many. */
  selection?: Selection<T>;
}

/** More values than these are found by typing. */
const MANY = 12;

const columnKey = (name: string): string => `lujian.columns.${name}`;

function useColumns<T>(name: string, columns: readonly Column<T>[]) {
  const [shown, setShown] = useState<readonly string[]>(() => {
    const stored = kept.get(columnKey(name))?.split(',');
    return stored ?? columns.filter((c) => !c.extra).map((c) => c.key);
  });
  const choose = (keys: readonly string[]): void => {
    kept.set(columnKey(name), keys.join(','));
    setShown(keys);
  };
  return { shown, choose };
}

function FilterBar({ filters, tools }: Pick<ListTableProps<never>, 'filters' | 'tools'>) {
  const { t } = useWords();
  const { filters: set, set: change, clear } = useFilters();
  const isFiltered = (filters ?? []).some((f) => set[f.name] !== undefined);
  return (
    <div className="filters" role="search">
      {(filters ?? []).map((f) =>
        f.options ? (
          <Select
            key={f.name}
            allowClear
            showSearch={f.options.length > MANY}
            optionFilterProp="label"
            aria-label={f.label}
            placeholder={f.label}
            value={set[f.name]}
            onChange={(value: string | undefined) => change({ [f.name]: value })}
            options={[...f.options]}
            popupMatchSelectWidth={false}
            className="filter"
          />
        ) : f.kind === 'day' ? (
          <label key={f.name}>
            {f.label}{' '}
            <TimeInput type="date" value={set[f.name] ?? ''} choose={(day) => change({ [f.name]: day || undefined })} />
          </label>
        ) : (
          <Input.Search
            // Another address (the back button) shows its own text.
            key={`${f.name}:${set[f.name] ?? ''}`}
            allowClear
            aria-label={f.label}
            placeholder={f.label}
            defaultValue={set[f.name]}
            onSearch={(value) => change({ [f.name]: value.trim() || undefined })}
            enterButton={t('table.search')}
            className="find"
          />
        ),
      )}
      {isFiltered ? (
        <Button onClick={() => clear((filters ?? []).map((f) => f.name))}>{t('table.clear')}</Button>
      ) : null}
      <div className="grow" />
      {tools?.(set)}
    </div>
  );
}

function ColumnChoice<T>({
  columns,
  shown,
  choose,
}: {
  columns: readonly Column<T>[];
  shown: readonly string[];
  choose: (keys: string[]) => void;
}) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Dropdown
      open={isOpen}
      onOpenChange={setOpen}
      trigger={['click']}
      popupRender={() => (
        <div className="sheet columns">
          <Checkbox.Group
            options={columns.map((c) => ({ value: c.key, label: c.title }))}
            value={[...shown]}
            onChange={(keys) => choose(keys)}
          />
        </div>
      )}
    >
      <Button size="small">{t('table.columns')}</Button>
    </Dropdown>
  );
}

/** Counts, and the way to the neighbours. */
function Pager({ page, chosen, children }: { page: Page<unknown> | undefined; chosen: number; children: ReactNode }) {
  const { t } = useWords();
  const { set } = useFilters();
  return (
    <div className="pager">
      <span className="count">
        {page?.count === undefined ? null : t('table.count', { count: page.count as never })}
        {chosen > 0 ? ` · ${t('table.selected', { count: chosen })}` : ''}
      </span>
      {children}
      <Button disabled={!page?.previous} onClick={() => set({ cursor: page?.previous ?? undefined })}>
        {t('table.previous')}
      </Button>
      <Button disabled={!page?.next} onClick={() => set({ cursor: page?.next ?? undefined })}>
        {t('table.next')}
      </Button>
    </div>
  );
}

/** On paper alone: what the list was filtered by, and how much of it is on the paper. */
function OnPaper({ filters, page }: { filters: readonly Filter[] | undefined; page: Page<unknown> | undefined }) {
  const { t } = useWords();
  const { filters: given } = useFilters();
  if (!page) return null;
  const chosen = (filters ?? []).flatMap((f) => {
    const value = given[f.name];
    return value === undefined ? [] : [`${f.label}：${f.options?.find((o) => o.value === value)?.label ?? value}`];
  });
  const isPart = Boolean(page.next ?? page.previous ?? given['cursor']);
  const said = [
    chosen.length === 0 ? t('table.paper.all') : t('table.paper.filtered', { filters: chosen.join('；') }),
    t('table.paper.rows', { count: page.items.length }),
    ...(isPart && page.count !== undefined ? [t('table.count', { count: page.count as never })] : []),
    ...(isPart ? [t('table.paper.part')] : []),
  ];
  return <p className="print-only quiet">{said.join(' · ')}</p>;
}

/** One page of a list that was read: rows, what to say when there are none, and the way to its neighbours. */
export function PageTable<T extends object>(props: ListTableProps<T> & { query: UseQueryResult<Page<T>, Error> }) {
  const { name, columns, filters, rowKey, empty, tools, selection, query } = props;
  const { t } = useWords();
  const { filters: given } = useFilters();
  const { shown, choose } = useColumns(name, columns);
  const isFiltered = (filters ?? []).some((f) => given[f.name] !== undefined);
  const page = query.data;
  return (
    <section className="sheet">
      <FilterBar filters={filters} tools={tools as never} />
      {query.error ? <FaultNote error={query.error} retry={() => void query.refetch()} /> : null}
      <OnPaper filters={filters} page={page} />
      <Rows<T>
        isLoading={query.isFetching && !page}
        rowKey={rowKey}
        rows={page?.items ?? []}
        columns={columns.filter((c) => shown.includes(c.key))}
        selection={selection}
        empty={
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={isFiltered ? t('table.empty.filtered') : (empty ?? t('table.empty'))}
          />
        }
      />
      {page && page.items.length === 0 && page.next !== null ? <Alert type="info" title={t('table.short')} /> : null}
      <Pager page={page} chosen={selection?.chosen.length ?? 0}>
        <ColumnChoice columns={columns} shown={shown} choose={choose} />
      </Pager>
    </section>
  );
}

/**
 * A list route as a table: pages by the service's cursors, filters in the address. `fixed` goes into every question
 * and is not shown.
 */
export function ListTable<S extends AnyRoute>(
  props: ListTableProps<ItemOf<S>> & {
    route: S;
    params?: Asked<S>['params'];
    fixed?: Readonly<Record<string, string>>;
  },
) {
  const { filters } = useFilters();
  const known = new Set([...(props.filters ?? []).map((f) => f.name), 'cursor']);
  const asked = Object.fromEntries(Object.entries(filters).filter(([name]) => known.has(name)));
  const query = useAsk(props.route, {
    params: props.params,
    query: { ...props.fixed, ...asked },
  } as unknown as Asked<S>);
  return (
    <PageTable {...(props as ListTableProps<never>)} query={query as unknown as UseQueryResult<Page<never>, Error>} />
  );
}

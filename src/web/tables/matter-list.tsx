import { Page, PrintButton } from '../records/page';
import type { AnyRoute } from '../api/client';
import { useWords } from '../words/language';
import { State, useSay } from '../words/say';
import type { ItemOf } from '../api/hooks';
import { ListTable, type Column } from './list-table';

export interface MatterListProps<S extends AnyRoute> {
  title: string;
  /** Also the name of what the states belong to: `expert-merge` of `expert-merges`. */
  base: string;
  route: S;
  states: readonly string[];
  empty: string;
  /** What stands before the state. */
  columns: readonly Column<ItemOf<S>>[];
}

type Matter = { id: string; state: string };

/** Matters that wait for a second person or were settled: a list that is narrowed by their state. */
export function MatterList<S extends AnyRoute>({ title, base, route, states, empty, columns }: MatterListProps<S>) {
  const { t } = useWords();
  const say = useSay();
  const of = base.replace(/s$/, '');
  const state: Column<ItemOf<S>> = {
    key: 'state',
    title: t('matter.state'),
    render: (item) => <State of={of} value={(item as Matter).state} />,
  };
  return (
    <Page title={title} actions={<PrintButton />}>
      <ListTable
        name={base}
        route={route}
        rowKey={(item) => (item as Matter).id}
        empty={empty}
        filters={[
          {
            name: 'state',
            label: t('matter.state'),
            options: states.map((value) => ({ value, label: say(of, value) })),
          },
        ]}
        columns={[...columns, state]}
      />
    </Page>
  );
}

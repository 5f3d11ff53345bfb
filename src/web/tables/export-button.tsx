import { useState } from 'react';
import { Button, Dropdown, Modal } from 'antd';
import { download, type AnyRoute, type Asked } from '../api/client';
import { FaultNote } from '../app/faults';
import { useWords } from '../words/language';

/** The list as a file, with exactly the filters of the screen: a sheet for the printer or CSV. */
export function ExportButton<S extends AnyRoute>(props: {
  route: S;
  params?: Asked<S>['params'];
  /** The screen's filters; what the route does not take is left out. */
  filters?: Readonly<Record<string, string>>;
  takes: readonly string[];
  label?: string;
}) {
  const { route, params, filters = {}, takes, label } = props;
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error>();
  const fetchAs = async (format: string): Promise<void> => {
    setBusy(true);
    const chosen = Object.fromEntries(takes.flatMap((name) => (filters[name] ? [[name, filters[name]]] : [])));
    await download(route, { params, query: { ...chosen, format } as unknown as Asked<S>['query'] }).catch(
      (error: unknown) => setFault(error as Error),
    );
    setBusy(false);
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'xlsx', label: t('export.xlsx') },
            { key: 'csv', label: t('export.csv') },
          ],
          onClick: ({ key }) => void fetchAs(key),
        }}
      >
        <Button loading={busy}>{label ?? t('export.list')}</Button>
      </Dropdown>
      <Modal open={fault !== undefined} footer={null} onCancel={() => setFault(undefined)} title={t('export.failed')}>
        {fault ? <FaultNote error={fault} /> : null}
      </Modal>
    </>
  );
}

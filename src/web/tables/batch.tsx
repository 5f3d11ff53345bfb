import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Progress, Tag } from 'antd';
import { useWords } from '../words/language';

export interface BatchItem {
  id: string;
  label: string;
}

interface Outcome {
  item: BatchItem;
  error?: Error;
}

const said = (error: Error): string => {
  const detail = (error as { detail?: string }).detail;
  return [error.message, detail].filter(Boolean).join('：');
};

function useBatch(items: readonly BatchItem[], act: (item: BatchItem) => Promise<unknown>) {
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>();
  const [total, setTotal] = useState(0);
  const run = async (): Promise<void> => {
    setTotal(items.length);
    const made: Outcome[] = [];
    setOutcomes([]);
    for (const item of items) {
      const error = await act(item).then(
        () => undefined,
        (e: unknown) => e as Error,
      );
      made.push({ item, error });
      setOutcomes([...made]);
    }
    await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
  };
  return { outcomes, total, run, forget: () => setOutcomes(undefined) };
}

function Outcomes({ outcomes, total }: { outcomes: readonly Outcome[]; total: number }) {
  const { t } = useWords();
  const failed = outcomes.filter((o) => o.error).length;
  const isOver = outcomes.length === total;
  return (
    <>
      <Progress
        percent={total === 0 ? 0 : Math.round((outcomes.length / total) * 100)}
        aria-label={t('batch.result')}
      />
      {isOver ? (
        <Alert type={failed === 0 ? 'success' : 'warning'} title={t('batch.done', { done: total - failed, failed })} />
      ) : null}
      <ul className="outcomes">
        {outcomes.map(({ item, error }) => (
          <li key={item.id}>
            <span>{item.label}</span>{' '}
            {error ? <span className="late">{said(error)}</span> : <Tag color="green">{t('done')}</Tag>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One act on many records, one request each: every row gets its own result, and one refusal stops no other. */
export function BatchButton(props: {
  label: string;
  items: readonly BatchItem[];
  act: (item: BatchItem) => Promise<unknown>;
  done?: () => void;
}) {
  const { label, items, act, done } = props;
  const { t } = useWords();
  const { outcomes, total, run, forget } = useBatch(items, act);
  const isOver = outcomes !== undefined && outcomes.length === total;
  const close = (): void => {
    forget();
    done?.();
  };
  return (
    <>
      {/* A second press while it runs would do every act twice. */}
      <Button disabled={items.length === 0 || outcomes !== undefined} onClick={() => void run()}>
        {label}
      </Button>
      <Modal
        open={outcomes !== undefined}
        title={t('batch.result')}
        footer={isOver ? <Button onClick={close}>{t('close')}</Button> : null}
        closable={isOver}
        onCancel={close}
      >
        <Outcomes outcomes={outcomes ?? []} total={total} />
      </Modal>
    </>
  );
}

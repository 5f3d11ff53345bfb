import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, List, Modal, Progress, Tag } from 'antd';
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

/** One act on many records, one request each: every row gets its own result, and one refusal stops no other. */
export function BatchButton(props: {
  label: string;
  items: readonly BatchItem[];
  act: (item: BatchItem) => Promise<unknown>;
  done?: () => void;
}) {
  const { label, items, act, done } = props;
  const { t } = useWords();
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
    await client.invalidateQueries();
  };
  const failed = (outcomes ?? []).filter((o) => o.error).length;
  const isOver = outcomes !== undefined && outcomes.length === total;
  const close = (): void => {
    setOutcomes(undefined);
    done?.();
  };
  return (
    <>
      <Button disabled={items.length === 0} onClick={() => void run()}>
        {label}
      </Button>
      <Modal
        open={outcomes !== undefined}
        title={t('batch.result')}
        footer={isOver ? <Button onClick={close}>{t('close')}</Button> : null}
        closable={isOver}
        onCancel={close}
      >
        <Progress percent={total === 0 ? 0 : Math.round(((outcomes?.length ?? 0) / total) * 100)} />
        {isOver ? (
          <Alert
            type={failed === 0 ? 'success' : 'warning'}
            title={t('batch.done', { done: total - failed, failed })}
          />
        ) : null}
        <List
          size="small"
          dataSource={[...(outcomes ?? [])]}
          renderItem={({ item, error }) => (
            <List.Item>
              <span>{item.label}</span>
              {error ? <span>{said(error)}</span> : <Tag color="green">{t('done')}</Tag>}
            </List.Item>
          )}
        />
      </Modal>
    </>
  );
}

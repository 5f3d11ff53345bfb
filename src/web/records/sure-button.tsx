import { useRef, useState } from 'react';
import { App, Button, Modal } from 'antd';
import type { AnyRoute, Asked, ReplyOf } from '../api/client';
import { Refused } from '../api/fault';
import { useAct } from '../api/hooks';
import { newKey } from '../app/browser';
import { FaultNote } from '../app/faults';
import { useWords } from '../words/language';

/** An act that needs no more than a yes: says first what will happen. */
export function SureButton<S extends AnyRoute>(props: {
  label: string;
  /** What will happen, in a sentence. */
  sure: string;
  route: S;
  asked: Asked<S>;
  danger?: boolean;
  size?: 'small';
  type?: 'link' | 'default' | 'primary';
  done?: (reply: ReplyOf<S>) => void;
}) {
  const { label, sure, route, asked, danger, size, type, done } = props;
  const { t } = useWords();
  const { message } = App.useApp();
  const act = useAct(route);
  const [isOpen, setOpen] = useState(false);
  const key = useRef(newKey());
  const run = (): void =>
    act.mutate(
      { key: key.current, ...asked },
      {
        // What got no answer may have been done: its repeat is the same act. What was judged is over.
        onError: (error) => {
          if (error instanceof Refused && error.status < 500) key.current = newKey();
        },
        onSuccess: (reply) => {
          key.current = newKey();
          setOpen(false);
          message.success(t('done'));
          done?.(reply);
        },
      },
    );
  return (
    <>
      <Button danger={danger} size={size} type={type} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={isOpen}
        title={label}
        okText={label}
        okButtonProps={{ danger }}
        cancelText={t('cancel')}
        confirmLoading={act.isPending}
        onOk={run}
        onCancel={() => {
          act.reset();
          setOpen(false);
        }}
      >
        <p>{sure}</p>
        {act.error ? <FaultNote error={act.error} /> : null}
      </Modal>
    </>
  );
}

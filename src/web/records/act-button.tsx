import { useState } from 'react';
import { Button, Drawer } from 'antd';
import type { AnyRoute } from '../api/client';
import { ActForm, type ActFormProps } from '../forms/act-form';

/** A button that opens the form of an act in a drawer; closed again when it is done. */
export function ActButton<S extends AnyRoute>(
  props: Omit<ActFormProps<S>, 'done' | 'cancel'> & {
    label: string;
    primary?: boolean;
    danger?: boolean;
    done?: ActFormProps<S>['done'];
  },
) {
  const { label, primary, danger, done, ...form } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} danger={danger} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={label} size={640} destroyOnHidden>
        <ActForm
          {...(form as unknown as ActFormProps<S>)}
          done={(reply) => {
            setOpen(false);
            done?.(reply);
          }}
          cancel={() => setOpen(false)}
        />
      </Drawer>
    </>
  );
}

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
  // Each opening is a form of its own, also where another act's button takes the place while the drawer still closes.
  const [opened, setOpened] = useState(0);
  const open = (): void => {
    setOpened((n) => n + 1);
    setOpen(true);
  };
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} danger={danger} onClick={open}>
        {label}
      </Button>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={label} size={640} destroyOnHidden>
        <ActForm
          key={`${opened} ${form.route.method} ${form.route.path}`}
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

import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Modal, Space } from 'antd';
import { useBlocker } from 'react-router';
import { ask, type AnyRoute, type Asked, type ReplyOf } from '../api/client';
import { Refused } from '../api/fault';
import { newKey, tab } from '../app/browser';
import { FaultNote } from '../app/faults';
import { useStanding } from '../app/session';
import { useWords } from '../words/language';
import { Conflict } from './conflict';
import { FieldList, type Overrides } from './fields';
import { fieldsOf } from './schema';
import { bodyOf, faultsIn, keepable, placeOf, valuesOf, type Values } from './values';

export interface ActFormProps<S extends AnyRoute> {
  route: S;
  params?: Asked<S>['params'];
  /** The version of the record that `initial` shows; sent as If-Match. */
  version?: number;
  /** What the fields show at first, in the contract's form. */
  initial?: Values;
  /** Fields that the screen itself knows; they are sent and not shown. */
  fixed?: Values;
  overrides?: Overrides;
  submitLabel?: string;
  /** Reads the record anew when somebody else changed it meanwhile. */
  reread?: () => Promise<{ version: number; initial: Values }>;
  done: (reply: ReplyOf<S>) => void;
  cancel?: () => void;
  children?: ReactNode;
}

type Clash = { version: number; theirs: Values; mine: Values };

const draftKey = (account: string, route: AnyRoute, params: unknown): string =>
  `draft:${account}:${route.method} ${route.path}:${JSON.stringify(params ?? {})}`;

/** Guards against leaving with unsubmitted changes, by links and by closing the tab. */
function useGuard(isDirty: boolean): ReactNode {
  const { t } = useWords();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Modal
      open
      title={t('form.leave')}
      okText={t('form.leave.go')}
      cancelText={t('form.leave.stay')}
      onOk={() => blocker.proceed()}
      onCancel={() => blocker.reset()}
    />
  );
}

/**
 * A form made from a route's contract: faults at their fields, all at once and in the service's words; a draft is kept
 * in this tab; what somebody else changed meanwhile is shown beside one's own and nothing is overwritten.
 */
export function ActForm<S extends AnyRoute>(props: ActFormProps<S>) {
  const { route, params, initial = {}, fixed = {}, overrides = {}, reread, done, cancel, children } = props;
  const { t, language } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { session } = useStanding();
  const [form] = Form.useForm<Values>();
  const fields = useMemo(() => fieldsOf(route.body).filter((f) => !(f.name in fixed)), [route, fixed]);
  const draft = draftKey(session.account.id, route, params);
  const key = useRef(newKey());
  const [version, setVersion] = useState(props.version);
  const [isDirty, setDirty] = useState(false);
  const [restored, setRestored] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error>();
  const [count, setCount] = useState(0);
  const [clash, setClash] = useState<Clash>();
  const guard = useGuard(isDirty && !busy);

  useEffect(() => {
    form.setFieldsValue(valuesOf(fields, initial));
    const kept = tab.get(draft);
    if (kept === undefined) return;
    form.setFieldsValue(JSON.parse(kept) as Values);
    setRestored(true);
    setDirty(true);
    // Once, when the form opens: later changes of `initial` must not wipe what was typed.
  }, []);

  const forget = (): void => {
    tab.set(draft, undefined);
    setDirty(false);
    setRestored(false);
  };
  const show = (errors: readonly { pointer: string; detail: string; detailEn?: string }[]): void => {
    const known = errors.filter((e) => fields.some((f) => f.name === placeOf(e.pointer)[0]));
    form.setFields(
      known.map((e) => ({
        name: placeOf(e.pointer) as never,
        errors: [language === 'en' ? (e.detailEn ?? e.detail) : e.detail],
      })),
    );
    setCount(known.length);
    const first = known[0];
    if (first) form.scrollToField(placeOf(first.pointer), { block: 'center' });
  };
  const send = async (body: Values, at: number | undefined): Promise<void> => {
    setBusy(true);
    try {
      const asked = { params, body, version: at, key: key.current } as unknown as Asked<S>;
      const reply = await ask(route, asked);
      forget();
      const same = typeof reply === 'object' && reply !== null && (reply as { unchanged?: unknown }).unchanged === true;
      message.success(same ? t('unchanged') : t('done'));
      done(reply);
      await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
    } catch (error) {
      key.current = newKey();
      if (error instanceof Refused && error.status === 412 && reread) {
        const fresh = await reread();
        setClash({ version: fresh.version, theirs: fresh.initial, mine: body });
        return;
      }
      setFault(error as Error);
      if (error instanceof Refused) show(error.errors.filter((e) => e.in === 'body'));
    } finally {
      setBusy(false);
    }
  };
  const submit = async (): Promise<void> => {
    setFault(undefined);
    setCount(0);
    const body = { ...bodyOf(fields, form.getFieldsValue(true) as Values), ...fixed };
    const faults = route.body ? faultsIn(route.body, body) : [];
    if (faults.length > 0) {
      show(faults);
      const elsewhere = faults.filter((f) => !fields.some((x) => x.name === placeOf(f.pointer)[0]));
      if (elsewhere.length > 0) setFault(new Error(elsewhere.map((f) => f.detail).join(' ')));
      return;
    }
    await send(body, version);
  };
  return (
    <>
      {guard}
      {restored ? (
        <Alert
          type="info"
          showIcon
          title={t('form.draft')}
          action={
            <Button
              size="small"
              onClick={() => {
                forget();
                form.resetFields();
                form.setFieldsValue(valuesOf(fields, initial));
              }}
            >
              {t('form.draft.drop')}
            </Button>
          }
        />
      ) : null}
      {clash ? (
        <Conflict
          fields={fields}
          clash={clash}
          takeTheirs={() => {
            form.setFieldsValue(valuesOf(fields, clash.theirs));
            setVersion(clash.version);
            setClash(undefined);
          }}
          keepMine={() => {
            setVersion(clash.version);
            setClash(undefined);
            void send(clash.mine, clash.version);
          }}
        />
      ) : null}
      {fault ? <FaultNote error={fault} /> : null}
      {count > 0 ? <Alert type="warning" showIcon role="alert" title={t('form.faults', { count })} /> : null}
      <Form
        form={form}
        layout="vertical"
        disabled={busy}
        className="act-form"
        onFinish={() => void submit()}
        onFinishFailed={() => void submit()}
        onValuesChange={(_changed, all) => {
          setDirty(true);
          tab.set(draft, JSON.stringify(keepable(all)));
        }}
      >
        {children}
        <FieldList fields={fields} overrides={overrides} />
        <Space wrap>
          <Button type="primary" htmlType="submit" loading={busy}>
            {props.submitLabel ?? t('submit')}
          </Button>
          {cancel ? <Button onClick={cancel}>{t('cancel')}</Button> : null}
        </Space>
      </Form>
    </>
  );
}

import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Modal, Space, type FormInstance } from 'antd';
import { useBlocker } from 'react-router';
import type { FieldFault } from '../../kernel/problem';
import { ask, type AnyRoute, type Asked, type ReplyOf } from '../api/client';
import { Refused } from '../api/fault';
import { newKey, tab } from '../app/browser';
import { FaultNote } from '../app/faults';
import { useStanding } from '../app/session';
import { useWords } from '../words/language';
import { Conflict } from './conflict';
import { FieldList, type Overrides } from './fields';
import { InSight } from './in-sight';
import { fieldsOf, type Field } from './schema';
import { bodyOf, faultsIn, keepable, placeOf, saidAtField, valuesOf, type Values } from './values';

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
  /** What of the fields is sent: a screen that asks for changes alone leaves out what stays. */
  prepare?: (body: Values) => Values;
  /** Reads the record anew when somebody else changed it meanwhile. */
  reread?: () => Promise<{ version: number; initial: Values }>;
  done: (reply: ReplyOf<S>) => void;
  cancel?: () => void;
  /** Something was changed: what the screen shows of an earlier answer holds no more. */
  touched?: () => void;
  children?: ReactNode;
}

const NOTHING: Readonly<Record<string, never>> = {};

type Clash = { version: number; theirs: Values; mine: Values };

/**
 * A draft belongs to one person at one post and to one record: that of the address and of what the screen knows. A form
 * that makes something new, as a finding's lead, is told from its like by what it began with.
 */
function draftKey<S extends AnyRoute>(props: ActFormProps<S>, account: string, post: string | undefined): string {
  const { route, params = {}, fixed = {}, version, initial = {} } = props;
  const about = version === undefined ? [params, fixed, keepable(initial)] : [params, fixed];
  return `draft:${account}:${post ?? ''}:${route.method} ${route.path}:${JSON.stringify(about)}`;
}

interface Draft {
  /** The version of the record that it was written on: what changed since must not be overwritten unseen. */
  version?: number;
  values: Values;
}

function readDraft(key: string): Draft | undefined {
  const kept = tab.get(key);
  return kept === undefined ? undefined : (JSON.parse(kept) as Draft);
}

/** Guards against leaving with unsubmitted changes, by links and by closing the tab. */
export function useGuard(isDirty: boolean): ReactNode {
  const { t } = useWords();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
      // Chromium before 119 asks for this alone.
      event.returnValue = '';
    };
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

/** The draft of a form: kept in this tab from the first change until it is submitted. */
function useDraft(form: FormInstance<Values>, fields: readonly Field[], initial: Values, key: string) {
  const [kept] = useState(() => readDraft(key));
  const [isDirty, setDirty] = useState(kept !== undefined);
  const [isRestored, setRestored] = useState(kept !== undefined);
  useEffect(() => {
    form.setFieldsValue(valuesOf(fields, initial));
    if (kept) form.setFieldsValue(kept.values);
    // Once, when the form opens: later changes of `initial` must not wipe what was typed.
  }, []);
  const forget = (): void => {
    tab.set(key, undefined);
    setDirty(false);
    setRestored(false);
  };
  return {
    kept,
    isDirty,
    isRestored,
    forget,
    keep: (values: Values, version: number | undefined): void => {
      setDirty(true);
      tab.set(key, JSON.stringify({ version, values: keepable(values) } satisfies Draft));
    },
    drop: (): void => {
      forget();
      form.resetFields();
      form.setFieldsValue(valuesOf(fields, initial));
    },
  };
}

const saysUnchanged = (reply: unknown): boolean =>
  typeof reply === 'object' && reply !== null && (reply as { unchanged?: unknown }).unchanged === true;

/** Sends the form, and what came of it: done, faults at fields, a refusal, or somebody else's change. */
function useSending<S extends AnyRoute>(
  props: ActFormProps<S>,
  show: (faults: readonly FieldFault[]) => void,
  { kept, forget }: { kept: Draft | undefined; forget: () => void },
) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const key = useRef(newKey());
  const [version, setVersion] = useState(kept?.version ?? props.version);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error>();
  const [clash, setClash] = useState<Clash>();
  const refused = async (error: unknown, body: Values = {}): Promise<void> => {
    // What the service judged is over; the next try is another act. What got no answer is repeated under its key.
    if (error instanceof Refused && error.status < 500) key.current = newKey();
    if (error instanceof Refused && error.status === 412 && props.reread) {
      const fresh = await props.reread();
      setClash({ version: fresh.version, theirs: fresh.initial, mine: body });
      return;
    }
    setFault(error as Error);
    if (error instanceof Refused) show(error.errors.filter((e) => e.in === 'body'));
  };
  const send = async (body: Values | undefined, at = version): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    setClash(undefined);
    setVersion(at);
    try {
      const asked = { params: props.params, body, version: at, key: key.current } as unknown as Asked<S>;
      const reply = await ask(props.route, asked);
      forget();
      message.success(saysUnchanged(reply) ? t('unchanged') : t('done'));
      props.done(reply);
      await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
    } catch (error) {
      await refused(error, body).catch((e: unknown) => setFault(e as Error));
    } finally {
      setBusy(false);
    }
  };
  const take = (fresh: Clash): void => {
    forget();
    setVersion(fresh.version);
    setClash(undefined);
  };
  const startAnew = (): void => {
    setFault(undefined);
    setVersion(props.version);
  };
  return { version, busy, fault, setFault, clash, send, take, startAnew, leaveClash: () => setClash(undefined) };
}

/** Shows faults at their fields; returns how many had a field, and which is the first. */
function showFaults(
  form: FormInstance<Values>,
  fields: readonly Field[],
  faults: readonly FieldFault[],
  isEnglish: boolean,
) {
  const here = faults.filter((f) => fields.some((x) => x.name === placeOf(f.pointer)[0]));
  const text = (f: FieldFault): string => (isEnglish ? (f.detailEn ?? f.detail) : f.detail);
  form.setFields(here.map((f) => ({ name: placeOf(f.pointer) as never, errors: [saidAtField(f, isEnglish)] })));
  const first = here[0] && placeOf(here[0].pointer);
  return { first, here: here.length, elsewhere: faults.filter((f) => !here.includes(f)).map(text) };
}

function useActForm<S extends AnyRoute>(props: ActFormProps<S>) {
  const { route, initial = {}, fixed = NOTHING } = props;
  const { language } = useWords();
  const [form] = Form.useForm<Values>();
  const fields = useMemo(() => fieldsOf(route.body).filter((f) => !(f.name in fixed)), [route, fixed]);
  const [count, setCount] = useState(0);
  const [first, setFirst] = useState<ReturnType<typeof placeOf>>();
  const { session, post } = useStanding();
  // Of the screen's later news the draft takes none.
  const [key] = useState(() => draftKey(props, session.account.id, post?.id));
  const draft = useDraft(form, fields, initial, key);
  const show = (faults: readonly FieldFault[]): string[] => {
    const { here, elsewhere, ...shown } = showFaults(form, fields, faults, language === 'en');
    setCount(here);
    setFirst(shown.first);
    return elsewhere;
  };
  const sending = useSending(props, show, draft);
  const guard = useGuard(draft.isDirty && !sending.busy);
  useEffect(() => {
    // To the first fault, as soon as the fields can be filled in again.
    if (first && !sending.busy) form.scrollToField(first, { block: 'center', focus: true });
  }, [first, sending.busy]);
  const submit = async (): Promise<void> => {
    const isEmpty = fields.length === 0 && Object.keys(fixed).length === 0;
    const filled = isEmpty ? undefined : { ...bodyOf(fields, form.getFieldsValue(true) as Values), ...fixed };
    const body = filled && props.prepare ? props.prepare(filled) : filled;
    const faults = route.body ? faultsIn(route.body, body) : [];
    const elsewhere = show(faults);
    if (faults.length === 0) return sending.send(body);
    sending.setFault(elsewhere.length > 0 ? new Error(elsewhere.join(' ')) : undefined);
  };
  return { form, fields, count, draft, sending, guard, submit };
}

/**
 * A form made from a route's contract: faults at their fields, all at once and in the service's words; a draft is kept
 * in this tab; what somebody else changed meanwhile is shown beside one's own and nothing is overwritten.
 */
export function ActForm<S extends AnyRoute>(props: ActFormProps<S>) {
  // Another record is another form: nothing of the former's fields or version goes on.
  return <FormOf key={JSON.stringify([props.params, props.fixed])} {...props} />;
}

/** What came of sending: somebody else's change meanwhile, or a refusal. */
function Outcome(props: {
  form: FormInstance<Values>;
  fields: readonly Field[];
  sending: Pick<ReturnType<typeof useSending>, 'clash' | 'fault' | 'take' | 'send' | 'leaveClash'>;
  hasFieldFaults: boolean;
}) {
  const { form, fields, sending, hasFieldFaults } = props;
  const { clash, fault } = sending;
  return (
    <>
      {clash ? (
        <InSight of={clash}>
          <Conflict
            fields={fields}
            clash={clash}
            takeTheirs={() => {
              form.setFieldsValue(valuesOf(fields, clash.theirs));
              sending.take(clash);
            }}
            keepMine={() => void sending.send(clash.mine, clash.version)}
            leave={sending.leaveClash}
          />
        </InSight>
      ) : null}
      {fault ? (
        // Where fields are at fault, the first of them is gone to instead.
        <InSight of={hasFieldFaults ? undefined : fault}>
          <FaultNote error={fault} />
        </InSight>
      ) : null}
    </>
  );
}

function FormOf<S extends AnyRoute>(props: ActFormProps<S>) {
  const { overrides = NOTHING, cancel, children, submitLabel } = props;
  const { t } = useWords();
  const { form, fields, count, draft, sending, guard, submit } = useActForm(props);
  const { busy } = sending;
  const discard = (
    <Button
      size="small"
      onClick={() => {
        draft.drop();
        sending.startAnew();
      }}
    >
      {t('form.draft.drop')}
    </Button>
  );
  return (
    <>
      {guard}
      {draft.isRestored ? <Alert type="info" showIcon title={t('form.draft')} action={discard} /> : null}
      <Outcome form={form} fields={fields} sending={sending} hasFieldFaults={count > 0} />
      {count > 0 ? <Alert type="warning" showIcon role="alert" title={t('form.faults', { count })} /> : null}
      <Form
        form={form}
        layout="vertical"
        disabled={busy}
        className="act-form"
        onFinish={() => void submit()}
        onFinishFailed={() => void submit()}
        onValuesChange={(_changed, all: Values) => {
          draft.keep(all, sending.version);
          props.touched?.();
        }}
      >
        {children}
        <FieldList fields={fields} overrides={overrides} />
        <Space wrap>
          <Button type="primary" htmlType="submit" loading={busy}>
            {submitLabel ?? t('submit')}
          </Button>
          {cancel ? <Button onClick={cancel}>{t('cancel')}</Button> : null}
        </Space>
      </Form>
    </>
  );
}

import { useEffect, useState } from 'react';
import { Alert, Button, Input, Select, Space, Tag } from 'antd';
import type { IdentityJudgement, IdentityKind } from '../../../modules/experts/core/identity-number';
import { identityKinds } from '../../../modules/experts/fields.contract';
import type { LegalDate } from '../../../kernel/pure/time';
import { now } from '../../app/browser';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { inBeijing } from '../../words/write';

export interface Identity {
  kind?: IdentityKind;
  number?: string;
}

type Judge = (kind: IdentityKind, number: string) => IdentityJudgement;
interface Judging {
  judge: Judge;
  mask: (number: string) => string;
}

/** The judge with its table of divisions: large, and fetched only where a number is typed. */
async function loadJudge(): Promise<Judging> {
  const [{ judgeIdentity, maskIdentity }, regions] = await Promise.all([
    import('../../../modules/experts/core/identity-number'),
    import('../../../modules/experts/core/region-codes.json'),
  ]);
  const codes: Readonly<Record<string, readonly number[]>> = regions.default;
  return {
    judge: (kind, number) => judgeIdentity(kind, number, inBeijing(now()).day as LegalDate, codes),
    mask: maskIdentity,
  };
}

function useJudge(): Judging | undefined {
  const [judging, setJudging] = useState<Judging>();
  useEffect(() => {
    void loadJudge().then((made) => setJudging(() => made));
  }, []);
  return judging;
}

function Faults({ judged }: { judged: IdentityJudgement }) {
  const { t, language } = useWords();
  if (judged.verdict === 'valid') return <Tag color="green">{t('identity.valid')}</Tag>;
  const faults = judged.faults.map((f) => (language === 'en' ? f.detailEn : `${f.detail}${f.cure}。`));
  return (
    <Alert
      type={judged.verdict === 'doubtful' ? 'warning' : 'error'}
      showIcon
      title={judged.verdict === 'doubtful' ? t('identity.doubtful') : t('identity.invalid')}
      description={faults.join(' ')}
    />
  );
}

/**
 * One identity document: judged while it is typed, masked as soon as it is right and left. It stands in no address and
 * in no draft.
 */
export function IdentityOne(props: { value?: Identity; onChange?: (value: Identity) => void; id?: string }) {
  const { value = {}, onChange, id } = props;
  const { t } = useWords();
  const say = useSay();
  const judging = useJudge();
  const [isHidden, setHidden] = useState(false);
  const kind = value.kind ?? 'resident-id';
  const number = value.number ?? '';
  const judged = judging && number !== '' ? judging.judge(kind, number) : undefined;
  const isRight = judged !== undefined && judged.verdict !== 'invalid';
  return (
    <Space orientation="vertical" className="whole">
      <Space wrap>
        <Select
          aria-label={t('identity.kind')}
          popupMatchSelectWidth={false}
          value={kind}
          onChange={(next: IdentityKind) => onChange?.({ kind: next, number })}
          options={identityKinds.map((k) => ({ value: k, label: say('kind', k) }))}
        />
        {isHidden && isRight && judging ? (
          <>
            <span className="code">{judging.mask(judged.number)}</span>
            <Button size="small" onClick={() => setHidden(false)}>
              {t('identity.again')}
            </Button>
          </>
        ) : (
          <Input
            id={id}
            aria-label={t('identity.number')}
            className="code"
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            value={number}
            onChange={(e) => onChange?.({ kind, number: e.target.value })}
            onBlur={() => setHidden(true)}
            onFocus={() => setHidden(false)}
          />
        )}
      </Space>
      {judged ? <Faults judged={judged} /> : null}
    </Space>
  );
}

/** All documents of one person, one of a kind. */
export function IdentityList(props: { value?: Identity[]; onChange?: (value: Identity[]) => void; id?: string }) {
  const { value = [], onChange, id } = props;
  const { t } = useWords();
  const rows = value.length === 0 ? [{}] : value;
  const put = (n: number, one: Identity): void => onChange?.(rows.map((row, m) => (m === n ? one : row)));
  return (
    <Space orientation="vertical" className="whole">
      {rows.map((row, n) => (
        <div key={n}>
          <IdentityOne id={n === 0 ? id : undefined} value={row} onChange={(one) => put(n, one)} />
          {rows.length > 1 ? (
            <Button size="small" onClick={() => onChange?.(rows.filter((_, m) => m !== n))}>
              {t('remove')}
            </Button>
          ) : null}
        </div>
      ))}
      {rows.length < identityKinds.length ? (
        <Button size="small" onClick={() => onChange?.([...rows, { kind: 'passport' }])}>
          {t('identity.another')}
        </Button>
      ) : null}
    </Space>
  );
}

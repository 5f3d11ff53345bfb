import { Timeline } from 'antd';
import { StoredFile } from '../../records/stored-file';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';
import { writeDay } from '../../words/write';

export interface Step {
  step: string;
  day: string;
  paper: string;
  scanFileId: string;
  /** Whose step, where a case has several subjects. */
  who?: string;
}

/** Steps by their days, each with its paper and scan. */
export function StepLine({ steps }: { steps: readonly Step[] }) {
  const { t, language } = useWords();
  const say = useSay();
  if (steps.length === 0) return <p className="quiet">{t('cases.timeline.none')}</p>;
  return (
    <Timeline
      items={steps.map((s, n) => ({
        key: `${s.step}:${s.scanFileId}:${n}`,
        content: (
          <>
            <strong>{say('step', s.step)}</strong>
            {s.who ? ` · ${s.who}` : ''}
            <div className="quiet">
              {`${writeDay(s.day, language)} · ${s.paper} · `}
              <StoredFile id={s.scanFileId} label={t('paper.scan')} />
            </div>
          </>
        ),
      }))}
    />
  );
}

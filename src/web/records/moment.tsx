import { Alert, Button } from 'antd';
import { instant, instantText, isLegalDate, parseInstant, startOfDay } from '../../kernel/pure/time';
import { useFilters } from '../tables/address';
import { TimeInput } from '../tables/time-input';
import { useWords } from '../words/language';
import { inBeijing, writeDay, writeInstant } from '../words/write';

/** 有效时点 and 记录时点 of a record's screen, in the address. */
export function useMoment(): { asOf?: string; knownAt?: string } {
  const { filters } = useFilters();
  return {
    ...(filters['asOf'] ? { asOf: filters['asOf'] } : {}),
    ...(filters['knownAt'] ? { knownAt: filters['knownAt'] } : {}),
  };
}

/** The minute that stands in a field, Beijing time, as the service takes instants: its last millisecond. */
export const instantOf = (minute: string): string | undefined => {
  const [day = '', time = ''] = minute.split('T');
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  if (!match || !isLegalDate(day)) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return instantText(instant(startOfDay(day) + (minutes + 1) * 60_000 - 1));
};

const minuteOf = (text: string | undefined): string => {
  if (text === undefined) return '';
  const { day, time } = inBeijing(parseInstant(text));
  return `${day}T${time}`;
};

/** Chooses the moment, and says plainly when it is not now. */
export function MomentBar() {
  const { t, language } = useWords();
  const { asOf, knownAt } = useMoment();
  const { set } = useFilters();
  const isPast = asOf !== undefined || knownAt !== undefined;
  return (
    <>
      <div className="filters">
        <label title={t('moment.asOf.help')}>
          {t('moment.asOf')}{' '}
          <TimeInput type="date" value={asOf ?? ''} choose={(day) => set({ asOf: day || undefined })} />
        </label>
        <label title={t('moment.knownAt.help')}>
          {t('moment.knownAt')}{' '}
          <TimeInput
            type="datetime-local"
            value={minuteOf(knownAt)}
            choose={(minute) => set({ knownAt: instantOf(minute) })}
          />
        </label>
        {isPast ? (
          <Button onClick={() => set({ asOf: undefined, knownAt: undefined })}>{t('moment.now')}</Button>
        ) : null}
      </div>
      {isPast ? (
        <Alert
          type="info"
          showIcon
          title={t('moment.past', {
            asOf: asOf ? writeDay(asOf, language) : t('moment.today'),
            knownAt: knownAt ? writeInstant(knownAt, language) : t('moment.present'),
          })}
        />
      ) : null}
    </>
  );
}

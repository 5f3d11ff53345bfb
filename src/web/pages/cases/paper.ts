import type { caseRoutes } from '../../../modules/cases/cases.contract';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import type { Overrides } from '../../forms/fields';
import type { Values } from '../../forms/values';
import { useWords } from '../../words/language';
import { inBeijing } from '../../words/write';

/** Working days that a notice leaves for the defence at the least. */
export const DEFENCE_DAYS = 5;

export type Subject = ReplyOf<typeof caseRoutes.showSubject>;

/** The fields that every step on paper has: its day, which is today unless said otherwise, its paper, its scan. */
export function usePaper(): { initial: Values; overrides: Overrides } {
  const { t } = useWords();
  return {
    initial: { day: inBeijing(now()).day },
    overrides: {
      day: { label: t('paper.day') },
      paper: { label: t('paper.paper') },
      scanFileId: { label: t('paper.scan') },
    },
  };
}

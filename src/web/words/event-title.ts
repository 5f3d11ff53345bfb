import { eventTitles } from './event-titles';
import { useWords } from './language';

/** What was done, in the present language. */
export function useEventTitle(): (entry: { type: string; title: string }) => string {
  const { language } = useWords();
  return ({ type, title }) => (language === 'en' ? (eventTitles[type] ?? title) : title);
}

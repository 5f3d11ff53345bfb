import { useEffect, useRef } from 'react';
import { useTheme } from '../../app/theme';
import type { ChartOption } from './plot';

/** Draws once it is seen; a table beside it says the same to those who cannot see it. */
export function Chart({ option, height, label }: { option: ChartOption; height: number; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { dark } = useTheme();
  const text = JSON.stringify(option);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let plot: { resize(): void; dispose(): void } | undefined;
    let isGone = false;
    // The library is large and comes only to where something is drawn.
    void import('./plot').then(({ draw }) => {
      if (!isGone) plot = draw(element, JSON.parse(text) as ChartOption, dark);
    });
    const resize = (): void => plot?.resize();
    window.addEventListener('resize', resize);
    return () => {
      isGone = true;
      window.removeEventListener('resize', resize);
      plot?.dispose();
    };
  }, [text, dark]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}

import { useEffect, useRef, type ReactNode } from 'react';

/**
 * What came of an act stands above its form while the button was below: it is brought into sight and takes the focus,
 * anew with each `of`, so that nobody waits for what was refused already. Without one it stays where it is.
 */
export function InSight({ of, children }: { of: unknown; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (of === undefined) return;
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.focus({ preventScroll: true });
  }, [of]);
  return (
    <div ref={place} tabIndex={-1} className="in-sight">
      {children}
    </div>
  );
}

/**
 * Tables of the library that are wider than the window are moved in a box that the keyboard does not reach by itself
 * (WCAG 2.1.1). Returns how to stop.
 */
export function reachScrollers(): () => void {
  const reach = (): void => {
    for (const box of document.querySelectorAll('.ant-table-content:not([tabindex])'))
      box.setAttribute('tabindex', '0');
  };
  const observer = new MutationObserver(reach);
  observer.observe(document.body, { childList: true, subtree: true });
  reach();
  return () => observer.disconnect();
}
